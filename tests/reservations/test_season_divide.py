"""From requests to hours that stand: proposed by the rule, mended by hand, settled in one go."""

import datetime as dt

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test.utils import CaptureQueriesContext

from kortrijk_gebied.refusals import Refused
from reservations.models import Allocation, OpenRange, Outcome, Season
from reservations.moments import whole_day
from reservations.seasons.deciding import keep, propose
from reservations.seasons.requests import decide, leave_to_the_rule, refuse, withdraw_request
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

    def test_takes_an_hour_for_open_only_when_it_mostly_is(self, rooms: Rooms, spring: Season, cast: Cast) -> None:
        OpenRange.objects.filter(room=rooms.bissegem).delete()
        tuesday = FIRST + dt.timedelta(days=(1 - FIRST.weekday()) % 7)
        OpenRange.objects.create(room=rooms.bissegem, during=DateTimeTZRange(*whole_day(tuesday)))
        asked(spring, by=cast["gebiedswerker"], holder="Judo")
        (decision,) = propose(spring)
        assert decision.because == "Niet gekregen: geen zaal die past is dan open."

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

    def test_what_was_given_counts_for_the_most(self, rooms: Rooms, spring: Season, cast: Cast) -> None:
        spring.most_hours = 2
        spring.save(update_fields=["most_hours"])
        one, _other = (asked(spring, by=cast["gebiedswerker"], holder="Judo", weekdays=[day]) for day in (0, 1))
        decide(one, rooms.bissegem, 0, dt.time(19), dt.time(20), by=cast["gebouwbeheerder"])
        assert "heeft hoogstens 2 uur per week" in [each.because for each in propose(spring)][1]

    def test_is_nothing_for_what_was_withdrawn(self, rooms: Rooms, spring: Season, cast: Cast) -> None:
        nele, request = cast["gebouwbeheerder"], asked(spring, by=cast["gebiedswerker"], holder="Judo")
        withdraw_request(request, by=cast["gebiedswerker"])
        with pytest.raises(Refused, match="ingetrokken"):
            decide(request, rooms.bissegem, 0, dt.time(19), dt.time(20), by=nele)
        with pytest.raises(Refused, match="ingetrokken"):
            refuse(request, "Te laat.", by=nele)

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
