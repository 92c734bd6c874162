"""When a house is open, in words: of the coming days as it was worked out, of a period as somebody wrote it down."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from kortrijk_gebied.workdays import A_DAY, holidays_of
from reservations.models import Closure, OpeningSpan, OpenRange, Room
from reservations.moments import Stretch, on_clock, whole_day

# What goes on after midnight until this hour still belongs to the evening before.
SMALL_HOURS = dt.timedelta(hours=6)


@dataclass(frozen=True)
class Day:
    """`hours` are ready to be shown; none when it is closed. `reason` is that of a closure, of all day or a part."""

    on: dt.date
    hours: tuple[str, ...]
    holiday: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Week:
    """Days that some rooms have in common. `rooms` is empty when it is all of them."""

    rooms: list[Room]
    days: list[Day]


def days_open(rooms: Sequence[Room], first: dt.date, count: int = 7, closures: Iterable[Closure] = ()) -> list[Week]:
    """What the coming days bring, once for all rooms that keep the same hours; the most common first. `closures` are
    those that hold for all these rooms."""
    shut = list(closures)
    last = first + A_DAY * (count - 1)
    window = (whole_day(first)[0] - A_DAY, whole_day(last)[1])
    found: dict[int, list[Stretch]] = defaultdict(list)
    for row in OpenRange.objects.filter(room__in=rooms, during__overlap=window).order_by("during"):
        found[row.room_id].append((row.during.lower, row.during.upper))
    alike: dict[tuple[Day, ...], list[Room]] = defaultdict(list)
    for room in rooms:
        alike[tuple(_shut(day, shut) for day in days_of(found[room.pk], first, count))].append(room)
    weeks = sorted(alike.items(), key=lambda each: -len(each[1]))
    return [Week([] if len(weeks) == 1 else same, list(days)) for days, same in weeks]


def days_of(stretches: Iterable[Stretch], first: dt.date, count: int) -> list[Day]:
    ours = list(stretches)
    days = [first + A_DAY * number for number in range(count)]
    return [Day(day, _hours(ours, day), holidays_of(day.year).get(day, "")) for day in days]


def _shut(day: Day, closures: Iterable[Closure]) -> Day:
    begins, ends = whole_day(day.on)
    for closure in closures:
        if closure.starts <= begins and closure.ends >= ends:
            return replace(day, hours=(), reason=closure.reason)
        if closure.starts < ends and closure.ends > begins:
            return replace(day, reason=from_until(closure.starts, closure.ends))
    return day


def _hours(stretches: Iterable[Stretch], day: dt.date) -> tuple[str, ...]:
    """Of a stretch of days this day's part. The small hours of a night out stand with the evening before."""
    begins, ends = whole_day(day)
    said = []
    for opens, closes in stretches:
        ends_a_night = opens < begins and closes <= begins + SMALL_HOURS and begins - opens < A_DAY
        if closes <= begins or opens >= ends or ends_a_night:
            continue
        until = closes if closes <= ends + SMALL_HOURS and closes - max(opens, begins) < A_DAY else ends
        said.append(_from_until(max(opens, begins), until, begins, ends))
    return tuple(said)


def from_until(starts: dt.datetime, ends: dt.datetime) -> str:
    """Of something that may last for days: whole days as days, anything else with its hours."""
    first, last = on_clock(starts), on_clock(ends)
    if first.time() == last.time() == dt.time(0):
        final = last.date() - A_DAY
        if first.date() == final:
            return _("on %(day)s") % {"day": date_format(final, "l j F Y")}
        said = {"first": date_format(first.date(), "l j F"), "last": date_format(final, "l j F Y")}
        return _("from %(first)s up to and including %(last)s") % said
    said = {"start": date_format(first, "l j F, G.i"), "end": date_format(last, "l j F Y, G.i")}
    return _("from %(start)s until %(end)s") % said


def _from_until(opens: dt.datetime, closes: dt.datetime, begins: dt.datetime, ends: dt.datetime) -> str:
    if (opens, closes) == (begins, ends):
        return _("day and night")
    start = time_format(on_clock(opens).time(), "G.i")
    end = "24.00" if closes == ends else time_format(on_clock(closes).time(), "G.i")
    if closes > ends:
        return _("%(opens)s to %(closes)s the day after") % {"opens": start, "closes": end}
    return _("%(opens)s to %(closes)s") % {"opens": start, "closes": end}


def in_words(spans: Iterable[OpeningSpan]) -> list[tuple[str, str]]:
    """The weekdays of a period with their hours, days that are alike together: ("ma–vr", "9.00 tot 17.00")."""
    by_day: Mapping[int, list[str]] = defaultdict(list)
    for span in sorted(spans, key=lambda each: (each.weekday, each.opens)):
        by_day[span.weekday].append(span_in_words(span.opens, span.closes))
    found: list[tuple[str, str]] = []
    start = 0
    for day in range(7):
        if day == 6 or by_day[day + 1] != by_day[day]:
            found.append((_days(start, day), _(" and ").join(by_day[day]) or _("shut")))
            start = day + 1
    return found


def _days(first: int, last: int) -> str:
    if (first, last) == (0, 6):
        return _("every day")
    return str(WEEKDAYS_ABBR[first]) if first == last else f"{WEEKDAYS_ABBR[first]}–{WEEKDAYS_ABBR[last]}"


def in_a_line(spans: Iterable[OpeningSpan]) -> str:
    """“shut”, or “ma–vr 9.00 tot 17.00, za 9.00 tot 12.00”: days without hours go without saying."""
    said = list(spans)
    lines = in_words(said) if said else []
    if len(lines) == 1:
        return lines[0][1]
    shut = _("shut")
    return ", ".join(f"{days} {hours}" for days, hours in lines if hours != shut) or shut


def span_in_words(opens: dt.time, closes: dt.time) -> str:
    if opens == closes == dt.time(0):
        return _("day and night")
    words = {"opens": time_format(opens, "G.i"), "closes": time_format(closes, "G.i")}
    if closes == dt.time(0):
        return _("%(opens)s to %(closes)s") % {**words, "closes": "24.00"}
    if closes <= opens:
        return _("%(opens)s to %(closes)s the day after") % words
    return _("%(opens)s to %(closes)s") % words
