"""One event of a calendar file as it stands there: its moments, how long it lasts, its rule without an end. What cannot
be read for certain is refused."""

import calendar
import datetime as dt
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, rrulestr
from django.utils.translation import gettext as _
from icalendar import Event

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS
from reservations.models.bookings import LONGEST

COMES_BACK = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
KNOWN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"})
MOST_IN_A_MONTH = 5  # of a weekday
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def title_of(event: Event) -> str:
    return " ".join(str(event.get("summary", "")).split())[:120]


def said_of(event: Event, name: str) -> Any:
    return event.get(name)


def lists_of(event: Event, name: str) -> list[Any]:
    said = event.get(name, [])
    return said if isinstance(said, list) else [said]


def aware(moment: Any, said: Any) -> Any:
    """In UTC: Python finds no moment equal to another zone's in the hour that comes twice. What names no zone is on the
    clock of Brussels; what names one that nobody knows is refused."""
    if not isinstance(moment, dt.datetime):
        return moment
    if moment.tzinfo is None and "TZID" in said.params:
        raise Refused(_("Its time zone is not known here."))
    return (moment if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)).astimezone(dt.UTC)


def start_of(event: Event) -> dt.datetime:
    if "dtstart" not in event:
        raise Refused(_("A part of it is broken: %(part)s.") % {"part": "DTSTART"})
    starts = aware(said_of(event, "dtstart").dt, said_of(event, "dtstart"))
    if not isinstance(starts, dt.datetime):
        raise Refused(_("It has no hour: it takes whole days."))
    return starts


def zone_of(event: Event) -> dt.tzinfo:
    return getattr(said_of(event, "dtstart").dt, "tzinfo", None) or BRUSSELS


def lasts_of(event: Event, starts: dt.datetime) -> dt.timedelta:
    """Each date lasts as long as the first, in minutes that pass."""
    if "dtend" in event:
        ends = aware(said_of(event, "dtend").dt, said_of(event, "dtend"))
        lasts = ends - starts if isinstance(ends, dt.datetime) else dt.timedelta(0)
    else:
        lasts = said_of(event, "duration").dt if "duration" in event else dt.timedelta(0)
    return checked(lasts)


def checked(lasts: dt.timedelta) -> dt.timedelta:
    if lasts <= dt.timedelta(0):
        raise Refused(_("It does not say until when it lasts, or it ends before it starts."))
    if lasts > LONGEST:
        raise Refused(_("It lasts longer than a month."))
    return lasts


def beyond_us() -> Refused:
    return Refused(_("It comes back in a way that we cannot read."))


def until_of(event: Event, zone: dt.tzinfo) -> dt.datetime | None:
    """Where it says a day, the end of that day."""
    [said] = said_of(event, "rrule").get("UNTIL", [None])
    if said is None:
        return None
    if not isinstance(said, dt.datetime):
        said = dt.datetime.combine(said, dt.time.max)
    return (said if said.tzinfo else said.replace(tzinfo=zone)).astimezone(dt.UTC)


def rule_without_end(said: Any, clock: dt.datetime) -> rrule:
    """That has `clock` as its first. Who walks through one that never comes walks to the year 9999: so all that can be
    said of the first date is looked at before."""
    [frequency] = said.get("FREQ", [""])
    if any(name in said for name in WITHIN_A_DAY) or frequency in ("HOURLY", "MINUTELY", "SECONDLY"):
        raise Refused(_("It comes more than once a day."))
    if frequency not in COMES_BACK or not KNOWN.issuperset(said) or min(said.get("INTERVAL", [1])) < 1:
        raise beyond_us()
    _check_which(said, frequency)
    _check_first(said, clock)
    kept = [part for part in said.to_ical().decode().split(";") if not part.upper().startswith(("UNTIL=", "COUNT="))]
    try:
        found = rrulestr(";".join(kept), dtstart=clock)
    except (ValueError, KeyError) as error:
        raise beyond_us() from error
    if not isinstance(found, rrule):
        raise beyond_us()
    return found


def _check_which(said: Any, frequency: str) -> None:
    """ "The third Tuesday", "the last working day": those that every month or some months have."""
    nths = [int(str(each)[:-2]) for each in said.get("BYDAY", []) if len(str(each)) > 2]
    if nths and (max(map(abs, nths)) > MOST_IN_A_MONTH or "BYMONTHDAY" in said):
        raise beyond_us()
    if positions := said.get("BYSETPOS"):
        most = 4 * len(said.get("BYDAY", [])) + 1
        if (
            frequency != "MONTHLY"
            or nths
            or "BYMONTHDAY" in said
            or not all(1 <= abs(each) <= most for each in positions)
        ):
            raise beyond_us()


def _check_first(said: Any, clock: dt.datetime) -> None:
    from_its_end = clock.day - calendar.monthrange(clock.year, clock.month)[1] - 1
    follows = (
        clock.month in map(int, said.get("BYMONTH", [clock.month]))
        and {clock.day, from_its_end}.intersection(said.get("BYMONTHDAY", [clock.day]))
        and WEEKDAYS[clock.weekday()] in [str(each)[-2:] for each in said.get("BYDAY", [WEEKDAYS[clock.weekday()]])]
    )
    if not follows:
        raise not_its_first()


def not_its_first() -> Refused:
    return Refused(_("Its first date does not follow its own rule."))
