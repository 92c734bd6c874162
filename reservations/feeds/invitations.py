"""The calendar file in a mail about a booking (RFC 5546): a program that keeps it changes it in place."""

from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event, vCalAddress

from reservations.feeds import ics, repeated
from reservations.feeds.reading import SHOWN, revisions_of
from reservations.models import Booking, Contact, SchoolHoliday, Series
from teams.models import User

type Attachment = dict[str, str]


def of_booking(booking: Booking, reader: User | Contact) -> Attachment:
    """As it stands now; of what is not shared when and where, never what for. A mail lies about."""
    revisions = revisions_of([booking])
    event = (
        repeated.of_date(booking, booking.series, revisions) if booking.series else ics.of_booking(booking, revisions)
    )
    name = "" if booking.is_shared else _("Booking %(reference)s") % {"reference": booking.reference}
    return _attached([event], reader, name)


def of_series(series: Series, reader: User | Contact) -> list[Attachment]:
    """All that stands of it; nothing when it never had a date."""
    dates = list(
        series.bookings.filter(state__in=SHOWN)
        .select_related("room__building", "organisation", "association", "team", "series")
        .order_by("starts")
    )
    if not dates:
        return []
    events = repeated.of_series(series, dates, revisions_of(dates), list(SchoolHoliday.objects.all()))
    name = "" if all(each.is_shared for each in dates) else _("Series of bookings")
    return [_attached(events, reader, name)]


def _attached(events: list[Event], reader: User | Contact, discreet: str) -> Attachment:
    method = "CANCEL" if all(event["status"] == ics.CANCELLED for event in events) else "REQUEST"
    for event in events:
        _address(event, reader)
        if discreet:
            del event["summary"], event["description"]
            event.add("summary", discreet)
    text = ics.calendar(events, method=method).decode()
    return {"name": "reservatie.ics", "text": text, "type": f"text/calendar; method={method}"}


def _address(event: Event, reader: User | Contact) -> None:
    """Both are asked for in what is sent. Nobody has to answer: yes was said here."""
    name, mail = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organiser, attendee = vCalAddress(f"mailto:{mail}"), vCalAddress(f"mailto:{reader.email}")
    organiser.params["CN"] = name or mail
    attendee.params.update({"CN": reader.name, "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    event.add("organizer", organiser)
    event.add("attendee", attendee)
    del event["dtstamp"]
    event.add("dtstamp", timezone.now().replace(microsecond=0))  # of what is sent: when it was
