"""Two periods of the rota: leave, a swap that is refused by its rule, publication, and the posts that follow.

Seven wardens over five zones. In the second period somebody has leave. Bram makes both periods, swaps two people and
publishes. In the first days of the second period everybody is found where the rota says, a signal too.
"""

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from signals.intake import Contact, register
from signals.models import Category, Channel, Feedback, Signal
from teams.access import access_of
from teams.models import Absence, Post, PostHolder, Rota, RotaVersion, User
from teams.rota import rules
from teams.rota.facts import Plan
from teams.rota.reading import plan_of
from teams.start import own_areas
from tests.cast import Cast
from tests.scenarios.screen import Person
from tests.teams.rotas import more_wardens, rota_of, zones

type Somebody = Callable[[str], Person]

DECEMBER = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)
MARCH = dt.datetime(2027, 3, 2, 9, 0, tzinfo=dt.UTC)
FIRST_ON = dt.date(2027, 1, 1)


@pytest.mark.django_db
def test_two_periods(somebody: Somebody, cast: Cast) -> None:
    with time_machine.travel(DECEMBER, tick=False):
        bram, rota = somebody("coordinator"), a_rota_from_new_year(cast)
        anna = User.objects.get(name="Anna Acke")
        anna_has_leave_in_the_second_period(anna)
        draft = bram_makes_two_periods(bram, rota)
        anna_serves_in_the_first_alone(draft, anna)
        a_swap_back_to_the_zone_of_before_is_refused(bram, draft)
        another_swap_only_warns(bram, draft)
        bram_publishes(bram, rota, draft)
        everybody_is_told_once(draft)
        nothing_of_it_changes_any_more(bram, draft)
    with time_machine.travel(MARCH, tick=False):
        the_posts_are_those_of_march(rota)
        the_warden_of_a_zone_answers_for_it(rota)
        feedback_still_finds_the_warden(cast)


def a_rota_from_new_year(cast: Cast) -> Rota:
    rota = rota_of(cast["coordinator"])
    Rota.objects.filter(pk=rota.pk).update(first_on=FIRST_ON)
    return Rota.objects.get(pk=rota.pk)


def anna_has_leave_in_the_second_period(anna: User) -> None:
    assert anna in more_wardens()
    Absence.objects.create(user=anna, starts=dt.date(2027, 3, 1), ends=dt.date(2027, 4, 30))


def bram_makes_two_periods(bram: Person, rota: Rota) -> RotaVersion:
    seen = bram.opens(rota.get_absolute_url())
    seen.says("Nog niets gepubliceerd")
    draft_page = bram.presses("Maak de eerste periodes", seen)
    bram.presses("Maak ze", draft_page, {"Periodes erbij": "2"})
    draft = rota.draft
    assert draft
    return draft


def at_a_keyboard(person: Person) -> Client:
    """For what no page offers."""
    client = Client()
    client.force_login(person.user)
    return client


def plan(version: RotaVersion) -> Plan:
    return plan_of(version.rota, version)


def anna_serves_in_the_first_alone(draft: RotaVersion, anna: User) -> None:
    found = plan(draft)
    assert [turn.days.starts for turn in found.turns if turn.who == anna.pk] == [FIRST_ON]
    assert [turn.days.starts for turn in found.turns if turn.who != anna.pk].count(dt.date(2027, 3, 1)) == 6
    assert {each.rule for each in rules.broken(found)} <= {rules.Rule.ORDER}


