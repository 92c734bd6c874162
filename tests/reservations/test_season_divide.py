"""From requests to hours that stand: proposed by the rule, mended by hand, settled in one go."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from reservations.models import AllocatedRange, Allocation, Outcome, Season
from reservations.seasons.deciding import keep, propose
from reservations.seasons.erasing import erase_requests
from reservations.seasons.requests import decide, leave_to_the_rule, refuse
from reservations.seasons.settling import settle
from tests.cast import Cast
from tests.reservations.allocated import given
from tests.reservations.rooms import Rooms
from tests.reservations.seasons import FIRST, asked, association, season

pytestmark = pytest.mark.django_db


@pytest.fixture
def spring(rooms: Rooms) -> Season:
    """Of the one hall of Bissegem: it seats nobody but one at a time."""
    return season(rooms.bissegem.building)


class TestDividing:
    def test_writes_nothing_until_it_is_kept(self, spring: Season, cast: Cast) -> None:
        asked(spring, by=cast["gebiedswerker"], holder="Judo")
        (decision,) = propose(spring)
        assert decision.gets == "dinsdag van 19.00 tot 20.30 uur, Zaal"
        assert decision.differs
        assert not Allocation.objects.exists()

    def test_says_of_each_why(self, spring: Season, cast: Cast) -> None:
        els = cast["gebiedswerker"]
        choir = asked(spring, by=els, holder="Zangkoor")
        scouts = asked(spring, by=els, holder="Scouts", for_youth=True)
        keep(spring, by=cast["gebouwbeheerder"])
        for each in (choir, scouts):
            each.refresh_from_db()
        assert scouts.because == (
            "Gekregen in ronde 1: de volgorde zet eerst activiteiten voor jongeren en dan verenigingen."
        )
        assert choir.because.startswith("Niet gekregen: dinsdag van 19.00 tot 20.30 uur, Zaal, is voor Scouts.")
        assert "Wel vrij: dinsdag van " in choir.because
        assert (choir.outcome, scouts.outcome) == (Outcome.REFUSED, Outcome.GIVEN)

    def test_goes_around_what_stands_already(self, rooms: Rooms, spring: Season, cast: Cast) -> None:
        nele = cast["gebouwbeheerder"]
        given(rooms.bissegem, by=nele, weekdays=[1], last_on=spring.ends)
        asked(spring, by=cast["gebiedswerker"], holder="Judo")
        (decision,) = propose(spring)
        assert decision.slot is None
        assert "is voor Stad Kortrijk" in decision.because

    def test_gives_a_night_and_offers_another_when_it_is_taken(self, spring: Season, cast: Cast) -> None:
        night = {"weekdays": [5], "start_time": dt.time(20), "end_time": dt.time(1)}
        asked(spring, by=cast["gebiedswerker"], holder="Scouts", for_youth=True, **night)
        asked(spring, by=cast["gebiedswerker"], holder="Judo", **night)
        keep(spring, by=cast["gebouwbeheerder"])
        hours = Allocation.objects.get()
        assert (hours.start_time, hours.end_time) == (dt.time(20), dt.time(1))
        refused = spring.requests.get(association__name="Judo").because
        assert refused.endswith("Wel vrij: zaterdag van 14.00 tot 19.00 uur, Zaal.")
        assert settle(spring, by=cast["gebouwbeheerder"]) == 1

    def test_again_is_the_same(self, spring: Season, cast: Cast) -> None:
        for name in ("Judo", "Yoga", "Dans"):
            asked(spring, by=cast["gebiedswerker"], holder=name)
        keep(spring, by=cast["gebouwbeheerder"])
        assert not [each for each in propose(spring) if each.differs]
        keep(spring, by=cast["gebouwbeheerder"])
        assert Allocation.objects.count() == 1

    def test_leaves_who_had_it_last_season_its_hour(self, rooms: Rooms, spring: Season, cast: Cast) -> None:
        nele = cast["gebouwbeheerder"]
        given(
            rooms.bissegem, by=nele, association=association("Yoga"), weekdays=[1], start_time=dt.time(19),
            last_on=FIRST - dt.timedelta(days=1),
        )  # fmt: skip
        for name in ("Judo", "Yoga", "Dans"):
            asked(spring, by=cast["gebiedswerker"], holder=name)
        got = {each.request.holder.name: each for each in propose(spring)}
        assert got["Yoga"].slot
        assert "vorig seizoen" in got["Yoga"].because

    def test_asks_the_database_the_same_of_many(self, spring: Season, cast: Cast) -> None:
        counts = []
        for number in range(2):
            asked(spring, by=cast["gebiedswerker"], holder=f"Club {number}")
            with CaptureQueriesContext(connection) as queries:
                propose(spring)
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestForYouth:
    """Who does not share what for stands in the order as what it is: nobody learns more from who got the hour."""

    @pytest.mark.parametrize("is_shared", [True, False])
    def test_counts_only_when_it_is_shared(self, spring: Season, cast: Cast, is_shared: bool) -> None:
        ocmw = asked(spring, by=cast["verpleegkundige"], for_youth=True, is_shared=is_shared)
        scouts = asked(spring, by=cast["gebiedswerker"], holder="Scouts", for_youth=True, persons=10, weekdays=[1, 2])
        assert [each.group for each in (ocmw, scouts)] == ["youth" if is_shared else "ocmw", "youth"]
        keep(spring, by=cast["gebouwbeheerder"])
        reasons = " ".join(spring.requests.values_list("because", flat=True))
        assert ("de volgorde zet eerst" in reasons) is not is_shared


class TestByHand:
    def test_an_hour_stays_when_divided_again(self, rooms: Rooms, spring: Season, cast: Cast) -> None:
        nele, els = cast["gebouwbeheerder"], cast["gebiedswerker"]
        choir, scouts = asked(spring, by=els, holder="Zangkoor"), asked(spring, by=els, holder="Scouts", for_youth=True)
        keep(spring, by=nele)
        choir.refresh_from_db()
        decide(choir, rooms.bissegem, 1, dt.time(19), dt.time(20), by=nele)
        keep(spring, by=nele)
        for each in (choir, scouts):
            each.refresh_from_db()
        assert (choir.outcome, choir.is_fixed) == (Outcome.GIVEN, True)
        assert choir.allocation.end_time == dt.time(20)
        assert choir.because == "Gegeven door de beheerder: dinsdag van 19.00 tot 20.00 uur, Zaal."
        assert scouts.outcome == Outcome.REFUSED

    def test_is_refused_where_somebody_else_stands(self, rooms: Rooms, spring: Season, cast: Cast) -> None:
        nele = cast["gebouwbeheerder"]
        given(rooms.bissegem, by=nele, weekdays=[1], last_on=spring.ends)
        request = asked(spring, by=nele, holder="Judo")
        with pytest.raises(Refused, match="is voor Stad Kortrijk"):
            decide(request, rooms.bissegem, 1, dt.time(19), dt.time(20), by=nele)
        decide(request, rooms.bissegem, 2, dt.time(19), dt.time(20), by=nele)

    def test_refusing_needs_a_reason_and_stays(self, spring: Season, cast: Cast) -> None:
        nele, request = cast["gebouwbeheerder"], asked(spring, by=cast["gebiedswerker"], holder="Judo")
        with pytest.raises(Refused):
            refuse(request, " ", by=nele)
        refuse(request, "De vloer is niet geschikt.", by=nele)
        keep(spring, by=nele)
        request.refresh_from_db()
        assert request.because == "De vloer is niet geschikt."
        leave_to_the_rule(request, by=nele)
        keep(spring, by=nele)
        request.refresh_from_db()
        assert request.outcome == Outcome.GIVEN


class TestSettling:
    def test_makes_them_stand_and_tells_each_once(self, spring: Season, cast: Cast) -> None:
        els = cast["gebiedswerker"]
        asked(spring, by=els, holder="Judo")
        asked(spring, by=els, holder="Scouts", for_youth=True)
        keep(spring, by=cast["gebouwbeheerder"])
        assert not AllocatedRange.objects.exists()
        assert settle(spring, by=cast["gebouwbeheerder"]) == 1
        assert settle(spring, by=cast["gebouwbeheerder"]) == 0
        assert AllocatedRange.objects.count() == 13
        (mail,) = Message.objects.filter(to=els.email)
        assert "Gekregen in ronde 1" in mail.body
        assert "Niet gekregen" in mail.body

    def test_is_refused_while_something_has_no_answer(self, spring: Season, cast: Cast) -> None:
        asked(spring, by=cast["gebiedswerker"], holder="Judo")
        with pytest.raises(Refused, match="1 aanvraag heeft nog geen antwoord"):
            settle(spring, by=cast["gebouwbeheerder"])

    def test_is_all_or_nothing(self, rooms: Rooms, spring: Season, cast: Cast) -> None:
        nele = cast["gebouwbeheerder"]
        asked(spring, by=nele, holder="Judo", weekdays=[0])
        asked(spring, by=nele, holder="Yoga", weekdays=[1])
        keep(spring, by=nele)
        given(rooms.bissegem, by=nele, weekdays=[1], last_on=spring.ends)
        standing = AllocatedRange.objects.count()
        with pytest.raises(Refused, match="verdeel opnieuw"):
            settle(spring, by=nele)
        spring.refresh_from_db()
        assert (spring.is_settled, AllocatedRange.objects.count()) == (False, standing)

    def test_is_of_the_season_as_it_is_now(self, spring: Season, cast: Cast) -> None:
        """Its days were changed after it was divided."""
        asked(spring, by=cast["gebiedswerker"], holder="Judo")
        keep(spring, by=cast["gebouwbeheerder"])
        Season.objects.update(ends=FIRST + dt.timedelta(days=27), release_days=3, skips_school_holidays=True)
        settle(spring, by=cast["gebouwbeheerder"])
        hours = Allocation.objects.get()
        assert (hours.last_on - FIRST, hours.release_days) == (dt.timedelta(days=27), 3)
        assert hours.skips_school_holidays
        assert AllocatedRange.objects.count() <= 4

    def test_is_refused_when_a_house_was_taken_out_of_it(self, rooms: Rooms, spring: Season, cast: Cast) -> None:
        asked(spring, by=cast["gebiedswerker"], holder="Judo")
        keep(spring, by=cast["gebouwbeheerder"])
        by_hand = asked(spring, by=cast["gebiedswerker"], holder="Yoga")
        decide(by_hand, rooms.bissegem, 2, dt.time(19), dt.time(20), by=cast["gebouwbeheerder"])
        spring.buildings.set([rooms.hall.building])
        with pytest.raises(Refused, match="Zaal hoort niet meer bij dit seizoen"):
            settle(spring, by=cast["gebouwbeheerder"])
        keep(spring, by=cast["gebouwbeheerder"])
        by_hand.refresh_from_db()
        assert not by_hand.is_fixed
        assert settle(spring, by=cast["gebouwbeheerder"]) == 2

    def test_is_the_end_of_dividing(self, spring: Season, cast: Cast) -> None:
        settle(spring, by=cast["gebouwbeheerder"])
        with pytest.raises(Refused, match="vastgesteld"):
            keep(spring, by=cast["gebouwbeheerder"])

    def test_tells_nobody_what_for_when_it_is_not_shared(self, spring: Season, cast: Cast) -> None:
        asked(spring, by=cast["verpleegkundige"], title="Groepsgesprek rouw", is_shared=False)
        keep(spring, by=cast["gebouwbeheerder"])
        settle(spring, by=cast["gebouwbeheerder"])
        assert "rouw" not in "".join(Message.objects.values_list("body", flat=True))


def test_once_long_over_the_words_go_and_whose_hours_they_were_stays(spring: Season, cast: Cast) -> None:
    els = cast["gebiedswerker"]
    asked(spring, by=els, holder="Judo", note="Met een rolstoel")
    keep(spring, by=cast["gebouwbeheerder"])
    settle(spring, by=cast["gebouwbeheerder"])
    after = timezone.now() + dt.timedelta(days=200)
    assert erase_requests(timezone.now(), "Gewist") == 0
    assert erase_requests(after, "Gewist") == 1
    request = spring.requests.get()
    assert (request.title, request.note, request.because, request.created_by) == ("Gewist", "", "Gewist", None)
    assert request.holder.name == "Judo"
    assert not Message.objects.filter(to=els.email).exists()
    assert not apps.get_model("reservations", "SeasonRequestChange").objects.filter(pgh_obj_id=request.pk).exists()
