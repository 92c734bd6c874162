"""When an event of UiTdatabank is, in the way our activities say it: once, on some days, or week after week.

On some days each may have hours of its own; week after week there is one pair. An event that says more is refused, and
so is what comes twice on one day, never ends or lasts more than a day: those are written down by hand.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations.activities.uit_out import DAYS
from reservations.moments import on_clock

A_DAY_LONG = dt.timedelta(hours=24)
MOST_DATES = 400

type Json = Mapping[str, Any]
type Stretch = tuple[dt.datetime, dt.datetime]


def calendar_in(item: Json) -> dict[str, Any]:
    kind = item.get("calendarType")
    if kind == "permanent":
        raise Refused(_("It goes on for ever. Write it down by hand, with a last day."))
    if kind == "periodic":
        return _periodic(item)
    if kind not in ("single", "multiple"):
        raise Refused(_("It does not say when."))
    return _on_days(item)


def _on_days(item: Json) -> dict[str, Any]:
    sub = item.get("subEvent")
    events = [each for each in sub if isinstance(each, Mapping)] if isinstance(sub, list) else []
    stretches = [(_stretch(each), _is_off(each)) for each in events or [item]]
    if len(stretches) > MOST_DATES:
        raise Refused(_("That are more than %(most)s dates.") % {"most": MOST_DATES})
    found = sorted({(starts.date(), starts.time(), ends.time()) for (starts, ends), _off in stretches})
    days = [day for day, _start, _end in found]
    if len(set(days)) < len(days):
        raise Refused(_("It takes place twice on one day. Write it down by hand, as two activities."))
    off = sorted({starts.date() for (starts, _ends), is_off in stretches if is_off or _is_off(item)})
    own = len({(start, end) for _day, start, end in found}) > 1
    return {
        **_once(*found[0]), "days": days if len(days) > 1 else [], "cancelled_on": off,
        "day_starts": [start for _day, start, _end in found] if own else [],
        "day_ends": [end for _day, _start, end in found] if own else [],
    }  # fmt: skip


def _once(day: dt.date, start: dt.time, end: dt.time) -> dict[str, Any]:
    return {
        "first_on": day, "until": None, "weekdays": [], "days": [], "day_starts": [], "day_ends": [],
        "cancelled_on": [], "start_time": start, "end_time": end,
    }  # fmt: skip


def _stretch(said: Json) -> Stretch:
    starts, ends = _moment(said.get("startDate")), _moment(said.get("endDate"))
    if ends <= starts:
        raise Refused(_("It must end after it starts."))
    if ends - starts > A_DAY_LONG:
        raise Refused(_("It lasts more than a day. Write it down by hand."))
    return starts, ends


def _moment(said: Any) -> dt.datetime:
    try:
        found = parse_datetime(said) if isinstance(said, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Refused(_("“%(said)s” is no moment with a time zone.") % {"said": str(said)[:40]})
    return on_clock(found)


def _is_off(said: Json) -> bool:
    status = said.get("status")
    kind = status.get("type") if isinstance(status, Mapping) else status
    return kind in ("Unavailable", "TemporarilyUnavailable")


def _periodic(item: Json) -> dict[str, Any]:
    first, last = _moment(item.get("startDate")).date(), _moment(item.get("endDate")).date()
    hours = item.get("openingHours")
    entries = [each for each in hours if isinstance(each, Mapping)] if isinstance(hours, list) else []
    if not entries:
        raise Refused(_("It has no hours by day of the week. Write it down by hand."))
    if len({(str(each.get("opens")), str(each.get("closes"))) for each in entries}) > 1:
        raise Refused(_("The hours are not the same on every date. Write it down by hand."))
    said = [each.get("dayOfWeek") for each in entries]
    names = [name for days in said if isinstance(days, list) for name in days]
    weekdays = sorted({DAYS.index(name) for name in names if name in DAYS})
    if not weekdays or last < first:
        raise Refused(_("It does not say when."))
    start, end = _clock(entries[0].get("opens")), _clock(entries[0].get("closes"))
    if _is_off(item):
        raise Refused(_("It does not take place."))
    return {**_once(first, start, end), "until": last, "weekdays": weekdays}


def _clock(said: Any) -> dt.time:
    try:
        return dt.time.fromisoformat(str(said))
    except ValueError as error:
        raise Refused(_("It does not say when.")) from error
