"""Dates out of a calendar file that somebody brings along. It comes from anywhere: nothing in it is believed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, rrulestr
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS
from reservations.models import Frequency, SchoolHoliday, Series
from reservations.models.bookings import LONGEST
from reservations.moments import on_clock
from reservations.recurrence import dates_of

MOST_BYTES = 256 * 1024
MOST_DATES = 100
LEAST_OF_A_SERIES = 3
HORIZON = dt.timedelta(days=400)
OLDEST = dt.timedelta(days=5 * 366)  # that a rule may have begun: it is walked through from there
COMES_BACK = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")


@dataclass(frozen=True, order=True)
class Wanted:
    starts: dt.datetime
    ends: dt.datetime
    title: str


def dates_in(content: bytes) -> list[Wanted]:
    """Those to come, in order. Raises Refused with a sentence when it is no calendar, or holds none or too many."""
    if len(content) > MOST_BYTES:
        raise Refused(_("This file is too large. Take along the dates of one activity alone."))
    try:
        found = sorted({date for event in _events(content) for date in islice(_dates(event), MOST_DATES + 1)})
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise Refused(_("This is no calendar file, or it is broken. Save it again in your own calendar.")) from error
    if len(found) > MOST_DATES:
        raise Refused(_("That is more than %(most)s dates. Take along fewer of them.") % {"most": MOST_DATES})
    if not found:
        raise Refused(_("No date to come with an hour stands in this file."))
    return found


def _events(content: bytes) -> list[Event]:
    calendar = Calendar.from_ical(content)
    if not isinstance(calendar, Calendar) or calendar.name != "VCALENDAR":
        raise ValueError("That is no calendar.")
    events = [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]
    return [each for each in events if str(each.get("status", "")).upper() != "CANCELLED"]


def _dates(event: Event) -> Iterator[Wanted]:
    starts, ends = event.get("dtstart").dt, _end(event)
    if not isinstance(starts, dt.datetime):
        return  # whole days: nobody needs a room from midnight to midnight
    starts, ends, now = _aware(starts), _aware(ends), timezone.now()
    lasts = ends - starts
    if not dt.timedelta(0) < lasts <= LONGEST:
        raise ValueError("It ends before it starts.")
    title = " ".join(str(event.get("summary", "")).split())[:120]
    for begins in _begins(event, starts, now + HORIZON):
        if begins > now:
            yield Wanted(begins, begins + lasts, title)


def _begins(event: Event, starts: dt.datetime, last: dt.datetime) -> Iterator[dt.datetime]:
    """On the clock it was written for; never beyond `last`, whatever the rule says."""
    rule = event.get("rrule")
    if rule is None:
        return iter([starts] if starts <= last else [])
    if isinstance(rule, list) or starts < timezone.now() - OLDEST:
        raise ValueError("Several rules, or one that began long ago.")
    clock = starts.replace(tzinfo=None)
    left_out = {_aware(each.dt) for each in _left_out(event)}
    bounded, count = _bounded(rule, clock, last)
    begins = (at.replace(tzinfo=starts.tzinfo) for at in islice(bounded, count))
    return (at for at in takewhile(lambda at: at <= last, begins) if at not in left_out)


def _bounded(rule: Any, clock: dt.datetime, last: dt.datetime) -> tuple[rrule, int | None]:
    said = {str(name).upper(): values for name, values in rule.items()}
    [frequency] = said["FREQ"]
    if frequency not in COMES_BACK or any(name in said for name in WITHIN_A_DAY):
        raise ValueError("More than once a day.")
    if min(said.get("INTERVAL", [1])) < 1:
        raise ValueError("It never goes on.")
    until = min([last, *(_aware(each) for each in said.pop("UNTIL", []) if isinstance(each, dt.datetime))])
    [count] = said.pop("COUNT", [None])
    text = rule.to_ical().decode()
    kept = ";".join(part for part in text.split(";") if not part.upper().startswith(("UNTIL=", "COUNT=")))
    found = rrulestr(kept, dtstart=clock)
    if not isinstance(found, rrule):
        raise TypeError("That is no rule.")
    return found.replace(until=until.astimezone(BRUSSELS).replace(tzinfo=None)), count


def _left_out(event: Event) -> list[Any]:
    said = event.get("exdate", [])
    lists = said if isinstance(said, list) else [said]
    return [each for one in lists for each in one.dts if isinstance(each.dt, dt.datetime)]


def _end(event: Event) -> Any:
    if "dtend" in event:
        return event.get("dtend").dt
    return event.get("dtstart").dt + event.get("duration").dt


def _aware(moment: dt.datetime) -> dt.datetime:
    """What names no zone is on the clock of Brussels."""
    return moment if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)


def rule_of(dates: list[Wanted]) -> dict[str, Any] | None:
    """The fields of a series that falls on exactly these dates; None when no rule that a form can say does. Holidays
    that the file leaves out are left out by the rule too, or it is not the same."""
    days = [on_clock(each.starts) for each in dates]
    hours = {(on_clock(each.starts).time(), on_clock(each.ends).time(), each.title) for each in dates}
    if len(dates) < LEAST_OF_A_SERIES or len(hours) != 1:
        return None
    [(start, end, title)] = hours
    said: dict[str, Any] = {"day": days[0].date(), "start": start, "end": end, "title": title, "until": days[-1].date()}
    weekdays = sorted({day.weekday() for day in days})
    gaps = {(after.date() - before.date()).days for before, after in pairwise(days)}
    interval = min(gaps) // 7 if len(weekdays) == 1 else 1
    for skips_school in (False, True):
        for skips_public in (True, False):
            rule = Series(
                frequency=Frequency.WEEKLY, interval=max(interval, 1), weekdays=weekdays, first_on=said["day"],
                until=said["until"], start_time=start, end_time=end, skips_public_holidays=skips_public,
                skips_school_holidays=skips_school,
            )  # fmt: skip
            if _falls_on(rule) == [day.date() for day in days]:
                return {**said, "frequency": rule.frequency, "interval": rule.interval,
                        "weekdays": [str(each) for each in weekdays], "skips_public_holidays": skips_public,
                        "skips_school_holidays": skips_school}  # fmt: skip
    return None


def _falls_on(rule: Series) -> list[dt.date]:
    try:
        return dates_of(rule, SchoolHoliday.objects.all())
    except Refused:
        return []
