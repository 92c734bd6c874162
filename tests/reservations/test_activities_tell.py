"""What there is to do: its dates, who reads and writes it, and the page for everybody."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from areas.models import Area
from reservations.activities import dates, listing
from reservations.models import Activity, ActivityDate, Building, SchoolHoliday
from reservations.sections import MOST_DOING
from teams.access import access_of
from teams.models import Organisation, User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked

type SignIn = Callable[[User], Client]

MONDAY = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _no_throttle_of_before() -> None:
    cache.clear()


def activity(title: str = "Buurtrestaurant", *, write: bool = True, **details: Any) -> Activity:
    """Of the OCMW in its centre in Overleie, tomorrow from noon; for everybody."""
    given: dict[str, Any] = {
        "title": title, "kind": "meal", "area": Area.objects.get(set__code="gebieden17", name="Overleie"),
        "organisation": None if "association" in details else Organisation.objects.get(code="ocmw"),
        "first_on": timezone.localdate() + dt.timedelta(days=1), "start_time": dt.time(12), "end_time": dt.time(13, 30),
        "is_public": True, **details,
    }  # fmt: skip
    made = Activity(**given)
    if write:
        dates.write(made)
    return made


def weekly(title: str = "Cursus", **details: Any) -> Activity:
    rule = {"first_on": MONDAY, "until": dt.date(2026, 4, 30), "weekdays": [0]}
    return activity(title, **{**rule, **details})


@pytest.mark.usefixtures("rooms")
class TestDates:
    def test_are_those_of_the_rule_but_for_holidays(self) -> None:
        days = [each.on for each in weekly().dates.all()]
        assert days[0] == MONDAY
        assert dt.date(2026, 4, 6) not in days  # Easter Monday
        assert len(days) == 8

    def test_leave_out_school_holidays_when_asked(self) -> None:
        SchoolHoliday.objects.all().delete()
        SchoolHoliday.objects.create(name="Pasen", starts=dt.date(2026, 4, 6), ends=dt.date(2026, 4, 19), source="t")
        SchoolHoliday.objects.create(name="Later", starts=dt.date(2026, 7, 1), ends=dt.date(2026, 8, 31), source="t")
        days = [each.on for each in weekly(skips_school_holidays=True).dates.all()]
        assert dt.date(2026, 4, 13) not in days
        assert dt.date(2026, 4, 20) in days

    def test_keep_their_hour_when_the_clock_changes(self) -> None:
        found = weekly(start_time=dt.time(19, 30), end_time=dt.time(1))
        before, after = found.dates.get(on=dt.date(2026, 3, 23)), found.dates.get(on=dt.date(2026, 3, 30))
        assert (before.starts.astimezone(dt.UTC).hour, after.starts.astimezone(dt.UTC).hour) == (18, 17)
        assert timezone.localtime(after.ends).date() == dt.date(2026, 3, 31)

    def test_once_and_on_days_of_its_own(self) -> None:
        days = [dt.date(2026, 5, 4), dt.date(2026, 5, 19)]
        assert [each.on for each in activity(first_on=MONDAY).dates.all()] == [MONDAY]
        assert [each.on for each in activity(first_on=days[0], days=days).dates.all()] == days

    def test_called_off_stay_so_when_the_activity_changes(self) -> None:
        found = weekly()
        dates.call_off(found, dt.date(2026, 3, 9))
        found.refresh_from_db()
        found.title = "Cursus koken"
        dates.write(found)
        assert [each.on for each in found.dates.filter(is_cancelled=True)] == [dt.date(2026, 3, 9)]
        dates.call_off(found, dt.date(2026, 3, 9), goes_on=True)
        assert not found.dates.filter(is_cancelled=True).exists()

    def test_of_another_day_are_not_called_off(self) -> None:
        found = weekly()
        dates.call_off(found, dt.date(2026, 3, 10))
        found.refresh_from_db()
        assert found.cancelled_on == []


class TestForm:
    def typed(self, **said: Any) -> dict[str, Any]:
        area = Area.objects.get(set__code="gebieden17", name="Overleie")
        return {
            "title": "Naaiatelier", "kind": "course", "holder": "eigen", "area": area.pk, "first_on": "2027-01-06",
            "start_time": "14:00", "end_time": "16:00", "interval": "1", "is_public": "on", **said,
        }  # fmt: skip

    def test_shows_the_dates_before_it_writes_them(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        typed = self.typed(weekdays=["2"], until="2027-01-27", toon="1")
        page = sign_in(cast["dienstencentrum"]).post(reverse("reservations:activity-add"), typed)
        assert "4 data" in page.text
        assert not Activity.objects.exists()

    def test_writes_it_for_ones_own_organisation(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        typed = self.typed(weekdays=["2"], until="2027-01-27")
        sign_in(cast["dienstencentrum"]).post(reverse("reservations:activity-add"), typed)
        found = Activity.objects.get()
        assert (found.organisation, found.created_by) == (
            cast["dienstencentrum"].organisation, cast["dienstencentrum"],
        )  # fmt: skip
        assert found.dates.count() == 4

    def test_a_rule_without_an_end_is_refused(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        page = sign_in(cast["coordinator"]).post(reverse("reservations:activity-add"), self.typed(weekdays=["2"]))
        assert page.status_code == 422
        assert "Kies de laatste dag waarop het mag doorgaan" in page.text

    def test_for_an_association_only_by_who_keeps_the_register(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        typed = self.typed(holder=f"vereniging:{rooms.choir.pk}")
        assert sign_in(cast["dienstencentrum"]).post(reverse("reservations:activity-add"), typed).status_code == 422
        assert sign_in(cast["coordinator"]).post(reverse("reservations:activity-add"), typed).status_code == 302
        assert Activity.objects.get().association == rooms.choir

    def test_takes_a_booking_only_of_who_may_read_it(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        secret = booked(rooms.ocmw, ahead(5), by=cast["verpleegkundige"], title="Geheim gesprek")
        typed = self.typed(reference=secret.reference)
        page = sign_in(cast["coordinator"]).post(reverse("reservations:activity-add"), typed)
        assert "Er is geen reservatie" in page.text
        sign_in(cast["dienstencentrum"]).post(reverse("reservations:activity-add"), typed)
        made = Activity.objects.get()
        assert made.booking == secret
        seen = sign_in(cast["coordinator"]).get(made.get_absolute_url()).text
        assert secret.reference not in seen
        assert "Geheim gesprek" not in seen
        assert secret.reference in sign_in(cast["dienstencentrum"]).get(made.get_absolute_url()).text

    def test_is_filled_in_with_another_one(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        found = weekly("Bloemschikken", organisation=cast["coordinator"].organisation)
        page = sign_in(cast["coordinator"]).get(reverse("reservations:activity-add"), {"kopie": str(found.pk)})
        assert 'value="Bloemschikken"' in page.text
        assert 'value="2026-03-02"' in page.text


class TestEverybody:
    def test_reads_what_is_public_in_the_area_and_nothing_else(self, rooms: Rooms, client: Client) -> None:
        marke = Area.objects.get(set__code="gebieden17", name="Marke")
        activity("Buurtrestaurant", description="Samen eten")
        activity("Intern overleg", is_public=False)
        activity("Dansnamiddag", area=marke)
        page = client.get(reverse("doing", args=["overleie"]))
        assert "Buurtrestaurant" in page.text
        assert "Samen eten" in page.text
        assert "Intern overleg" not in page.text
        assert "Dansnamiddag" not in page.text
        text = client.get(reverse("doing-calendar", args=["overleie"])).content
        assert [str(each["summary"]) for each in Calendar.from_ical(text).walk("VEVENT")] == ["Buurtrestaurant"]

    def test_sees_that_it_does_not_take_place(self, rooms: Rooms, client: Client) -> None:
        found = activity()
        dates.call_off(found, found.first_on)
        assert "gaat niet door" in client.get(reverse("doing", args=["overleie"])).text
        event = Calendar.from_ical(client.get(reverse("doing-calendar", args=["overleie"])).content).walk("VEVENT")[0]
        assert event["status"] == "CANCELLED"

    def test_filters_by_kind_and_target_group(self, rooms: Rooms, client: Client) -> None:
        activity("Buurtrestaurant", targets=["seniors"])
        activity("Huiswerkklas", kind="activity", targets=["children"])
        address = reverse("doing", args=["overleie"])
        assert "Huiswerkklas" not in client.get(address, {"soort": "meal"}).text
        assert "Buurtrestaurant" not in client.get(address, {"doelgroep": "children"}).text
        assert "Buurtrestaurant" in client.get(address, {"week": "1000-01-01", "soort": "x"}).text

    def test_finds_open_houses_only_when_asked_for(self, rooms: Rooms, client: Client) -> None:
        """Every day of every centre would hide the rest."""
        activity("Onthaal", kind="open", organisation=Organisation.objects.get(code="ocmw"))
        activity("Buurtrestaurant")
        address = reverse("doing", args=["overleie"])
        assert "Onthaal" not in client.get(address).text
        assert "Onthaal" in client.get(address, {"soort": "open"}).text

    def test_reads_when_a_centre_is_open(self, rooms: Rooms, client: Client) -> None:
        centre, today = Building.objects.get(code="centrum-overleie"), timezone.localdate()
        first, _last = listing.week_of(today)
        activity(
            "Onthaal", kind="open", building=centre, first_on=first, until=first + dt.timedelta(days=6),
            weekdays=[0, 1, 2, 3, 4], start_time=dt.time(9), end_time=dt.time(12), skips_public_holidays=False,
        )  # fmt: skip
        page = client.get(reverse("doing", args=["overleie"])).text
        assert page.count("9.00–12.00") == 5
        assert page.count("gesloten") == 2

    def test_asks_as_many_questions_for_sixty_as_for_one(
        self, rooms: Rooms, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(20):
            activity(f"Activiteit {number}")
        with django_assert_max_num_queries(6):
            client.get(reverse("doing", args=["overleie"]))


class TestColleague:
    def test_of_another_organisation_does_not_read_what_is_within_one(self, rooms: Rooms, cast: Cast) -> None:
        inside = activity("Teamdag", is_public=False)
        for who, reads in (("coordinator", False), ("wijkinspecteur", False), ("buurtwerker", True), ("agent", False)):
            assert Activity.objects.readable(access_of(cast[who])).filter(pk=inside.pk).exists() is reads

    def test_sees_the_coming_week_on_the_page_of_the_area(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        activity("Buurtrestaurant")
        activity("Teamdag", is_public=False)
        page = sign_in(cast["coordinator"]).get(reverse("areas:area-section", args=["overleie", "activities"])).text
        assert "Buurtrestaurant" in page
        assert "Teamdag" not in page

    def test_is_told_when_more_is_to_come_than_stands_there(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client, url = sign_in(cast["coordinator"]), reverse("areas:area-section", args=["overleie", "activities"])
        for number in range(MOST_DOING):
            activity(f"Buurtrestaurant {number}")
        assert "Er is deze week nog meer." not in client.get(url).text
        activity("Nog een")
        page = client.get(url).text
        assert "Er is deze week nog meer." in page
        assert page.count('<li class="doing') == MOST_DOING

    def test_calls_off_one_date(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        found = activity()
        address = reverse("reservations:activity-date", args=[found.pk])
        assert sign_in(cast["coordinator"]).post(address, {"dag": found.first_on}).status_code == 403
        sign_in(cast["buurtwerker"]).post(address, {"dag": found.first_on})
        assert ActivityDate.objects.get().is_cancelled

    def test_reads_a_week_in_as_many_questions_for_many(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(20):
            activity(f"Activiteit {number}")
        client = sign_in(cast["coordinator"])
        client.get(reverse("reservations:activities"))
        with django_assert_max_num_queries(15):
            client.get(reverse("reservations:activities"))
