"""What is public in an area as a calendar file: each date an event."""

from collections.abc import Iterable

from icalendar import Event

from reservations.activities.dates import when
from reservations.feeds import ics
from reservations.models import ActivityDate


def calendar_of(dates: Iterable[ActivityDate], *, name: str, page: str) -> bytes:
    return ics.calendar([_event(each, page) for each in dates], name=name)


def _event(date: ActivityDate, page: str) -> Event:
    activity, event = date.activity, Event()
    event.add("uid", ics.uid(f"{activity.pk}-{date.on:%Y%m%d}"))
    event.add("dtstamp", activity.created_at.replace(microsecond=0))
    event.add("summary", activity.title)
    said = (activity.description, activity.price, activity.contact_line, when(activity))
    event.add("description", "\n".join(line for line in said if line))
    event.add("location", activity.where)
    event.add("url", page)
    event.add("status", ics.CANCELLED if date.is_cancelled else "CONFIRMED")
    ics.when(event, date.starts, date.ends)
    return event
