"""What is kept for somebody stands in everybody else's way until it is released."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reservations import actions
from reservations.booking import book
from reservations.finding import find, key_of, near_misses
from reservations.models import AllocatedRange, Booking, BookingState, Layout, RefusalReason, Room
from reservations.moments import on_clock
from reservations.placing import Taken, place
from reservations.rights import Rights
from reservations.seasons.giving import KeptAlready, give, give_back, standing_there, withdraw, work_out_house
from reservations.spaces import join, split
from reservations.why_not import why_not
from teams.access import access_of
from teams.models import Organisation, User
from tests.cast import Cast
from tests.reservations.allocated import given, kept
from tests.reservations.rooms import Rooms, ahead, at, booked

pytestmark = pytest.mark.django_db


def wanted(room: Room, by: User, days: int = 20, clock: str = "19:30", hours: int = 2) -> Booking:
    starts = ahead(days, clock)
    return Booking(
        room=room, starts=starts, ends=starts + dt.timedelta(hours=hours), title="Overleg", persons=8,
        organisation=by.organisation,
    )  # fmt: skip


def reasons(found: pytest.ExceptionInfo[Taken], booking: Booking) -> set[str]:
    return {one.reason for one in found.value.in_the_way[booking.pk]}


class TestKeptHours:
    def test_are_refused_to_others_with_whose_they_are_and_when_they_come_free(self, rooms: Rooms, cast: Cast) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"])
        joke, asked = cast["verpleegkundige"], wanted(rooms.bissegem, cast["verpleegkundige"])
        with pytest.raises(Taken) as found:
            book(asked, by=joke)
        assert reasons(found, asked) == {RefusalReason.ALLOCATED}
        (why,) = why_not([asked], found.value.in_the_way, access_of(joke))[asked.pk]
        day = on_clock(ahead(13))
        assert "Voorbehouden voor Stad Kortrijk tot 22.00 uur." in why.text
        assert f"Vrij vanaf {day.day} " in why.text

    def test_are_free_to_who_holds_them(self, rooms: Rooms, cast: Cast) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"])
        els = cast["gebiedswerker"]
        assert book(wanted(rooms.bissegem, els), by=els).state == BookingState.CONFIRMED

    def test_of_an_association_are_not_those_of_who_books_for_it(self, rooms: Rooms, cast: Cast) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"], association=rooms.choir)
        els = cast["gebiedswerker"]
        for_the_choir = wanted(rooms.bissegem, els)
        for_the_choir.organisation, for_the_choir.association = None, rooms.choir
        with pytest.raises(Taken):
            book(wanted(rooms.bissegem, els), by=els)
        assert book(for_the_choir, by=els).state == BookingState.CONFIRMED

    def test_come_free_for_all_once_released(self, rooms: Rooms, cast: Cast) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"])
        joke = cast["verpleegkundige"]
        assert book(wanted(rooms.bissegem, joke, days=6), by=joke).occupies
        with pytest.raises(Taken):
            book(wanted(rooms.bissegem, joke, days=8), by=joke)

    def test_keep_the_hall_when_only_a_half_is_given(self, rooms: Rooms, cast: Cast) -> None:
        given(rooms.half_a, by=cast["gebouwbeheerder"])
        joke, asked = cast["verpleegkundige"], wanted(rooms.hall, cast["verpleegkundige"])
        with pytest.raises(Taken) as found:
            book(asked, by=joke)
        assert reasons(found, asked) == {RefusalReason.ALLOCATED}
        assert book(wanted(rooms.half_b, joke), by=joke).state == BookingState.REQUESTED

    def test_are_not_confirmed_or_moved_into_either(self, rooms: Rooms, cast: Cast) -> None:
        joke, nele = cast["verpleegkundige"], cast["gebouwbeheerder"]
        asked = booked(rooms.half_a, ahead(20), by=joke, state="requested")
        elsewhere = booked(rooms.half_b, ahead(20), by=joke)
        own = booked(rooms.half_b, ahead(30), by=cast["gebiedswerker"])
        given(rooms.half_a, by=nele)
        with pytest.raises(Taken):
            actions.confirm(asked, by=nele)
        with pytest.raises(Taken):
            actions.move(elsewhere, by=nele, room=rooms.half_a, starts=elsewhere.starts, ends=elsewhere.ends)
        actions.move(own, by=nele, room=rooms.half_a, starts=own.starts, ends=own.ends)
        assert own.room == rooms.half_a

    def test_are_not_found_by_others_nor_offered_instead(self, rooms: Rooms, cast: Cast) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"])
        found = {
            who: {option.room for option in find(self.wish(), rights=Rights.of(access_of(cast[who])))}
            for who in ("verpleegkundige", "gebiedswerker")
        }
        assert rooms.bissegem not in found["verpleegkundige"]
        assert rooms.bissegem in found["gebiedswerker"]

    def test_are_found_for_the_association_they_are_kept_for(self, rooms: Rooms, cast: Cast) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"], association=rooms.choir)
        rights = Rights.of(access_of(cast["gebiedswerker"]))
        nobody, theirs = self.wish(), self.wish()
        theirs.association = rooms.choir
        for search in (find, near_misses):
            assert rooms.bissegem not in {each.room for each in search(nobody, rights=rights)}
            assert rooms.bissegem in {each.room for each in search(theirs, rights=rights)}
        assert theirs.organisation_id is None

    def test_are_where_a_booking_of_the_association_can_be_moved(
        self, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        els = cast["gebiedswerker"]
        given(rooms.bissegem, by=cast["gebouwbeheerder"], association=rooms.choir)
        client.force_login(els)
        offered = []
        holders: list[dict[str, Any]] = [{"association": rooms.choir}, {}]
        for day, holder in enumerate(holders, start=20):
            found = booked(rooms.hall, ahead(day), by=els, persons=100, **holder)
            page = client.get(reverse("reservations:booking-move", args=[found.reference])).text
            offered.append(key_of(rooms.bissegem, found.starts).replace("+", "&#x2B;") in page.replace("+", "&#x2B;"))
        assert offered == [True, False]

    def wish(self) -> Booking:
        return Booking(starts=ahead(20), ends=ahead(20, "21:30"), persons=100, layout=Layout.TABLES, features=[])

    def test_refused_for_them_wait_until_they_come_free(self, rooms: Rooms, cast: Cast) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"])
        joke = cast["verpleegkundige"]
        made = book(wanted(rooms.bissegem, joke), by=joke, wait=True)
        assert (made.state, made.refusal, made.wants_offer) == ("refused", "allocated", True)

    def test_stay_from_18_to_22_on_the_clock_when_the_clock_changes(self, rooms: Rooms, cast: Cast) -> None:
        year = timezone.localdate().year + 1
        given(rooms.bissegem, by=cast["gebouwbeheerder"], first_on=dt.date(year, 3, 1), last_on=dt.date(year, 4, 30))
        lengths = {row.during.upper - row.during.lower for row in AllocatedRange.objects.all()}
        hours = {on_clock(row.during.lower).time() for row in AllocatedRange.objects.all()}
        assert (hours, lengths) == ({dt.time(18)}, {dt.timedelta(hours=5)})  # an hour to clear up


class TestGiving:
    def test_lets_nobody_else_have_the_same_hours(self, rooms: Rooms, cast: Cast) -> None:
        nele = cast["gebouwbeheerder"]
        given(rooms.half_a, by=nele, association=rooms.choir)
        with pytest.raises(KeptAlready, match="Zangkoor Sint-Brixius"):
            given(rooms.hall, by=nele, start_time=dt.time(20))
        assert given(rooms.half_b, by=nele).is_standing

    def test_the_database_refuses_two_of_one_space_too(self, rooms: Rooms, cast: Cast) -> None:
        first = given(rooms.bissegem, by=cast["gebouwbeheerder"])
        row = first.ranges.all()[0]
        with pytest.raises(IntegrityError, match="allocatedrange_of_one_holder"), transaction.atomic():
            AllocatedRange.objects.create(
                allocation=first, space=row.space, during=DateTimeTZRange(row.during.lower, row.during.upper),
                released_at=row.released_at,
            )  # fmt: skip

    def test_has_the_spaces_to_itself_as_booking_does(self, rooms: Rooms, cast: Cast) -> None:
        """The locks of booking (docs/decisions/042): who books at that moment was before it, or reads whose it is."""
        given(rooms.hall, by=cast["gebouwbeheerder"])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock'"
                " AND pid = pg_backend_pid() AND classid = (hashtext('space of a room')::bigint & 4294967295)::oid"
            )
            locked = {int(key) for (key,) in cursor.fetchall()}
        assert locked == {space.pk for space in rooms.hall.spaces.all()}

    def test_given_twice_is_one(self, rooms: Rooms, cast: Cast) -> None:
        nele = cast["gebouwbeheerder"]
        one = kept(rooms.bissegem, by=nele)
        give(one, by=nele)
        again = kept(rooms.bissegem, by=nele, id=one.pk)
        assert give(again, by=nele) == one

    def test_leaves_what_stands_there_and_names_it(self, rooms: Rooms, cast: Cast) -> None:
        theirs = booked(rooms.bissegem, ahead(20), by=cast["verpleegkundige"])
        booked(rooms.bissegem, ahead(21), by=cast["gebiedswerker"])
        one = given(rooms.bissegem, by=cast["gebouwbeheerder"])
        assert list(standing_there(one)) == [theirs]
        theirs.refresh_from_db()
        assert theirs.state == BookingState.CONFIRMED

    def test_withdrawn_they_are_everybodys(self, rooms: Rooms, cast: Cast) -> None:
        nele, joke = cast["gebouwbeheerder"], cast["verpleegkundige"]
        one = given(rooms.bissegem, by=nele)
        withdraw(one, by=nele)
        assert not AllocatedRange.objects.exists()
        assert place([self.confirmed(wanted(rooms.bissegem, joke))]).placed

    def test_a_day_given_back_ends_before_midnight(self, rooms: Rooms, cast: Cast) -> None:
        """What is kept from midnight on is of the day after."""
        one = given(rooms.bissegem, by=cast["gebouwbeheerder"], start_time=dt.time(0), end_time=dt.time(2))
        before = one.ranges.count()
        give_back(one, on_clock(ahead(20)).date(), by=cast["gebouwbeheerder"])
        assert before - one.ranges.count() == 1

    def test_a_day_given_back_is_free_and_the_others_are_not(self, rooms: Rooms, cast: Cast) -> None:
        nele, joke = cast["gebouwbeheerder"], cast["verpleegkundige"]
        one = given(rooms.bissegem, by=nele)
        give_back(one, on_clock(ahead(20)).date(), by=nele)
        work_out_house(rooms.bissegem.building)
        assert place([self.confirmed(wanted(rooms.bissegem, joke))]).placed
        with pytest.raises(Taken):
            place([self.confirmed(wanted(rooms.bissegem, joke, days=21))])

    def confirmed(self, booking: Booking) -> Booking:
        booking.state = BookingState.CONFIRMED
        return booking


class TestRoomsThatChange:
    def test_split_keep_both_parts(self, rooms: Rooms, cast: Cast) -> None:
        one = given(rooms.bissegem, by=cast["gebouwbeheerder"])
        before = one.ranges.count()
        split(rooms.bissegem.spaces.get(), into=["Links", "Rechts"])
        assert one.ranges.count() == 2 * before

    def test_are_not_joined_while_the_halves_are_of_two(self, rooms: Rooms, cast: Cast) -> None:
        nele = cast["gebouwbeheerder"]
        given(rooms.half_a, by=nele, association=rooms.choir)
        given(rooms.half_b, by=nele)
        Room.objects.filter(pk__in=[rooms.half_a.pk, rooms.half_b.pk]).update(withdrawn_at=at(timezone.localdate()))
        with pytest.raises(KeptAlready):
            join(list(rooms.hall.spaces.all()), name="Zaal")


def test_two_organisations_are_two_holders(rooms: Rooms, cast: Cast) -> None:
    """The OCMW on Thursdays: named as an organisation, and never what for."""
    given(rooms.bissegem, by=cast["gebouwbeheerder"], organisation=Organisation.objects.get(code="ocmw"))
    els, asked = cast["gebiedswerker"], wanted(rooms.bissegem, cast["gebiedswerker"])
    with pytest.raises(Taken) as found:
        book(asked, by=els)
    (why,) = why_not([asked], found.value.in_the_way, access_of(els))[asked.pk]
    assert "OCMW" in why.text
    assert "Hun vaste avond" not in why.text
