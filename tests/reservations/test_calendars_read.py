"""The calendars on the screen: what stands where, where a cell leads, and what an address can ask for."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reservations.models import Booking, Closure, Occupancy, OpenRange, Room
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, at, booked

type SignIn = Callable[[User], Client]

TUESDAY = dt.date(2026, 11, 24)
NOW = at(TUESDAY, "08:00")
CALENDAR = "/zalen/kalender/"


@pytest.fixture(autouse=True)
def _tuesday_morning() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["coordinator"])


def page(client: Client, query: str, form: str = "", **headers: str) -> str:
    response = client.get(f"{CALENDAR}{form}{query}", headers=headers)
    assert response.status_code == 200
    return response.text


def row(html: str, room: str) -> str:
    """The cells of a room, without its name."""
    found = re.search(rf'<th scope="row"><a [^>]*>{room}</a></th>(.*?)</tr>', html, re.S)
    assert found, room
    return found[1]


def cells(html: str, room: str) -> list[tuple[str, int]]:
    return [(kind, int(span)) for kind, span in re.findall(r'<td class="(\w+)" colspan="(\d+)"', row(html, room))]


def opened(room: Room, day: dt.date, opens: str, closes: str) -> None:
    OpenRange.objects.filter(room=room).delete()
    OpenRange.objects.create(room=room, during=(at(day, opens), at(day, closes)))


class TestDay:
    def test_lays_a_booking_over_as_many_steps_as_it_lasts(self, client: Client, rooms: Rooms) -> None:
        opened(rooms.meeting, TUESDAY, "09:00", "22:00")
        booking = booked(rooms.meeting, at(TUESDAY, "19:30"), 2.5, association=rooms.choir)
        html = page(client, f"?dag=2026-11-24&zaal={rooms.meeting.pk}")
        found = cells(html, "Vergaderzaal")
        assert ("known", 10) in found
        assert found[0] == ("shut", 4)  # from eight to nine
        assert sum(span for _kind, span in found) == 4 * len(re.findall('class="hour ', html))
        assert f'href="{booking.get_absolute_url()}"' in html
        assert "19.30–22.00" in row(html, "Vergaderzaal")
        assert "Zangkoor" in html

    def test_leads_from_a_free_hour_to_the_form_filled_in(self, client: Client, rooms: Rooms) -> None:
        html = page(client, f"?dag=2026-11-24&zaal={rooms.meeting.pk}")
        assert f"/zalen/reserveren/?zaal={rooms.meeting.pk}&amp;dag=2026-11-24&amp;van=14%3A00" in html
        assert "van=07%3A00" not in html  # is over

    def test_shows_a_hall_taken_when_a_half_is(self, client: Client, rooms: Rooms) -> None:
        booked(rooms.half_a, at(TUESDAY, "10:00"), association=rooms.choir)
        html = page(client, "?dag=2026-11-24&gebouw=oc-marke")
        assert "Helft A" in row(html, "Grote zaal")
        assert ("known", 8) in cells(html, "Grote zaal")
        assert ("clears", 2) in cells(html, "Grote zaal")
        assert "known" not in dict(cells(html, "Helft B"))

    def test_shows_an_evening_that_goes_on_after_midnight_on_both_days(self, client: Client, rooms: Rooms) -> None:
        booked(rooms.meeting, at(TUESDAY, "21:00"), 5, title="Nachtrepetitie")
        for day in ("2026-11-24", "2026-11-25"):
            html = page(client, f"?dag={day}&zaal={rooms.meeting.pk}")
            assert row(html, "Vergaderzaal").count("Nachtrepetitie</a>") == 1
            assert "21.00–2.00" in html

    def test_says_why_a_room_is_closed(self, client: Client, rooms: Rooms) -> None:
        ends = at(TUESDAY + dt.timedelta(days=3))
        closure = Closure.objects.create(
            building=rooms.meeting.building, starts=NOW, ends=ends, reason="Lek in het dak"
        )
        space = rooms.meeting.spaces.get()
        Occupancy.objects.create(space=space, during=(closure.starts, closure.ends), closure=closure)
        assert "Gesloten: Lek in het dak" in row(page(client, "?dag=2026-11-25"), "Vergaderzaal")

    @pytest.mark.parametrize(("day", "hours"), [("2027-03-28", 23), ("2026-11-24", 24), ("2026-10-25", 25)])
    def test_has_as_many_hours_as_the_clock_gives_it(self, client: Client, rooms: Rooms, day: str, hours: int) -> None:
        html = page(client, f"?dag={day}&nacht=on&zaal={rooms.meeting.pk}")
        assert len(re.findall('class="hour ', html)) == hours
        assert ("zomertijd" in html) == (hours == 25)

    def test_asked_for_what_is_no_date_shows_today(self, client: Client, rooms: Rooms) -> None:
        html = page(client, "?dag=31-31-31&zaal=geen&houder=xx")
        assert "Dinsdag 24 november 2026" in html
        page(client, "?dag=9999-12-31")
        page(client, "?dag=0001-01-01", "maand/")

    def test_comes_as_its_table_alone_when_htmx_asks(self, client: Client, rooms: Rooms) -> None:
        html = page(client, "?dag=2026-11-24", **{"HX-Request": "true"})
        assert "<html" not in html
        assert html.strip().startswith('<div class="content wide calendar" id="calendar">')


class TestWeek:
    def test_of_a_room_spans_the_lines_of_a_booking(self, client: Client, rooms: Rooms) -> None:
        booked(rooms.meeting, at(TUESDAY, "10:00"), 3)
        html = page(client, f"?dag=2026-11-24&zaal={rooms.meeting.pk}", "week/")
        assert '<td class="own" rowspan="12">' in html
        assert html.count('scope="col"') == 8

    def test_of_a_room_says_which_hour_is_not_there(self, client: Client, rooms: Rooms) -> None:
        html = page(client, f"?dag=2027-03-28&nacht=on&zaal={rooms.half_a.pk}", "week/")
        assert html.count('<th scope="row"') == 24

    def test_of_many_rooms_tells_what_is_free(self, client: Client, rooms: Rooms) -> None:
        opened(rooms.meeting, TUESDAY, "09:00", "22:00")
        booked(rooms.meeting, at(TUESDAY, "10:00"), 3, title="Repetitie")
        found = row(page(client, "?dag=2026-11-24", "week/"), "Vergaderzaal")
        assert re.findall(r'class="open"[^>]*>([^<]+)<', found) == ["9.00–10.00", "13.00–22.00"]
        assert found.count("Repetitie</a>") == 1


class TestMonth:
    def test_of_many_rooms_counts_and_of_one_tells(self, client: Client, rooms: Rooms) -> None:
        booked(rooms.meeting, at(TUESDAY, "10:00"), title="Repetitie")
        booked(rooms.meeting, at(TUESDAY, "14:00"), title="Repetitie")
        many = row(page(client, "?dag=2026-11-01", "maand/"), "Vergaderzaal")
        assert "2<span" in many
        assert "Repetitie" not in many
        one = page(client, f"?dag=2026-11-01&zaal={rooms.meeting.pk}", "maand/")
        assert one.count("Repetitie</a>") == 2

    def test_of_a_holder_lists_theirs_alone(self, client: Client, rooms: Rooms) -> None:
        booked(rooms.bissegem, at(TUESDAY, "10:00"), association=rooms.choir, title="Koorrepetitie")
        booked(rooms.bissegem, at(TUESDAY, "14:00"), title="Iets anders")
        html = page(client, f"?dag=2026-11-01&houder=v{rooms.choir.pk}", "maand/")
        assert "Koorrepetitie" in html
        assert "Iets anders" not in html


class TestAgenda:
    def test_names_a_hall_once(self, client: Client, rooms: Rooms) -> None:
        booked(rooms.hall, at(TUESDAY, "10:00"), title="Toneel")
        html = page(client, "?dag=2026-11-24", "agenda/")
        assert html.count("Toneel</a>") == 1
        assert "OC Marke, Grote zaal</td>" in html

    def test_says_so_when_there_is_nothing(self, client: Client, rooms: Rooms) -> None:
        assert "Niets gereserveerd" in page(client, "?dag=2026-11-24", "agenda/")
        assert "Geen reservatie gevonden" in page(client, "?dag=2026-11-24&mijn=on", "agenda/")

    def test_shows_what_is_asked_and_not_decided(self, client: Client, rooms: Rooms) -> None:
        booked(rooms.hall, at(TUESDAY, "10:00"), title="Quiz", state=Booking.State.REQUESTED)
        html = page(client, "?dag=2026-11-24", "agenda/")
        assert "Aangevraagd, nog niet beslist" in html
        assert "Quiz" in html


class TestFilter:
    def test_keeps_what_was_asked_on_the_way(self, client: Client, rooms: Rooms) -> None:
        html = page(client, "?dag=2026-11-24&gebouw=oc-marke")
        assert "/zalen/kalender/?dag=2026-11-25&amp;gebouw=oc-marke" in html
        assert "/zalen/kalender/week/?dag=2026-11-24&amp;gebouw=oc-marke" in html

    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("gebouw=oc-marke", {"Grote zaal", "Helft A", "Helft B", "Vergaderzaal"}),
            ("soort=service_centre", {"Cursuslokaal"}),
            ("gebied=bissegem", {"Zaal"}),
            ("houder=v{choir}", {"Vergaderzaal"}),
            ("mijn=on", {"Zaal"}),
        ],
    )
    def test_chooses_rooms(self, client: Client, cast: Cast, rooms: Rooms, query: str, shown: set[str]) -> None:
        booked(rooms.meeting, at(TUESDAY, "10:00"), association=rooms.choir)
        booked(rooms.bissegem, at(TUESDAY, "10:00"), by=cast["coordinator"])
        html = page(client, f"?dag=2026-11-24&{query.format(choir=rooms.choir.pk)}")
        assert set(re.findall(r'<th scope="row"><a [^>]*>([^<]+)<', html)) == shown

    def test_leaves_out_rooms_without_a_free_hour(self, client: Client, rooms: Rooms) -> None:
        booked(rooms.meeting, at(TUESDAY, "00:00"), 24)
        html = page(client, "?dag=2026-11-24&vrij=on&gebouw=oc-marke")
        assert "Vergaderzaal</a></th>" not in html
        assert "Helft A</a></th>" in html


class TestQueries:
    @pytest.mark.parametrize("form", ["", "week/", "maand/", "agenda/"])
    def test_are_as_many_however_much_there_is(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms, form: str,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        client = sign_in(cast["gebouwbeheerder"])
        booked(rooms.half_a, at(TUESDAY, "09:00"), association=rooms.choir)
        page(client, "?dag=2026-11-24", form)
        with django_assert_max_num_queries(30) as few:
            page(client, "?dag=2026-11-24", form)
        for hour in (12, 16):
            for room in (rooms.half_a, rooms.meeting, rooms.bissegem, rooms.ocmw):
                booked(room, at(TUESDAY, f"{hour}:00"), 1, by=cast["deelgemeente"])
        with django_assert_max_num_queries(len(few.captured_queries)):
            page(client, "?dag=2026-11-24", form)


class TestDuties:
    def test_say_what_to_put_ready_and_whom_to_call(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        booked(rooms.meeting, at(TUESDAY, "09:00"), 1)
        booked(
            rooms.meeting, at(TUESDAY, "10:30"), by=cast["coordinator"], persons=12, layout="meeting",
            features=["projector"], title="Overleg", note="Graag koffie.",
        )  # fmt: skip
        html = page(sign_in(cast["gebouwbeheerder"]), "?dag=2026-11-24", "vandaag/")
        for words in ("12 personen", "Overleg", "Graag koffie.", "Klaarzetten kan vanaf 10.00 uur", "tel:056000001"):
            assert words in html

    def test_warn_when_there_is_no_time_between(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        booked(rooms.meeting, at(TUESDAY, "09:00"), 1)
        booked(rooms.meeting, at(TUESDAY, "10:00"), 1)
        html = page(sign_in(cast["gebouwbeheerder"]), "?dag=2026-11-24", "vandaag/")
        assert "geen tijd om klaar te zetten" in html

    def test_ask_which_building_of_who_keeps_none(self, client: Client, rooms: Rooms) -> None:
        booked(rooms.meeting, at(TUESDAY, "09:00"), title="Overleg")
        assert "Welk gebouw?" in page(client, "?dag=2026-11-24", "vandaag/")
        assert "Overleg" in page(client, "?dag=2026-11-24&gebouw=oc-marke", "vandaag/")


class TestDoor:
    def test_shows_the_week_to_whoever_stands_there(self, client: Client, rooms: Rooms) -> None:
        booked(rooms.hall, at(TUESDAY, "10:00"), title="Toneel")
        booked(rooms.hall, at(TUESDAY, "15:00"), title="Misschien", state="held", hold_until=at(TUESDAY, "12:00"))
        html = page(client, "?dag=2026-11-24", "deur/oc-marke/grote-zaal/")
        assert "Toneel" in html
        assert "Misschien" not in html
        assert "Bezet" in html

    def test_of_no_room_is_not_found(self, client: Client, rooms: Rooms) -> None:
        assert client.get(f"{CALENDAR}deur/oc-marke/kelder/").status_code == 404
