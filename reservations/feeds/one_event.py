"""The dates of one event in a calendar file (RFC 5545): its rule, the days beside it and those left out, and each date
that is otherwise. What cannot be read for certain is refused whole: half an event is not that event."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import A_DAY, BRUSSELS
from reservations.feeds.as_said import (
    aware,
    beyond_us,
    checked,
    lasts_of,
    lists_of,
    not_its_first,
    rule_without_end,
    said_of,
    start_of,
    title_of,
    until_of,
    zone_of,
)

OLDEST = dt.timedelta(days=5 * 366)  # that a rule may have begun: it is walked through from there
READ = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE")
ONCE = ("DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID")

type Moment = dt.datetime | dt.date
type Began = dict[dt.datetime, dt.timedelta]
"""When it begins, with how long it lasts then."""


@dataclass(frozen=True, order=True)
class Wanted:
    starts: dt.datetime
    ends: dt.datetime
    title: str


@dataclass(frozen=True)
class Found:
    dates: frozenset[Wanted] = frozenset()
    goes_on: bool = False  # after the last moment that was asked about


def dates_of_event(parts: Sequence[Event], last: dt.datetime) -> Found:
    """Those to come up to `last`; `parts` is all that a file says under one UID. Raises Refused."""
    said = _newest(parts)
    whole = said.pop(None, None)
    began = _begins(whole, last) if whole and not _is_cancelled(whole) else {}
    zone = zone_of(whole) if whole else BRUSSELS
    began = _without(began, filter(None, said), zone)
    dates = {Wanted(starts, starts + lasts, title_of(whole)) for starts, lasts in began.items() if whole}
    for each in said.values():
        if not _is_cancelled(each):
            starts = start_of(each)
            dates.add(
                Wanted(starts, starts + lasts_of(each, starts), title_of(each) or (title_of(whole) if whole else ""))
            )
    now = timezone.now()
    goes_on = any(each.starts > last for each in dates) or bool(began and whole and _outlasts(whole, last))
    return Found(frozenset(each for each in dates if now < each.starts <= last), goes_on)


def _newest(parts: Sequence[Event]) -> dict[Moment | None, Event]:
    """By the date that it stands for, None for the whole: what was said last, by its SEQUENCE."""
    newest: dict[Moment | None, Event] = {}
    for each in parts:
        _check(each)
        said = said_of(each, "recurrence-id")
        stands_for = aware(said.dt, said) if said else None
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
        raise beyond_us()
    if "RANGE" in getattr(said_of(event, "recurrence-id"), "params", {}):
        raise Refused(_("It changes from one of its dates on, and that we cannot read for certain."))


def _sequence(event: Event) -> int:
    return int(event.get("sequence", 0))


def _moments(event: Event) -> list[bytes]:
    return [each.to_ical() for name in READ for each in lists_of(event, name)]


def _is_cancelled(event: Event) -> bool:
    return str(event.get("status", "")).upper() == "CANCELLED"


def _without(began: Mapping[dt.datetime, dt.timedelta], named: Iterable[Moment], zone: dt.tzinfo) -> Began:
    """A date that is named by its day alone is every one on that day."""
    away = set(named)
    return {
        each: lasts for each, lasts in began.items() if each not in away and each.astimezone(zone).date() not in away
    }


# --- the whole --------------------------------------------------------------------------------------------


def _begins(event: Event, last: dt.datetime) -> Began:
    """Whatever the rule says, never long after `last`."""
    if _is_over(event):
        return {}
    starts = start_of(event)
    lasts = lasts_of(event, starts)
    began = dict.fromkeys(_ruled(event, starts, last) if "rrule" in event else [starts], lasts)
    for moment, its_own in _beside(event):
        began.setdefault(moment, its_own or lasts)
    return _without(
        began, (aware(each.dt, one) for one in lists_of(event, "exdate") for each in one.dts), zone_of(event)
    )


def _is_over(event: Event) -> bool:
    """Past, and never again: nobody has to hear what is wrong with it."""
    if "rdate" in event:
        return False
    if "rrule" in event:
        until = until_of(event, zone_of(event))
        return until is not None and until < timezone.now()
    starts = aware(said_of(event, "dtstart").dt, said_of(event, "dtstart"))
    day = starts.date() if isinstance(starts, dt.datetime) else starts
    return bool(day < timezone.localdate() - A_DAY)


def _ruled(event: Event, starts: dt.datetime, last: dt.datetime) -> Iterator[dt.datetime]:
    """By its rule, on the clock it was written for."""
    zone = zone_of(event)
    clock = said_of(event, "dtstart").dt.replace(tzinfo=None)
    said, until = said_of(event, "rrule"), min(last, until_of(event, zone) or last)
    if starts > last:
        return iter([starts])
    if starts < timezone.now() - OLDEST:
        raise Refused(_("It began more than five years ago."))
    found = rule_without_end(said, clock).replace(until=until.astimezone(zone).replace(tzinfo=None))
    if next(iter(found), None) != clock:
        raise not_its_first()
    [count] = said.get("COUNT", [None])
    return (at.replace(tzinfo=zone).astimezone(dt.UTC) for at in islice(found, count))


def _outlasts(event: Event, last: dt.datetime) -> bool:
    if "rrule" not in event:
        return False
    until = until_of(event, zone_of(event))
    if "COUNT" not in said_of(event, "rrule"):
        return until is None or until > last
    starts = start_of(event)
    [count] = said_of(event, "rrule")["COUNT"]
    return sum(1 for _each in _ruled(event, starts, last)) < count and (until is None or until > last)


def _beside(event: Event) -> Iterator[tuple[dt.datetime, dt.timedelta | None]]:
    """Dates besides those of the rule; some say how long they last."""
    for one in lists_of(event, "rdate"):
        for each in one.dts:
            begins, ends = each.dt if isinstance(each.dt, tuple) else (each.dt, None)
            moment = aware(begins, one)
            if not isinstance(moment, dt.datetime):
                raise Refused(_("It has no hour: it takes whole days."))
            lasts = aware(ends, one) - moment if isinstance(ends, dt.datetime) else ends
            yield moment, None if lasts is None else checked(lasts)
