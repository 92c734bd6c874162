"""The calendar file in a mail about a booking: in the program of who gets it, it changes what it told before."""

import datetime as dt
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import pytest
import time_machine
from django.core import mail

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.jobs.tasks import send_message
from reservations import actions
from reservations.models import Booking, CancelledBy, RefusalReason
from reservations.series_changes import change_from
from tests.cast import Cast
from tests.conftest import Sink
from tests.reservations.calendar_files import events, instants, moment, weekly
from tests.reservations.rooms import Rooms, ahead, at, booked


def file_of(message: Message) -> tuple[str, Any]:
    """Its method, and the events in it."""
    [attachment] = message.attachments
    method = attachment["type"].partition("method=")[2]
    assert f"METHOD:{method}\r\n" in attachment["text"]
    return method, events(attachment["text"])


def last() -> tuple[str, Any]:
    return file_of(Message.objects.latest("created_at"))


@pytest.fixture
def one(cast: Cast, rooms: Rooms) -> Booking:
    return booked(rooms.hall, ahead(30), by=cast["gebiedswerker"], state=Booking.State.REQUESTED)


class TestFile:
    def test_follows_one_booking_from_yes_to_cancelled(self, cast: Cast, rooms: Rooms, one: Booking) -> None:
        keeper = cast["gebouwbeheerder"]
        actions.confirm(one, by=keeper)
        later = one.starts + dt.timedelta(hours=1)
        actions.move(one, by=keeper, room=rooms.meeting, starts=later, ends=later + dt.timedelta(hours=2))
        actions.cancel(one, by=keeper, kind=CancelledBy.KEEPER, answer="Lek")
        told = [file_of(message) for message in Message.objects.order_by("created_at", "pk")]
        assert [method for method, _events in told] == ["REQUEST", "REQUEST", "CANCEL"]
        yes, moved, gone = (found for _method, [found] in told)
        assert [each.status.value for each in (yes, moved, gone)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
        assert len({each.uid.value for each in (yes, moved, gone)}) == 1
        assert int(yes.sequence.value) < int(moved.sequence.value) < int(gone.sequence.value)
        assert moment(moved.dtstart.value) == later
        assert rooms.meeting.name in moved.location.value
        assert yes.attendee.value == f"mailto:{cast['gebiedswerker'].email}"
        assert yes.organizer.value.startswith("mailto:")

    def test_takes_out_what_was_refused(self, cast: Cast, rooms: Rooms, one: Booking) -> None:
        actions.refuse(one, by=cast["gebouwbeheerder"], reason=RefusalReason.DECIDED, answer="Kuis")
        assert last()[0] == "CANCEL"

    def test_of_what_is_not_shared_says_when_and_where(self, cast: Cast, rooms: Rooms) -> None:
        joke = cast["verpleegkundige"]
        one = booked(rooms.hall, ahead(30), by=joke, title="kwibbeltitel", state="requested")
        actions.confirm(one, by=cast["gebouwbeheerder"])
        [attachment] = Message.objects.get().attachments
        assert "kwibbel" not in attachment["text"]
        assert "DESCRIPTION" not in attachment["text"]
        [event] = events(attachment["text"])
        assert event.summary.value == f"Reservatie {one.reference}"

    @time_machine.travel(at(dt.date(2027, 2, 1), "08:00"), tick=False)
    def test_of_one_date_of_a_series_names_the_date(self, cast: Cast, rooms: Rooms) -> None:
        series, dates = weekly(rooms.meeting, cast["gebiedswerker"])
        actions.cancel(dates[1], by=cast["gebouwbeheerder"], kind=CancelledBy.KEEPER)
        method, [event] = last()
        assert method == "CANCEL"
        assert event.uid.value.startswith(str(series.pk))
        assert moment(event.recurrence_id.value) == dates[1].starts

    def test_leaves_as_an_invitation(self, cast: Cast, rooms: Rooms, one: Booking) -> None:
        actions.confirm(one, by=cast["gebouwbeheerder"])
        send_message(str(Message.objects.get().pk))
        sent = BytesParser(policy=policy.default).parsebytes(mail.outbox[0].message().as_bytes())
        assert isinstance(sent, EmailMessage)
        [part] = sent.iter_attachments()
        assert part.get_content_type() == "text/calendar"
        assert part["Content-Type"].params["method"] == "REQUEST"
        assert part.get_filename() == "reservatie.ics"
        [event] = events(part.get_content())
        assert moment(event.dtstart.value) == one.starts

    def test_arrives_whole_at_a_mail_server(
        self, cast: Cast, rooms: Rooms, one: Booking, smtp_sink: Sink, settings: Any
    ) -> None:
        """Over SMTP: what a mail program gets is an invitation, and its cancellation is of the same event."""
        smtp = "django.core.mail.backends.smtp.EmailBackend"
        settings.MAILERS = {
            "default": {"BACKEND": smtp, "OPTIONS": {"host": "127.0.0.1", "port": smtp_sink.port, "timeout": 10}}
        }
        keeper = cast["gebouwbeheerder"]
        actions.confirm(one, by=keeper)
        actions.cancel(one, by=keeper, kind=CancelledBy.KEEPER, answer="Lek")
        for message in Message.objects.order_by("created_at", "pk"):
            send_message(str(message.pk))
        parts = [part for mail in smtp_sink.messages for part in mail.iter_attachments()]
        assert [part["Content-Type"].params["method"] for part in parts] == ["REQUEST", "CANCEL"]
        yes, gone = ([*events(part.get_content())] for part in parts)
        assert yes[0].uid.value == gone[0].uid.value
        assert int(yes[0].sequence.value) < int(gone[0].sequence.value)
        assert moment(yes[0].dtstart.value) == one.starts
        assert gone[0].status.value == "CANCELLED"

    def test_of_a_series_that_was_cut_forgets_the_dates_in_the_first_half(self, cast: Cast, rooms: Rooms) -> None:
        with time_machine.travel(at(dt.date(2027, 2, 1), "08:00"), tick=False):
            series, dates = weekly(rooms.meeting, cast["gebiedswerker"])
            change_from(
                series, dates[2].series_on, by=cast["gebouwbeheerder"], room=rooms.meeting, start=dt.time(20),
                end=dt.time(22), use={"title": "Repetitie"},
            )  # fmt: skip
        message = Message.objects.get()
        assert len(message.attachments) == 2
        begins = sorted(moment for file in message.attachments for moment in instants(file["text"]))
        assert begins == [each.starts for each in Booking.objects.order_by("starts")]
