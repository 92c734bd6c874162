"""A meeting as a file for somebody's own calendar, beside the mail that tells of it."""

from collections.abc import Sequence

from icalendar import Event

from kortrijk_gebied import ics
from teams.models import Meeting


def attached(meetings: Sequence[Meeting], address: str) -> list[dict[str, str]]:
    """One file for all of them, for `post`."""
    content = ics.calendar([_event(each, address) for each in meetings], method="PUBLISH")
    return [{"name": "overleg.ics", "type": "text/calendar", "text": content.decode()}]


def _event(meeting: Meeting, address: str) -> Event:
    """Its number grows with each change, so that a calendar takes the latest."""
    event = Event()
    event.add("uid", ics.uid(f"meeting-{meeting.pk}"))
    event.add("dtstamp", meeting.created_at)
    event.add("sequence", meeting.changes.count())  # type: ignore[attr-defined]  # of its history
    ics.when(event, meeting.starts, meeting.ends)
    event.add("summary", meeting.team.name)
    event.add("location", meeting.place)
    event.add("url", address)
    event.add("status", "CANCELLED" if meeting.state == Meeting.State.CANCELLED else "CONFIRMED")
    return event
