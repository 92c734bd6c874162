"""Dates out of a calendar file that somebody brings along. It comes from anywhere: nothing in it is believed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from kortrijk_gebied.refusals import Refused
from reservations.feeds.as_said import title_of
from reservations.feeds.one_event import Found, Wanted, dates_of_event

MOST_BYTES = 256 * 1024
MOST_EVENTS = 500
MOST_DATES = 100
HORIZON = dt.timedelta(days=400)
BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError)


@dataclass(frozen=True)
class LeftOut:
    """An event that could not be read for certain, and why."""

    title: str
    why: str


@dataclass(frozen=True)
class Brought:
    dates: list[Wanted]  # to come, in order
    left_out: list[LeftOut]
    until: dt.datetime | None = None  # what goes on after this moment is not among them


def dates_in(content: bytes) -> Brought:
    """Raises Refused with a sentence when it is no calendar, or holds nothing to come or too much. What one event says
    and cannot be read leaves out that event, and no other."""
    if len(content) > MOST_BYTES:
        raise _too_large()
    dates, left_out, last, goes_on = set[Wanted](), list[LeftOut](), timezone.now() + HORIZON, False
    for parts in _events(content):
        found = _read(parts, last)
        if isinstance(found, LeftOut):
            left_out.append(found)
            continue
        dates |= found.dates
        goes_on = goes_on or found.goes_on
        if len(dates) > MOST_DATES:
            raise Refused(_("That is more than %(most)s dates. Take along fewer of them.") % {"most": MOST_DATES})
    if not dates and not left_out:
        raise nothing_there()
    return Brought(sorted(dates), left_out, last if goes_on else None)


def nothing_there() -> Refused:
    return Refused(_("No date to come with an hour stands in this file."))


def _too_large() -> Refused:
    return Refused(_("This file is too large. Take along the dates of one activity alone."))


def _events(content: bytes) -> list[list[Event]]:
    """Together what stands under one UID; what has none stands alone."""
    together: dict[object, list[Event]] = defaultdict(list)
    try:
        calendar = Calendar.from_ical(content)
        if not isinstance(calendar, Calendar) or calendar.name != "VCALENDAR":
            raise ValueError("That is no calendar.")
        for number, each in enumerate(calendar.walk("VEVENT")):
            if isinstance(each, Event):
                together[str(each.get("uid", "")) or number].append(each)
    except BROKEN as error:
        raise Refused(_("This is no calendar file, or it is broken. Save it again in your own calendar.")) from error
    if len(together) > MOST_EVENTS:
        raise _too_large()
    return list(together.values())


def _read(parts: Sequence[Event], last: dt.datetime) -> Found | LeftOut:
    title = next((title for each in parts if (title := title_of(each))), "")
    try:
        return dates_of_event(parts, last)
    except Refused as refusal:
        return LeftOut(title, str(refusal))
    except BROKEN:
        return LeftOut(title, _("It is broken."))
