"""What a shift must know, for the pages of a browser: with long words, overdue, over, and with rounds."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from signals.models import PatrolRound, RoundActivity
from signals.presence import inner_zones
from teams.models import ShiftNote, Team, User
from tests.cast import Cast, area
from tests.teams.flags import flag_of

LONG = "Verkeersveiligheidsoverlastmeldingen"


def street_pages(people: Cast) -> dict[str, str]:
    due = flag_of(people, days=-2, place=f"{LONG} aan de Overleiestraat", reason=f"{LONG} en lawaai. " * 6, kind="risk")
    due.prolong(reason="Nog altijd.", review_on=timezone.localdate() + dt.timedelta(days=3))
    late = flag_of(people, days=-3)
    flag_of(people, place="Rustig pleintje").end(by=people["gebiedswerker"], outcome="Rustig sinds mei.")
    team, mo = Team.objects.get(code="gemeenschapswachten"), people["gemeenschapswacht"]
    ShiftNote.objects.create(by=mo, team=team, area=area("Overleie"), text=f"{LONG}. Let op.", audience="partners")
    last = [_walked(by, days, zone) for days, zone, by in ((9, 1, mo), (2, 0, people["wijkinspecteur"]), (1, 0, mo))][
        -1
    ]
    return {
        "flag": reverse("flags:flag", args=[due.pk]), "flag-due": reverse("flags:flag", args=[late.pk]),
        "round": reverse("rounds:round-correction", args=[last.pk]),
    }  # fmt: skip


def _walked(by: User, days: int, zone: int) -> PatrolRound:
    at = timezone.now() - dt.timedelta(days=days)
    round_ = PatrolRound.objects.create(by=by, zone=inner_zones()[zone], started_at=at, ended_at=at, note="Let op.")
    for kind in ("crossing", "event"):
        RoundActivity.objects.create(round=round_, kind=kind, at=at, text=LONG)
    return round_
