"""A flag that nobody looks at again goes by itself, and its team hears of it before and after."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from teams.flags.reviewing import look_after_flags
from teams.models import AreaFlag, Membership, Team
from tests.cast import Cast
from tests.teams.flags import flag_of


def told() -> list[tuple[str, str]]:
    return [(message.to.partition("@")[0], message.subject) for message in Message.objects.order_by("created_at", "pk")]


class TestLookingAgain:
    def test_is_asked_once_of_the_area_worker(self, cast: Cast) -> None:
        flag_of(cast, days=0)
        flag_of(cast, days=1, place="Nog niet")
        for _twice in range(2):
            assert look_after_flags() == 0
        assert told() == [("gebiedswerker", "Overleiestraat: herbekijken")]

    def test_is_asked_again_before_it_lapses(self, cast: Cast) -> None:
        flag_of(cast, days=-24)
        look_after_flags()
        assert [subject.partition(" op ")[0] for _who, subject in told()] == ["Overleiestraat: vervalt"]

    def test_lapses_after_thirty_days_and_says_so(self, cast: Cast) -> None:
        stays, goes = flag_of(cast, days=-30), flag_of(cast, days=-31)
        for _twice in range(2):
            look_after_flags()
        stays.refresh_from_db()
        goes.refresh_from_db()
        assert (stays.is_over, goes.lapsed_at is not None, goes.ended_by) == (False, True, None)
        assert ("gebiedswerker", "Overleiestraat: vervallen") in told()
        assert not AreaFlag.objects.open().filter(pk=goes.pk).exists()

    def test_goes_on_when_one_fails(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        bad, good = flag_of(cast, days=-40), flag_of(cast, days=-40)
        lapse = AreaFlag.lapse

        def failing(self: AreaFlag) -> Any:
            if self.pk == bad.pk:
                raise ValueError
            return lapse(self)

        monkeypatch.setattr(AreaFlag, "lapse", failing)
        assert look_after_flags() == 1
        good.refresh_from_db()
        assert good.lapsed_at is not None

    def test_is_asked_of_who_coordinates_where_no_area_worker_is(self, cast: Cast) -> None:
        team = Team.objects.get(code="wijkwerking-noord")
        flag_of(cast, days=0, team=team, by=cast["wijkinspecteur"])
        look_after_flags()
        assert told() == [("wijkinspecteur", "Overleiestraat: herbekijken")]
        assert not Membership.objects.filter(team=team, function="coordinator").exists()

    def test_review_in_time_keeps_it(self, cast: Cast) -> None:
        flag = flag_of(cast, days=-30)
        flag.prolong(reason="Nog altijd.", review_on=timezone.localdate() + dt.timedelta(days=60))
        look_after_flags()
        flag.refresh_from_db()
        assert not flag.is_over
        assert told() == []
