"""A case consultation that leaks nothing.

The nurse and the ward inspector sat together. That they did is on record, for themselves and for the officers of
their two houses. For everybody else the city looks exactly as it did before; and every look is written down.
"""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.audit.models import broken_links
from signals.models import Category
from teams import reports
from teams.models import CaseConsultation, Membership, MonthlyReport, Organisation, Team, User
from tests.cast import Cast, area
from tests.permissions.surfaces import Look, around, lists, looked, printed, search
from tests.scenarios.screen import Person

type Somebody = Callable[[str], Person]

OUTSIDERS = ["coordinator.ocmw", "wijkinspecteur"]
ELSEWHERE = "Vrederechter Kortrijk"


@pytest.mark.django_db
def test_case_consultation(somebody: Somebody, cast: Cast) -> None:
    joke, luc = somebody("verpleegkundige"), somebody("wijkinspecteur.zuid")
    copy = the_village_has_a_report(cast)
    with time_machine.travel(timezone.now(), tick=False):  # so that nothing differs but what we look for
        looks = everywhere()
        before = {who: seen_by(cast[who], looks) for who in OUTSIDERS}
        paper = printed(somebody("deelgemeente").client, copy)

        held = joke_writes_it_down(joke, cast)

        for who in OUTSIDERS:
            after = seen_by(cast[who], looks)
            assert [name for name in after if after[name] != before[who][name]] == []
            for name in ("consultation", "consultation-edit"):
                assert cast_client(cast[who]).get(reverse(f"consultations:{name}", args=[held.pk])).status_code == 404
        assert printed(somebody("deelgemeente").client, copy) == paper

    luc_reads_it(luc, held)
    who_looked_is_known_to_both_houses(somebody, held)
    and_to_nobody_else(somebody("dpo"), held)


def the_village_has_a_report(cast: Cast) -> MonthlyReport:
    team, since = Team.objects.get(code="gebiedsteam-kooigem"), timezone.localdate() - dt.timedelta(days=90)
    Membership.objects.create(team=team, user=cast["deelgemeente"], function="area_worker", starts=since)
    made = reports.draft(timezone.localdate(), area("Kooigem"))
    return next(report for report in made if report.organisation.code == "stad")


def everywhere() -> list[Look]:
    """Every list, search, export, area page, block and count; and the teams and people around the table."""
    category = Category.objects.get(name="Sluikstort")
    teams = ["sociale-dienst", "wijkwerking-zuid", "gebiedsteam-bellegem", "gebiedsteam-overleie-pius-x"]
    pages = [Look(reverse("teams:team", args=[code])) for code in teams]
    pages += [Look(reverse("consultations:consultations")), Look(reverse("directory:directory", args=["bellegem"]))]
    # What a tablet asks about itself holds the moment and a key, and no word of any list.
    asked = [look for look in lists() if look.url != reverse("field-standing")]
    return [*asked, *around([area("Bellegem")], category), *search(ELSEWHERE), *pages]


def cast_client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def seen_by(user: User, looks: list[Look]) -> dict[str, str]:
    return looked(cast_client(user), looks)


def joke_writes_it_down(joke: Person, cast: Cast) -> CaseConsultation:
    page = joke.opens(reverse("consultations:consultations"))
    page.says("Niets over de zaak zelf")
    answer = cast_client(cast["verpleegkundige"]).post(
        reverse("consultations:consultation-add"),
        {
            "day": timezone.localdate().isoformat(), "purpose": "safety", "legal_ground": "by_law",
            "team": Team.objects.get(code="gebiedsteam-bellegem").pk,
            "participants": [cast["wijkinspecteur.zuid"].pk], "outside": ELSEWHERE,
        },
    )  # fmt: skip
    assert answer.status_code == 302
    held = CaseConsultation.objects.get()
    assert set(held.participants.all()) == {cast["verpleegkundige"], cast["wijkinspecteur.zuid"]}
    return held


def luc_reads_it(luc: Person, held: CaseConsultation) -> None:
    page = luc.opens(reverse("consultations:consultations"))
    page.says(held.reference)
    luc.opens(reverse("consultations:consultation", args=[held.pk])).says(ELSEWHERE, "Joke Lambrecht")


def who_looked_is_known_to_both_houses(somebody: Somebody, held: CaseConsultation) -> None:
    for officer, house in (("dpo.ocmw", "ocmw"), ("dpo.politie", "politie")):
        log = somebody(officer).opens(reverse("teams:read-log"))
        log.says("Luc Debusschere", held.reference, "casusoverleg")
        assert ELSEWHERE not in log.html
        somebody(officer).opens(reverse("consultations:consultation", args=[held.pk])).says(held.reference)
        assert broken_links(Organisation.objects.get(code=house).pk) == []


def and_to_nobody_else(tine: Person, held: CaseConsultation) -> None:
    log = tine.opens(reverse("teams:read-log"))
    assert log.status == 200
    assert held.reference not in log.html
