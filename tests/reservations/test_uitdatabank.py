"""Activities as events of UiTdatabank, and events of it as activities."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from areas.models import Area
from kortrijk_gebied.refusals import Refused
from reservations.activities import dates, uit_in, uit_out
from reservations.models import Activity
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, at
from tests.reservations.test_activities_tell import activity, weekly

CDBID = "82e6367d-e8f4-4684-9f13-7bddd33d8c98"


def event(**said: Any) -> dict[str, Any]:
    """A concert in twenty days, as UiTdatabank writes one."""
    return {
        "@id": f"https://io.uitdatabank.be/event/{CDBID}",
        "@context": "/contexts/event",
        "mainLanguage": "nl",
        "name": {"nl": "Zomerconcert", "en": "Summer concert"},
        "terms": [{"id": "0.50.4.0.0", "label": "Concert", "domain": "eventtype"}],
        "location": {
            "@id": "https://io.uitdatabank.be/place/bff97b2d-b4eb-4e2b-b1d4-87ada7f0e463",
            "name": {"nl": "OC Marke"},
            "address": {"nl": {
                "addressCountry": "BE", "addressLocality": "Marke", "postalCode": "8510", "streetAddress": "Plein 1",
            }},
        },
        "organizer": {"name": {"nl": "Zangkoor Sint-Brixius"}},
        "calendarType": "single",
        "subEvent": [{
            "startDate": ahead(20, "20:00").isoformat(), "endDate": ahead(20, "22:00").isoformat(),
            "status": {"type": "Available"},
        }],
        "description": {"nl": "<p>Met koor &amp; orkest.</p>"},
        "priceInfo": [{"category": "base", "price": 10.5, "priceCurrency": "EUR"}],
        "typicalAgeRange": "-",
        **said,
    }  # fmt: skip


@pytest.fixture
def read(rooms: Rooms, cast: Cast) -> Callable[..., uit_in.Report]:
    def run(*events: Any) -> uit_in.Report:
        areas = Area.objects.filter(set__code="gebieden17")
        return uit_in.read(json.dumps({"member": events}).encode(), by=cast["coordinator"], areas=areas)

    return run


class TestOut:
    def test_once_is_a_single_event(self, rooms: Rooms) -> None:
        found = activity(price="6 euro, kinderen gratis", contact_line="056 24 48 00", targets=["seniors"])
        written = uit_out.event(found, found.dates.all())
        assert (written["calendarType"], len(written["subEvent"])) == ("single", 1)
        assert written["name"] == {"nl": "Buurtrestaurant"}
        assert written["terms"][0]["id"] == "1.50.0.0.0"
        assert written["typicalAgeRange"] == "60-"
        assert written["priceInfo"][0]["price"] == 6
        assert written["contactPoint"]["phone"] == ["056 24 48 00"]
        assert written["startDate"].endswith(("+01:00", "+02:00"))

    def test_every_week_without_a_gap_is_periodic_with_opening_hours(self, rooms: Rooms) -> None:
        found = weekly(until=dt.date(2026, 3, 31), weekdays=[0, 2])
        written = uit_out.event(found, found.dates.all())
        assert written["calendarType"] == "periodic"
        assert written["openingHours"] == [{"opens": "12:00", "closes": "13:30", "dayOfWeek": ["monday", "wednesday"]}]

    def test_with_a_gap_every_date_is_written(self, rooms: Rooms) -> None:
        found = weekly()  # Easter Monday is not in it
        written = uit_out.event(found, found.dates.all())
        assert (written["calendarType"], len(written["subEvent"])) == ("multiple", 8)

    def test_a_date_called_off_is_unavailable(self, rooms: Rooms) -> None:
        found = weekly(until=dt.date(2026, 3, 31))
        dates.call_off(found, dt.date(2026, 3, 9))
        written = uit_out.event(found, found.dates.all())
        assert [each["status"]["type"] for each in written["subEvent"]] == [
            "Available", "Unavailable", "Available", "Available", "Available",
        ]  # fmt: skip
        assert written["status"]["type"] == "Available"

    def test_the_list_holds_what_is_public_and_to_come(self, rooms: Rooms, cast: Cast, client: Client) -> None:
        activity("Buurtrestaurant")
        activity("Teamdag", is_public=False, organisation=cast["coordinator"].organisation)
        activity("Vorig jaar", first_on=dt.date(2020, 1, 1))
        client.force_login(cast["coordinator"])
        found = json.loads(client.get(reverse("reservations:activities-uit")).content)
        assert [each["name"]["nl"] for each in found["member"]] == ["Buurtrestaurant"]

    def test_what_goes_out_comes_in_the_same(self, rooms: Rooms, read: Callable[..., uit_in.Report]) -> None:
        days = [timezone.localdate() + dt.timedelta(days=number) for number in (3, 5, 12)]
        first = activity("Naaiatelier", kind="course", first_on=days[0], days=days)
        dates.call_off(first, days[1])
        first.refresh_from_db()
        written = {**uit_out.event(first, first.dates.all()), "@id": CDBID}
        report = read(written)
        assert report.refused == []
        (made,) = report.added
        assert (made.title, made.kind, made.days) == ("Naaiatelier", "course", days)
        assert made.cancelled_on == [days[1]]
        assert made.organisation == first.organisation


class TestIn:
    def test_takes_an_event_with_place_holder_and_price(self, rooms: Rooms, read: Callable[..., uit_in.Report]) -> None:
        (made,) = read(event()).added
        assert (made.title, made.description) == ("Zomerconcert", "Met koor & orkest.")
        assert made.building
        assert made.building.code == "oc-marke"
        assert (made.area.name, made.association, made.price) == ("Marke", rooms.choir, "10,50 euro")
        assert made.dates.get().starts == ahead(20, "20:00")

    def test_given_again_changes_nothing(self, read: Callable[..., uit_in.Report]) -> None:
        read(event())
        report = read(event())
        assert (report.added, report.changed, report.same, report.refused) == ([], [], 1, [])

    def test_changes_what_changed_there(self, read: Callable[..., uit_in.Report]) -> None:
        read(event())
        report = read(event(name={"nl": "Winterconcert"}))
        assert [each.title for each in report.changed] == ["Winterconcert"]
        assert Activity.objects.get().title == "Winterconcert"

    def test_overwrites_nothing_that_was_changed_here(self, read: Callable[..., uit_in.Report]) -> None:
        read(event())
        Activity.objects.update(title="Ons concert")
        assert read(event()).same == 1
        report = read(event(name={"nl": "Winterconcert"}))
        assert "Wat hier staat, blijft" in report.refused[0][1]
        assert Activity.objects.get().title == "Ons concert"

    @pytest.mark.parametrize(("said", "reason"), [
        ({"@id": "x"}, "geen id van UiTdatabank"),
        ({"name": {}}, "geen naam"),
        ({"calendarType": "permanent"}, "loopt altijd door"),
        ({"calendarType": None}, "niet bij wanneer"),
        ({"subEvent": [{"startDate": "2027-01-01T10:00:00", "endDate": "2027-01-01T11:00:00"}]}, "tijdzone"),
        ({"subEvent": [
            {"startDate": "2020-01-01T10:00:00+01:00", "endDate": "2020-01-01T11:00:00+01:00"}]}, "voorbij"),
        ({"subEvent": [
            {"startDate": "2030-01-01T10:00:00+01:00", "endDate": "2030-01-09T11:00:00+01:00"}]}, "langer dan een dag"),
        ({"subEvent": [
            {"startDate": "2030-01-01T10:00:00+01:00", "endDate": "2030-01-01T11:00:00+01:00"},
            {"startDate": "2030-01-01T14:00:00+01:00", "endDate": "2030-01-01T15:00:00+01:00"}]},
         "twee keer op één dag"),
        ({"calendarType": "periodic", "startDate": "2030-01-01T10:00:00+01:00", "endDate": "2030-02-01T11:00:00+01:00",
          "openingHours": [{"opens": "09:00", "closes": "12:00", "dayOfWeek": ["friday"]},
                           {"opens": "10:00", "closes": "12:00", "dayOfWeek": ["monday"]}]}, "uren zijn niet"),
        ({"location": {"name": {"nl": "Sportpaleis"}}}, "in welk gebied “Sportpaleis” ligt"),
        ({"organizer": {"name": {"nl": "Onbekende vzw"}}}, "“Onbekende vzw” staat niet in het verenigingenregister"),
        ({"calendarType": "periodic", "startDate": "2030-01-01T10:00:00+01:00",
          "endDate": "2030-02-01T11:00:00+01:00"}, "geen uren per weekdag"),
        ({"name": {"nl": "Half \ud800"}}, "een teken in dat niet bestaat"),
        ({"priceInfo": [{"category": "base", "price": 10**400}]}, "een teken in dat niet bestaat"),
        ({"priceInfo": [{"category": "base", "price": float("nan")}]}, "prijs is geen getal"),
        ({"subEvent": [
            {"startDate": "9999-12-31T23:00:00-12:00", "endDate": "9999-12-31T23:30:00-12:00"}]}, "niet bestaat"),
    ])  # fmt: skip
    def test_says_why_of_each_that_it_refuses(
        self, read: Callable[..., uit_in.Report], said: dict[str, Any], reason: str
    ) -> None:
        report = read(event(**said), event(**{"@id": CDBID.replace("8", "7")}))
        assert len(report.added) == 1
        assert reason in report.refused[0][1]

    def test_takes_days_that_each_have_their_own_hours(self, read: Callable[..., uit_in.Report]) -> None:
        said = event(calendarType="multiple", subEvent=[
            {"startDate": "2030-01-02T14:00:00+01:00", "endDate": "2030-01-02T15:00:00+01:00"},
            {"startDate": "2030-01-01T20:00:00+01:00", "endDate": "2030-01-02T01:00:00+01:00"},
        ])  # fmt: skip
        (made,) = read(said).added
        assert [each.starts for each in made.dates.all()] == [
            at(dt.date(2030, 1, 1), "20:00"), at(dt.date(2030, 1, 2), "14:00"),
        ]  # fmt: skip
        assert made.day_ends == [dt.time(1), dt.time(15)]
        assert read(said).same == 1

    def test_knows_again_what_came_in_before_days_had_hours(self) -> None:
        """Its digest is kept with it: another one would say that somebody changed it here."""
        said = {"title": "Zomerconcert", "days": [dt.date(2030, 1, 1)], "day_starts": [], "day_ends": []}
        assert uit_in.digest_of(said) == uit_in.digest_of({"title": "Zomerconcert", "days": [dt.date(2030, 1, 1)]})
        facts = [[name, "None"] for name in uit_in.FIELDS if name not in uit_in.LATER]
        assert uit_in.digest_of({}) == hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    def test_takes_what_began_before_and_goes_on(self, read: Callable[..., uit_in.Report]) -> None:
        (made,) = read(event(calendarType="multiple", subEvent=[
            {"startDate": "2020-01-02T14:00:00+01:00", "endDate": "2020-01-02T15:00:00+01:00"},
            {"startDate": "2030-01-02T14:00:00+01:00", "endDate": "2030-01-02T15:00:00+01:00"},
        ])).added  # fmt: skip
        assert made.first_on == dt.date(2020, 1, 2)

    @pytest.mark.parametrize(("audience", "public"), [("everyone", True), ("members", False), ("education", False)])
    def test_shows_to_everybody_only_what_is_for_everybody(
        self, read: Callable[..., uit_in.Report], audience: str, *, public: bool
    ) -> None:
        assert read(event(audience={"audienceType": audience})).added[0].is_public is public

    def test_takes_opening_hours_by_the_week(self, read: Callable[..., uit_in.Report]) -> None:
        (made,) = read(event(
            calendarType="periodic", startDate=at(dt.date(2030, 1, 1)).isoformat(),
            endDate=at(dt.date(2030, 2, 1)).isoformat(),
            openingHours=[{"opens": "09:00", "closes": "12:00", "dayOfWeek": ["friday", "saturday"]}],
        )).added  # fmt: skip
        assert (made.weekdays, made.until, made.start_time) == ([4, 5], dt.date(2030, 2, 1), dt.time(9))

    def test_is_for_who_keeps_the_register(self, rooms: Rooms, cast: Cast, client: Client) -> None:
        def upload(who: User) -> Any:
            client.force_login(who)
            file = SimpleUploadedFile("uit.json", json.dumps([event()]).encode(), "application/json")
            return client.post(reverse("reservations:activities-import"), {"file": file})

        assert upload(cast["buurtwerker"]).status_code == 403
        assert "Toegevoegd: 1." in upload(cast["coordinator"]).text

    @pytest.mark.parametrize("data", [b"", b"x", b"3", b"[]", b'{"member": []}'])
    def test_of_no_list_at_all_is_refused_as_a_whole(self, rooms: Rooms, cast: Cast, data: bytes) -> None:
        with pytest.raises(Refused):
            uit_in.read(data, by=cast["coordinator"], areas=[])

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(
        st.sampled_from(["name", "terms", "location", "organizer", "calendarType", "subEvent", "openingHours", "status",
                         "priceInfo", "bookingInfo", "typicalAgeRange", "startDate", "endDate", "audience"]),
        st.recursive(
            st.none() | st.integers() | st.text(max_size=6) | st.sampled_from(["multiple", "periodic", "\0"]),
            lambda inner: st.lists(inner, max_size=2)
            | st.dictionaries(st.sampled_from(["nl", "type", "id", "name", "price", "category", "dayOfWeek"]), inner),
            max_leaves=4,
        ),
    ))  # fmt: skip
    def test_never_breaks_on_nonsense(self, rooms: Rooms, cast: Cast, said: dict[str, Any]) -> None:
        report = uit_in.read(json.dumps([event(**said)]).encode(), by=cast["coordinator"], areas=[])
        assert len(report.added) + len(report.refused) + report.same + len(report.changed) == 1
