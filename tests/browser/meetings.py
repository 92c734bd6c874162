"""Meetings for the pages of a browser: one to come with long words, one that was held, an open agenda."""

from django.urls import reverse

from teams.meetings import closing, correcting, deciding
from teams.models import User
from teams.models.meetings import PointState
from tests.teams.meetings import OVERLEIE_TEAM, held_today, planned, raised

LONG = "Verkeersveiligheidsmaatregelen aan de schoolomgeving van basisschool De Wegwijzer"


def meeting_pages(people: dict[str, User]) -> dict[str, str]:
    els, ilse = people["gebiedswerker"], people["buurtwerker"]
    over = held_today(els)
    ended = deciding.decide(raised(ilse, "Zitbank", meeting=over), by=els, decision="Er komt een bank in maart.")
    closing.send_minutes(over, by=els)
    correcting.correct(ended, PointState.DECIDED, by=els, reason=LONG, words="Er komt een bank in mei.")
    now, comes = held_today(els, place="Dienstencentrum"), planned(els, days=5)
    points = [raised(ilse, f"{LONG} {number}", text=LONG * 3, meeting=comes) for number in (1, 2)]
    open_now = raised(ilse, LONG, meeting=now, needs_decision=True)
    raised(ilse, LONG, needs_decision=True)
    return {
        "meeting": reverse("meetings:meeting", args=[comes.pk]),
        "meeting-now": reverse("meetings:meeting", args=[now.pk]),
        "meeting-held": reverse("meetings:meeting", args=[over.pk]),
        "agenda": reverse("meetings:agenda", args=[OVERLEIE_TEAM]),
        "point": reverse("meetings:point", args=[points[0].pk]),
        "point-ended": reverse("meetings:point", args=[ended.pk]),
        "point-now": reverse("meetings:point", args=[open_now.pk]),
    }
