"""Handed on to who comes after: by the rota of the team whoever has it, and otherwise to the whole team."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import time_machine
from django.test import Client

from areas.within import areas_of_zone
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.workdays import BRUSSELS
from teams.briefing.handing import next_up
from teams.models import RotaShift
from tests.cast import Cast, area
from tests.teams.rotas import away, first_on, published, wardens_team

type SignIn = Callable[[Any], Client]


class TestNext:
    def test_is_who_walks_there_next_by_the_rota(self, cast: Cast) -> None:
        rota = published(cast["coordinator"])
        version = rota.published
        assert version
        shift = version.shifts.filter(day__gt=first_on()).order_by("day", "starts", "pk").first()
        assert shift
        [there, *_others] = areas_of_zone(shift.zone)
        at = dt.datetime.combine(shift.day, dt.time(6), tzinfo=BRUSSELS)
        with time_machine.travel(at, tick=False):
            found = next_up(wardens_team(), there, cast["coordinator"])
            first = _first(version.pk, there.pk, at.date())
            assert found == first.user
            assert next_up(wardens_team(), there, first.user) != first.user

    def test_is_nobody_who_is_away(self, cast: Cast) -> None:
        published(cast["coordinator"])
        there = area("Overleie")
        first = next_up(wardens_team(), there, cast["coordinator"])
        assert first
        away(first, dt.date(2026, 1, 1), dt.date(2099, 1, 1))
        assert next_up(wardens_team(), there, cast["coordinator"]) not in (None, first)

    def test_is_nobody_without_a_rota(self, cast: Cast) -> None:
        assert next_up(wardens_team(), area("Overleie"), cast["gemeenschapswacht"]) is None

    def test_is_named_to_who_hands_on(self, cast: Cast, sign_in: SignIn) -> None:
        published(cast["coordinator"])
        after = next_up(wardens_team(), area("Overleie"), cast["gemeenschapswacht"])
        form = {"key": str(uuid7()), "text": "Het hek is los.", "weighed": ""}
        answer = sign_in(cast["gemeenschapswacht"]).post("/gebieden/briefing/overleie/nota/", form, follow=True)
        page = answer.content.decode()
        assert after
        assert f"{after.name} komt na jou" in page


def _first(version: Any, there: int, day: dt.date) -> RotaShift:
    """By hand: of all shifts in zones that lie over the area, the first from that day on."""
    over = [
        shift
        for shift in RotaShift.objects.filter(version=version, day__gte=day).select_related("zone", "user")
        if there in {part.pk for part in areas_of_zone(shift.zone)}
    ]
    return min(over, key=lambda shift: (shift.day, shift.starts, shift.pk))