def a_swap_back_to_the_zone_of_before_is_refused(bram: Person, draft: RotaVersion) -> None:
    found = plan(draft)
    before = {turn.who: turn.zone for turn in found.turns_in(found.periods[0])}
    second = found.turns_in(found.periods[1])
    one, other = next((a, b) for a in second for b in second if b.zone == before[a.who])
    asked = {"period": "2027-03-01", "who": str(one.who), "to": f"person:{other.who}"}
    address = reverse("rota:version-change", args=[draft.pk])
    seen = at_a_keyboard(bram).get(address, asked).content.decode()
    assert "Dit breekt een regel en kan niet bewaard worden" in seen
    assert "niemand staat tweemaal na elkaar in dezelfde zone" in seen
    state = "x" * 16
    assert at_a_keyboard(bram).post(address, {**asked, "seen": state}).status_code == 422
    assert plan(draft).turns == found.turns


def another_swap_only_warns(bram: Person, draft: RotaVersion) -> None:
    found = plan(draft)
    before = {turn.who: turn.zone for turn in found.turns_in(found.periods[0])}
    second = found.turns_in(found.periods[1])
    one, other = next(
        (a, b) for a in second for b in second
        if a.zone not in (b.zone, before[b.who]) and b.zone != before[a.who]
    )  # fmt: skip
    asked = {"period": "2027-03-01", "who": str(one.who), "to": f"person:{other.who}"}
    seen = bram.opens(f"{reverse('rota:version-change', args=[draft.pk])}?{urlencode(asked)}")
    seen.says("iedereen doorloopt de zones in hun volgorde", "Elk van hen krijgt een mail")
    bram.presses("Bewaren in het ontwerp", seen)
    now = {turn.who: turn.zone for turn in plan(draft).turns_in(found.periods[1])}
    assert (now[one.who], now[other.who]) == (other.zone, one.zone)


def bram_publishes(bram: Person, rota: Rota, draft: RotaVersion) -> None:
    seen = bram.opens(reverse("rota:version-publication", args=[draft.pk]))
    seen.says("Wie krijgt een mail", "Mo El Amrani")
    bram.presses("Publiceren en meedelen", seen)  # a month before: no need to confirm
    assert rota.published == draft


def everybody_is_told_once(draft: RotaVersion) -> None:
    told = Message.objects.filter(key__startswith=f"rota:{draft.pk}")
    assert told.count() == 7
    anna = told.get(to="anna@kortrijk.example")
    assert "Mo El Amrani" not in anna.body


def nothing_of_it_changes_any_more(bram: Person, draft: RotaVersion) -> None:
    before = plan(draft)
    at_a_keyboard(bram).post(reverse("rota:version-periods", args=[draft.pk]), {"count": 1})
    at_a_keyboard(bram).post(reverse("rota:version-removal", args=[draft.pk]))
    assert plan(draft) == before


def the_posts_are_those_of_march(rota: Rota) -> None:
    today = timezone.localdate()
    held = PostHolder.objects.valid_on(today).filter(post__team=rota.team, post__area__in=zones())
    turns = rota.published.turns.filter(starts=dt.date(2027, 3, 1))  # type: ignore[union-attr]
    assert set(held.values_list("post__area", "user")) == set(turns.values_list("zone", "user"))
    assert Post.objects.filter(team=rota.team, area__in=zones()).count() == 5


def the_warden_of_a_zone_answers_for_it(rota: Rota) -> None:
    for turn in rota.published.turns.filter(starts=dt.date(2027, 3, 1)).select_related("user", "zone"):  # type: ignore[union-attr]
        assert turn.zone in own_areas(turn.user, access_of(turn.user))


def feedback_still_finds_the_warden(cast: Cast) -> None:
    mo = User.objects.get(pk=cast["gemeenschapswacht"].pk)
    signal: Signal = register(
        Contact(
            category=Category.objects.get(name="Sluikstort"), description="Drie zakken naast de container.",
            registered_by=mo, channel=Channel.WARDEN, longitude=3.2620, latitude=50.8335, place="Overleiestraat",
        )
    ).signal  # fmt: skip
    signal.close(by=User.objects.get(pk=cast["coordinator"].pk), outcome="De zakken zijn opgehaald.")
    assert Feedback.objects.of(mo).filter(signal=signal).exists()
