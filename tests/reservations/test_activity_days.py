"""An activity on days of its own: typed row by row, each with its hours, and edited as it came from UiTdatabank."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from areas.models import Area
from reservations.activities import dates, uit_out
from reservations.models import Activity
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms
from tests.reservations.test_activities_tell import activity

type SignIn = Callable[[User], Client]

ADD = "reservations:activity-add"
DAYS = [dt.date(2027, 1, 6), dt.date(2027, 1, 13), dt.date(2027, 1, 22)]


@pytest.fixture(autouse=True)
def _no_throttle_of_before() -> None:
    cache.clear()


def typed(*rows: tuple[str, str, str], **said: Any) -> dict[str, Any]:
    """On 6 January 2027 from 14.00 to 16.00, and on the days of the rows."""
    area = Area.objects.get(set__code="gebieden17", name="Overleie")
    for number, row in enumerate(rows):
        said |= {f"rij-{number}-{name}": word for name, word in zip(("dag", "van", "tot"), row, strict=True)}
    return {
        "title": "Naaiatelier", "kind": "course", "holder": "eigen", "area": area.pk, "first_on": "2027-01-06",
        "start_time": "14:00", "end_time": "16:00", "interval": "1", "is_public": "on", **said,
    }  # fmt: skip


def hours(found: Activity) -> list[tuple[dt.date, str, str]]:
    return [
        (each.on, f"{timezone.localtime(each.starts):%H:%M}", f"{timezone.localtime(each.ends):%H:%M}")
        for each in found.dates.all()
    ]


def on_own_hours() -> Activity:
    """As UiTdatabank brings it: three days, of which the second is in the evening."""
    found = activity(write=False)
    times = [(dt.time(14), dt.time(16)), (dt.time(19, 30), dt.time(22)), (dt.time(14), dt.time(16))]
    dates.put_on(found, [(day, *each) for day, each in zip(DAYS, times, strict=True)])
    dates.write(found)
    return found


class TestTyped:
    def test_takes_place_on_each_with_its_own_hours(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        rows = [("2027-01-22", "19:30", "22:00"), ("2027-01-13", "", ""), ("", "", "")]
        answer = sign_in(cast["dienstencentrum"]).post(reverse(ADD), typed(*rows))
        assert answer.status_code == 302
        assert hours(Activity.objects.get()) == [
            (DAYS[0], "14:00", "16:00"), (DAYS[1], "14:00", "16:00"), (DAYS[2], "19:30", "22:00"),
        ]  # fmt: skip

    def test_begins_on_the_earliest_though_it_was_typed_last(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        sign_in(cast["dienstencentrum"]).post(reverse(ADD), typed(("2027-01-04", "9:00", "10:00")))
        found = Activity.objects.get()
        assert (found.first_on, found.start_time) == (dt.date(2027, 1, 4), dt.time(9))
        assert len(found.days) == 2

    @pytest.mark.parametrize(("row", "said"), [
        (("", "19:30", "22:00"), "Kies de dag van deze uren."),
        (("2027-01-13", "19:30", ""), "Vul beide uren in, of geen."),
        (("2027-01-06", "19:30", "22:00"), "Deze dag staat er al."),
        (("9999-12-31", "", ""), "Dit jaar ligt te ver."),
        (("2027-02-30", "", ""), "geldige datum"),
        (("2027-03-28", "02:10", "02:50"), "springt de klok over al deze uren heen"),
    ])  # fmt: skip
    def test_that_cannot_be_is_said_in_its_row_and_all_stays(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn, row: tuple[str, str, str], said: str
    ) -> None:
        sent = typed(("2027-01-20", "10:00", "11:00"), row)
        answer = sign_in(cast["dienstencentrum"]).post(reverse(ADD), sent)
        assert answer.status_code == 422
        assert said in answer.text
        assert "Dag 3: " in answer.text
        assert 'aria-invalid="true"' in answer.text
        assert 'value="2027-01-20"' in answer.text
        for word in filter(None, row):
            assert f'value="{word}"' in answer.text
        assert not Activity.objects.exists()

    def test_are_shown_before_they_are_written_with_rows_left_over(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        rows = [(f"2027-02-{day:02}", "19:00", "21:00") for day in range(1, 9)]
        page = sign_in(cast["dienstencentrum"]).post(reverse(ADD), typed(*rows, toon="1"))
        assert "9 data" in page.text
        assert "19.00–21.00" in page.text
        assert 'name="rij-11-dag"' in page.text
        assert 'name="rij-12-dag"' not in page.text
        assert not Activity.objects.exists()

    def test_are_no_rule_at_the_same_time(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        sent = typed(("2027-01-13", "", ""), weekdays=["2"], until="2027-03-01")
        page = sign_in(cast["dienstencentrum"]).post(reverse(ADD), sent)
        assert "Kies een van de twee." in page.text

    def test_in_another_age_is_refused(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        sent = typed(first_on="9999-12-31", start_time="20:00", end_time="01:00")
        assert "Dit jaar ligt te ver." in sign_in(cast["dienstencentrum"]).post(reverse(ADD), sent).text


class TestEdited:
    def test_shows_every_day_as_it_is_and_keeps_them(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        found, client = on_own_hours(), sign_in(cast["dienstencentrum"])
        address = reverse("reservations:activity-edit", args=[found.pk])
        page = client.get(address).text
        assert all(f'value="{day}"' in page for day in DAYS)
        assert page.count('value="19:30"') == 1
        before = hours(found)
        rows = [("2027-01-13", "19:30", "22:00"), ("2027-01-22", "", "")]
        assert client.post(address, typed(*rows, title="Naaien")).status_code == 302
        found.refresh_from_db()
        assert (found.title, hours(found)) == ("Naaien", before)

    def test_loses_the_day_whose_row_was_emptied(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        found = on_own_hours()
        address = reverse("reservations:activity-edit", args=[found.pk])
        sign_in(cast["dienstencentrum"]).post(address, typed(("", "", ""), ("2027-01-22", "", "")))
        found.refresh_from_db()
        assert (found.days, found.day_starts) == ([DAYS[0], DAYS[2]], [])

    def test_called_off_stays_so(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        found = on_own_hours()
        dates.call_off(found, DAYS[1])
        address = reverse("reservations:activity-edit", args=[found.pk])
        sign_in(cast["dienstencentrum"]).post(address, typed(("2027-01-13", "20:00", "22:00")))
        assert [each.on for each in found.dates.filter(is_cancelled=True)] == [DAYS[1]]

    def test_once_more_takes_all_days_along(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        page = sign_in(cast["dienstencentrum"]).get(reverse(ADD), {"kopie": str(on_own_hours().pk)}).text
        assert all(f'value="{day}"' in page for day in DAYS)

    def test_says_its_hours_in_words_and_in_its_history(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        found, client = on_own_hours(), sign_in(cast["dienstencentrum"])
        to_come = [timezone.localdate() + dt.timedelta(days=number) for number in (3, 9)]
        dates.put_on(found, [(to_come[0], dt.time(14), dt.time(16)), (to_come[1], dt.time(19, 30), dt.time(22))])
        dates.write(found)
        page = client.get(found.get_absolute_url()).text
        assert "Op 2 dagen, elk met eigen uren" in page
        assert "19.30–22.00" in page
        dates.put_on(found, [(day, dt.time(9), dt.time(10)) for day in to_come])
        dates.write(found)
        history = client.get(reverse("reservations:activity-history", args=[found.pk])).text
        assert "19.30" in history

    def test_goes_out_with_the_hours_of_each_day(self, rooms: Rooms) -> None:
        found = on_own_hours()
        written = uit_out.event(found, found.dates.all())
        assert [each["startDate"][11:16] for each in written["subEvent"]] == ["14:00", "19:30", "14:00"]


class TestDatabase:
    def test_refuses_hours_for_other_days_than_there_are(self, rooms: Rooms) -> None:
        found = on_own_hours()
        with pytest.raises(IntegrityError, match="activity_hours_for_each_day"):
            Activity.objects.filter(pk=found.pk).update(day_starts=[dt.time(9)])
