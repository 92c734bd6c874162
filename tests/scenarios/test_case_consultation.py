"""A case consultation that leaks nothing.

The nurse and the ward inspector sat together. That they did is on record, for themselves and for the officers of
their two houses. Everybody else, whatever they manage, finds nothing of it anywhere: no page asks the database for it,
so that no list, count, search, export, report or mail can tell. And every look is written down.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from kortrijk_gebied.audit.models import broken_links
from kortrijk_gebied.jobs.models import Message
from signals.models import Category
from teams import reports
from teams.models import CaseConsultation, Function, Membership, MonthlyReport, Organisation, Team, User
from tests.cast import Cast, area
from tests.permissions.surfaces import Look, answer, around, lists, one_moment, printed, search
from tests.scenarios.screen import Person
from tests.test_urls import ENTRIES

type Somebody = Callable[[str], Person]

SAT_THERE = {"verpleegkundige", "wijkinspecteur.zuid"}
OFFICERS = {"dpo.ocmw": "ocmw", "dpo.politie": "politie"}
# They look everywhere: one of each house that sat there, and who manages everything.
THOROUGH = {"coordinator.ocmw", "wijkinspecteur", "beheerder"}
ELSEWHERE = "Vrederechter Kortrijk"
OWN = "/gebieden/casusoverleg/"
IN_THE_WAY = {"account_logout", "admin:logout"}  # who goes there is gone


@pytest.mark.django_db
def test_case_consultation(somebody: Somebody, cast: Cast) -> None:
    copy = the_village_has_a_report(cast)
    held = joke_writes_it_down(somebody("verpleegkundige"), cast)
    assert not Message.objects.exists()

    outsiders = set(cast) - SAT_THERE - set(OFFICERS)
    assert functions_of(cast, outsiders) == set(Function.values) - {"social_nurse"}
    for who in sorted(outsiders):
        finds_nothing(who, cast, held, everywhere() if who in THOROUGH else where_it_would_be())
    with asked_of_it() as asked:
        assert held.reference not in printed(somebody("deelgemeente").client, copy)
    assert asked == []

    luc_reads_it(somebody("wijkinspecteur.zuid"), held)
    who_looked_is_known_to_both_houses(somebody, held)
    and_to_nobody_else(somebody("dpo"), held)


def functions_of(cast: Cast, people: set[str]) -> set[str]:
    """So that nobody forgets a function that is new."""
    ours = Membership.objects.valid_on(timezone.localdate()).filter(user__in=[cast[who] for who in people])
    return set(ours.values_list("function", flat=True))


def finds_nothing(who: str, cast: Cast, held: CaseConsultation, looks: list[Look]) -> None:
    client = cast_client(cast[who])
    with one_moment():
        for look in looks:
            with asked_of_it() as asked:
                found = answer(client, look)
            assert asked == [] or look.url.startswith(OWN), (who, look.name, asked)
            said = found.replace(look.url, "")
            assert held.reference not in said, (who, look.name)
            assert ELSEWHERE not in typed_away(said), (who, look.name)
    for name in ("consultation", "consultation-edit"):
        url = reverse(f"consultations:{name}", args=[held.pk])
        assert (client.get(url).status_code, client.post(url).status_code) == GONE[name]


GONE = {"consultation": (404, 405), "consultation-edit": (404, 404)}


def typed_away(page: str) -> str:
    """A search shows again what one looked for: that is no find."""
    return re.sub(rf"(?:value=\"|“|‘|>){ELSEWHERE}", "", page)


@contextmanager
def asked_of_it() -> Iterator[list[str]]:
    """What is asked of the tables of consultations, their history too."""
    asked: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "caseconsultation" in sql:
            asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield asked


def the_village_has_a_report(cast: Cast) -> MonthlyReport:
    team, since = Team.objects.get(code="gebiedsteam-kooigem"), timezone.localdate() - dt.timedelta(days=90)
    Membership.objects.create(team=team, user=cast["deelgemeente"], function="area_worker", starts=since)
    made = reports.draft(timezone.localdate(), area("Kooigem"))
    return next(report for report in made if report.organisation.code == "stad")


def where_it_would_be() -> list[Look]:
    """The pages on which somebody would look for it first."""
    names = ["consultations:consultations", "today", "teams:me", "teams:teams", "teams:read-log", "meetings:meetings"]
    around_the_table = [reverse("directory:directory", args=["bellegem"]), reverse("areas:area", args=["bellegem"])]
    teams = [reverse("teams:team", args=[code]) for code in ("sociale-dienst", "gebiedsteam-bellegem")]
    words = [f"{reverse(name)}?q={ELSEWHERE}" for name in ("meetings:decisions", "teams:people", "rooms")]
    return [Look(url) for url in [*map(reverse, names), *around_the_table, *teams, *words]]


def everywhere() -> list[Look]:
    """Every address that needs no more than its name, so also those that are still to be made; each list, export,
    count, block and search; and the pages of the people around the table. Of many questions to one page the first."""
    category = Category.objects.get(name="Sluikstort")
    looks = [Look(url) for name, _entry in ENTRIES if name not in IN_THE_WAY and (url := plain(name))]
    looks += [*lists(), *around([area("Bellegem")], category), *search(ELSEWHERE), *where_it_would_be()]
    return list(
        {(look.url.partition("?")[0], look.typed is None, ELSEWHERE in look.name): look for look in looks}.values()
    )


def plain(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def cast_client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def joke_writes_it_down(joke: Person, cast: Cast) -> CaseConsultation:
    page = joke.opens(reverse("consultations:consultations"))
    page.says("Niets over de zaak zelf")
    with asked_of_it() as asked:  # who listens for it would hear it
        answer = cast_client(cast["verpleegkundige"]).post(
            reverse("consultations:consultation-add"),
            {
                "day": timezone.localdate().isoformat(), "purpose": "safety", "legal_ground": "by_law",
                "team": Team.objects.get(code="gebiedsteam-bellegem").pk,
                "participants": [cast["wijkinspecteur.zuid"].pk], "outside": ELSEWHERE,
            },
        )  # fmt: skip
    assert answer.status_code == 302
    assert asked
    held = CaseConsultation.objects.get()
    assert set(held.participants.all()) == {cast["verpleegkundige"], cast["wijkinspecteur.zuid"]}
    return held


def luc_reads_it(luc: Person, held: CaseConsultation) -> None:
    page = luc.opens(reverse("consultations:consultations"))
    page.says(held.reference)
    luc.opens(reverse("consultations:consultation", args=[held.pk])).says(ELSEWHERE, "Joke Lambrecht")


def who_looked_is_known_to_both_houses(somebody: Somebody, held: CaseConsultation) -> None:
    for officer, house in OFFICERS.items():
        log = somebody(officer).opens(reverse("teams:read-log"))
        log.says("Luc Debusschere", held.reference, "casusoverleg")
        assert ELSEWHERE not in log.html
        somebody(officer).opens(reverse("consultations:consultation", args=[held.pk])).says(held.reference)
        assert broken_links(Organisation.objects.get(code=house).pk) == []


def and_to_nobody_else(tine: Person, held: CaseConsultation) -> None:
    log = tine.opens(reverse("teams:read-log"))
    assert log.status == 200
    assert held.reference not in log.html
