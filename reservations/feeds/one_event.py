"""The dates of one event in a calendar file (RFC 5545): its rule, the days beside it and those left out, and each date
that is otherwise. What cannot be read for certain is refused whole: half an event is not that event."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, rrulestr
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS
from reservations.models.bookings import LONGEST

OLDEST = dt.timedelta(days=5 * 366)  # that a rule may have begun: it is walked through from there
COMES_BACK = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
READ = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE")
ONCE = ("DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID")

type Moment = dt.datetime | dt.date


@dataclass(frozen=True, order=True)
class Wanted:
    starts: dt.datetime
    ends: dt.datetime
    title: str


@dataclass(frozen=True)
class Found:
    dates: frozenset[Wanted] = frozenset()
    goes_on: bool = False  # after the last moment that was asked about


def title_of(event: Event) -> str:
    return " ".join(str(event.get("summary", "")).split())[:120]


def dates_of_event(parts: Sequence[Event], last: dt.datetime) -> Found:
    """Those to come up to `last`; `parts` is all that a file says under one UID. Raises Refused."""
    said = _newest(parts)
    whole = said.pop(None, None)
    began = _begins(whole, last) if whole and not _is_cancelled(whole) else {}
    zone = _zone(whole) if whole else BRUSSELS
    for replaced in said:
        for moment in [each for each in began if _is_meant(each, replaced, zone)]:
            del began[moment]
    dates = {Wanted(starts, starts + lasts, title_of(whole)) for starts, lasts in began.items() if whole}
    for each in said.values():
        if not _is_cancelled(each):
            starts = _start(each)
            dates.add(
                Wanted(starts, starts + _lasts(each, starts), title_of(each) or (title_of(whole) if whole else ""))
            )
    now = timezone.now()
    goes_on = any(each.starts > last for each in dates) or bool(began and whole and _outlasts(whole, last))
    return Found(frozenset(each for each in dates if now < each.starts <= last), goes_on)


def _newest(parts: Sequence[Event]) -> dict[Moment | None, Event]:
    """By the date that it stands for, None for the whole: what was said last, by its SEQUENCE."""
    newest: dict[Moment | None, Event] = {}
    for each in parts:
        _check(each)
        stands_for = _aware(each["recurrence-id"].dt, each["recurrence-id"]) if "recurrence-id" in each else None
        other = newest.get(stands_for)
        if other is None or _sequence(each) > _sequence(other):
            newest[stands_for] = each
        elif _sequence(each) == _sequence(other) and _moments(each) != _moments(other):
            raise Refused(_("It stands in the file twice, each time otherwise."))
    return newest


def _check(event: Event) -> None:
    broken = {name.upper() for name, _why in event.errors if name}.intersection(READ)
    broken |= {name for name in ONCE if isinstance(event.get(name), list)}
    if "DTSTART" not in event and "RECURRENCE-ID" not in event:
        broken.add("DTSTART")
    if broken:
        raise Refused(_("A part of it is broken: %(part)s.") % {"part": ", ".join(sorted(broken))})
    if "EXRULE" in event:
        raise _beyond_us()
    if "RANGE" in getattr(event.get("recurrence-id"), "params", {}):
        raise Refused(_("It changes from one of its dates on, and that we cannot read for certain."))


def _beyond_us() -> Refused:
    return Refused(_("It comes back in a way that we cannot read."))


def _sequence(event: Event) -> int:
    return int(event.get("sequence", 0))


def _moments(event: Event) -> list[bytes]:
    return [each.to_ical() for name in READ for each in _lists(event, name)]


def _is_cancelled(event: Event) -> bool:
    return str(event.get("status", "")).upper() == "CANCELLED"


def _is_meant(moment: dt.datetime, said: Moment, zone: dt.tzinfo) -> bool:
    """A date that is named by its day alone is every one on that day."""
    return moment == said if isinstance(said, dt.datetime) else moment.astimezone(zone).date() == said


# --- moments ----------------------------------------------------------------------------------------------


def _aware(moment: Any, said: Any) -> Any:
    """In UTC: Python finds no moment equal to another zone's in the hour that comes twice. What names no zone is on the
    clock of Brussels; what names one that nobody knows is refused."""
    if not isinstance(moment, dt.datetime):
        return moment
    if moment.tzinfo is None and "TZID" in said.params:
        raise Refused(_("Its time zone is not known here."))
    return (moment if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)).astimezone(dt.UTC)


def _start(event: Event) -> dt.datetime:
    if "dtstart" not in event:
        raise Refused(_("A part of it is broken: %(part)s.") % {"part": "DTSTART"})
    starts = _aware(event["dtstart"].dt, event["dtstart"])
    if not isinstance(starts, dt.datetime):
        raise Refused(_("It has no hour: it takes whole days."))
    return starts


def _zone(event: Event) -> dt.tzinfo:
    return getattr(event["dtstart"].dt, "tzinfo", None) or BRUSSELS


def _lasts(event: Event, starts: dt.datetime) -> dt.timedelta:
    """Each date lasts as long as the first, in minutes that pass."""
    if "dtend" in event:
        ends = _aware(event["dtend"].dt, event["dtend"])
        lasts = ends - starts if isinstance(ends, dt.datetime) else dt.timedelta(0)
    else:
        lasts = event["duration"].dt if "duration" in event else dt.timedelta(0)
    return _checked(lasts)


def _checked(lasts: dt.timedelta) -> dt.timedelta:
    if lasts <= dt.timedelta(0):
        raise Refused(_("It does not say until when it lasts, or it ends before it starts."))
    if lasts > LONGEST:
        raise Refused(_("It lasts longer than a month."))
    return lasts


# --- the whole --------------------------------------------------------------------------------------------


def _begins(event: Event, last: dt.datetime) -> dict[dt.datetime, dt.timedelta]:
    """When it begins, with how long it lasts then; whatever the rule says, never long after `last`."""
    if _is_over(event):
        return {}
    starts = _start(event)
    lasts = _lasts(event, starts)
    began = dict.fromkeys(_ruled(event, starts, last) if "rrule" in event else [starts], lasts)
    for moment, its_own in _beside(event):
        began.setdefault(moment, its_own or lasts)
    left_out = [_aware(each.dt, one) for one in _lists(event, "exdate") for each in one.dts]
    zone = _zone(event)
    return {each: its for each, its in began.items() if not any(_is_meant(each, said, zone) for said in left_out)}


def _is_over(event: Event) -> bool:
    """Long past, and never again: nobody has to hear what is wrong with it."""
    starts = _aware(event["dtstart"].dt, event["dtstart"])
    day = starts.date() if isinstance(starts, dt.datetime) else starts
    return "rrule" not in event and "rdate" not in event and day < timezone.localdate() - dt.timedelta(days=1)


def _ruled(event: Event, starts: dt.datetime, last: dt.datetime) -> Iterator[dt.datetime]:
    """By its rule, on the clock it was written for."""
    zone = _zone(event)
    clock = event["dtstart"].dt.replace(tzinfo=None)
    said, until = event["rrule"], min(last, _until(event, zone) or last)
    if starts > last:
        return iter([starts])
    if starts < timezone.now() - OLDEST:
        raise Refused(_("It began more than five years ago."))
    found = _rule(said, clock).replace(until=until.astimezone(zone).replace(tzinfo=None))
    if next(iter(found), None) != clock:
        raise Refused(_("Its first date does not follow its own rule."))
    [count] = said.get("COUNT", [None])
    return (at.replace(tzinfo=zone).astimezone(dt.UTC) for at in islice(found, count))


def _rule(said: Any, clock: dt.datetime) -> rrule:
    """Without its end."""
    [frequency] = said.get("FREQ", [""])
    if any(name in said for name in WITHIN_A_DAY) or frequency in ("HOURLY", "MINUTELY", "SECONDLY"):
        raise Refused(_("It comes more than once a day."))
    if frequency not in COMES_BACK or min(said.get("INTERVAL", [1])) < 1:
        raise _beyond_us()
    kept = [part for part in said.to_ical().decode().split(";") if not part.upper().startswith(("UNTIL=", "COUNT="))]
    try:
        found = rrulestr(";".join(kept), dtstart=clock)
    except (ValueError, KeyError) as error:
        raise _beyond_us() from error
    if not isinstance(found, rrule):
        raise _beyond_us()
    return found


def _until(event: Event, zone: dt.tzinfo) -> dt.datetime | None:
    """Where it says a day, the end of that day."""
    [said] = event["rrule"].get("UNTIL", [None])
    if said is None:
        return None
    if not isinstance(said, dt.datetime):
        said = dt.datetime.combine(said, dt.time.max)
    return (said if said.tzinfo else said.replace(tzinfo=zone)).astimezone(dt.UTC)


def _outlasts(event: Event, last: dt.datetime) -> bool:
    if "rrule" not in event:
        return False
    until = _until(event, _zone(event))
    if "COUNT" not in event["rrule"]:
        return until is None or until > last
    starts = _start(event)
    [count] = event["rrule"]["COUNT"]
    return sum(1 for _each in _ruled(event, starts, last)) < count and (until is None or until > last)


def _beside(event: Event) -> Iterator[tuple[dt.datetime, dt.timedelta | None]]:
    """Dates besides those of the rule; some say how long they last."""
    for one in _lists(event, "rdate"):
        for each in one.dts:
            begins, ends = each.dt if isinstance(each.dt, tuple) else (each.dt, None)
            moment = _aware(begins, one)
            if not isinstance(moment, dt.datetime):
                raise Refused(_("It has no hour: it takes whole days."))
            lasts = _aware(ends, one) - moment if isinstance(ends, dt.datetime) else ends
            yield moment, None if lasts is None else _checked(lasts)


def _lists(event: Event, name: str) -> list[Any]:
    said = event.get(name, [])
    return said if isinstance(said, list) else [said]
