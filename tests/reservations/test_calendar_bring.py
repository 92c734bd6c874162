"""A calendar file that somebody brings along: its dates are shown, and what is no calendar is refused in words."""

import datetime as dt
import html
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kortrijk_gebied.refusals import Refused
from reservations.feeds.coming_in import MOST_BYTES, MOST_DATES, dates_in
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, at, booked

type SignIn = Callable[[User], Client]
START = "DTSTART:20270316T193000"
END = "DTEND:20270316T213000"


@pytest.fixture(autouse=True)
def _winter() -> Iterator[None]:
    with time_machine.travel(at(dt.date(2027, 2, 1), "08:00"), tick=False):
        yield


def file(*lines: str) -> bytes:
    event = ["BEGIN:VEVENT", "UID:1@vereniging.example", "DTSTAMP:20270101T000000Z", *lines, "END:VEVENT"]
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//vereniging//NL", *event, "END:VCALENDAR", ""]
    return "\r\n".join(whole).encode()


def days(*lines: str) -> list[str]:
    return [f"{each.starts.astimezone(dt.UTC):%m-%d %H:%M}" for each in dates_in(file(*lines)).dates]


def refused(content: bytes) -> str:
    """The whole file, or the one event in it."""
    try:
        brought = dates_in(content)
    except Refused as refusal:
        return str(refusal)
    assert brought.dates == []
    return brought.left_out[0].why


class TestDates:
    def test_are_on_the_clock_of_brussels_when_no_zone_is_named(self) -> None:
        rule = "RRULE:FREQ=WEEKLY;COUNT=4"
        assert days(START, END, rule, "EXDATE:20270323T193000") == ["03-16 18:30", "03-30 17:30", "04-06 17:30"]
        assert days("DTSTART:20270316T193000Z", "DURATION:PT1H") == ["03-16 19:30"]

    def test_of_a_rule_without_end_stop_within_a_year(self) -> None:
        found = dates_in(file(START, END, "RRULE:FREQ=MONTHLY"))
        assert (len(found.dates), found.until is None) == (12, False)
        assert len(days(START, END, "RRULE:FREQ=WEEKLY;UNTIL=20270401T000000Z")) == 3

    @pytest.mark.parametrize(
        "content",
        [
            b"", b"\x00\xff\xfe", b"geen agenda", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
            file("SUMMARY:Zonder uur"), file(START), file("DTSTART:nu", END), file(END, "DTSTART:20270316T223000"),
            file(START, END, "RRULE:FREQ=SECONDLY"), file(START, END, "RRULE:FREQ=WEEKLY;INTERVAL=0"),
            file(START, END, "RRULE:FREQ=DAILY;BYSECOND=1,2,3"), file(START, END, "RRULE:onzin"),
            file("DTSTART:00010101T000000", "DTEND:00010101T010000", "RRULE:FREQ=DAILY"),
            file("DTSTART:99991231T230000", "DTEND:99991231T235900", "RRULE:FREQ=YEARLY"),
            file("DTSTART:20200316T193000", "DTEND:20200316T213000"), file("DTSTART;VALUE=DATE:20270316"),
            file(START, END, "RRULE:FREQ=DAILY"), b"X" * (MOST_BYTES + 1),
            file(START, END, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
        ],
    )  # fmt: skip
    def test_of_what_is_broken_or_boundless_are_refused_with_a_sentence(self, content: bytes) -> None:
        why = refused(content)
        assert why.endswith(".")
        assert str(MOST_DATES) in why or "bestand" in why or len(content) < 400


class TestPage:
    def bring(self, client: Client, content: bytes) -> Any:
        return client.post("/zalen/uit-een-agenda/", {"file": SimpleUploadedFile("a.ics", content, "text/calendar")})

    def test_leads_from_each_date_to_the_form(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        client = sign_in(cast["gebiedswerker"])
        answer = self.bring(client, file(START, END, "SUMMARY:Kaarten & <b>quiz</b>"))
        assert answer.status_code == 200
        assert "Kaarten &amp; &lt;b&gt;quiz&lt;/b&gt;" in answer.text
        [(_wanted, _when, url)] = answer.context["dates"]
        form = client.get(url, follow=True).context["form"]
        asked = {name: form[name].value() for name in ("day", "start", "end", "title")}
        assert asked == {"day": "2027-03-16", "start": "19:30", "end": "21:30", "title": "Kaarten & <b>quiz</b>"}

    def test_says_what_is_wrong_with_a_file(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        answer = self.bring(sign_in(cast["gebiedswerker"]), b"geen agenda")
        assert answer.status_code == 422
        assert "geen agendabestand" in answer.text


class TestSeries:
    """Dates that a rule can say lead to the rooms for all of them at once, and from there to each date."""

    def asked(self, client: Client, *lines: str) -> str:
        upload = SimpleUploadedFile("a.ics", file(START, END, *lines), content_type="text/calendar")
        return client.post("/zalen/uit-een-agenda/", {"file": upload}).content.decode()

    def test_leads_to_the_rooms_and_to_its_dates(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        booked(rooms.bissegem, at(dt.date(2027, 3, 30), "19:00"))
        page = self.asked(client, "SUMMARY:Naailes", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=5")
        address = html.unescape(re.search(r'href="([^"]+#free)"', page)[1])  # type: ignore[index]
        found = client.get(address.partition("#")[0], follow=True).content.decode()
        assert "4 van de 5 dinsdagen vrij" in found
        assert "bezet op 30 maart" in found
        assert 'value="Naailes"' in found

    def test_asks_for_each_alone_where_no_rule_says_them(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        assert "#free" not in self.asked(client, "RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE:20270323T193000")
        assert "#free" not in self.asked(client, "RRULE:FREQ=WEEKLY;COUNT=2")
