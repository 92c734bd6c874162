"""Which rooms are free for a wish that comes back: on how many of its dates, why not on the others, what nearly is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, replace

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kortrijk_gebied.refusals import Refused
from reservations.finding import capacity_of, for_somebody, key_of, metres_to, rank, reasons_of
from reservations.models import Booking, BookingState, Feature, Frequency, RefusalReason, Room, SchoolHoliday, Series
from reservations.moments import on_clock
from reservations.near import Near
from reservations.over_dates import InTheWayOn, over_dates
from reservations.recurrence import dates_of
from reservations.rights import Rights
from reservations.serial import may_be_asked_all, moments_on

MOST_NEAR, MOST_SHOWN = 4, 10
FEW = 3
TENTHS = 10
SHIFTS = [dt.timedelta(minutes=minutes) for minutes in (30, -30, 60, -60, 90, -90, 120, -120)]
DAYS = {
    0: gettext_lazy("Mondays"), 1: gettext_lazy("Tuesdays"), 2: gettext_lazy("Wednesdays"),
    3: gettext_lazy("Thursdays"), 4: gettext_lazy("Fridays"), 5: gettext_lazy("Saturdays"), 6: gettext_lazy("Sundays"),
}  # fmt: skip
ON_FEW = {
    RefusalReason.CLOSED: gettext_lazy("closed on %(days)s"),
    RefusalReason.OUTSIDE_HOURS: gettext_lazy("not open then on %(days)s"),
    RefusalReason.OCCUPIED: gettext_lazy("taken on %(days)s"),
    RefusalReason.ALLOCATED: gettext_lazy("kept for somebody else on %(days)s"),
}
NOT = {
    RefusalReason.CLOSED: gettext_lazy("closed"),
    RefusalReason.OUTSIDE_HOURS: gettext_lazy("not open then"),
    RefusalReason.OCCUPIED: gettext_lazy("taken"),
    RefusalReason.ALLOCATED: gettext_lazy("kept for somebody else"),
}


@dataclass(frozen=True)
class Dates:
    """The dates of a rule, with their moments; of those that the clock jumps over nobody speaks here."""

    series: Series
    days: list[dt.date]
    moments: list[tuple[dt.datetime, dt.datetime]]

    @classmethod
    def of(cls, series: Series, holidays: Sequence[SchoolHoliday]) -> "Dates":
        found = [(day, *moments_on(series, day)) for day in dates_of(series, holidays)]
        real = [(day, (starts, ends)) for day, starts, ends, exists in found if exists]
        return cls(series, [day for day, _moment in real], [moment for _day, moment in real])

    @property
    def in_words(self) -> str:
        """Tuesdays; of several weekdays, dates."""
        [*weekdays] = self.series.weekdays
        if len(weekdays) == 1 and self.series.frequency == Frequency.WEEKLY:
            return str(DAYS[weekdays[0]])
        return _("dates")


@dataclass(frozen=True)
class SeriesOption:
    """A room, on how many of the dates it can be had, and why. `key` leads to the dates, one by one."""

    room: Room
    free: int
    of: int
    first: dt.datetime
    reasons: list[str]
    state: BookingState
    said: str

    @property
    def key(self) -> str:
        return key_of(self.room, self.first)

    @property
    def is_asked(self) -> bool:
        return self.state == BookingState.REQUESTED


@dataclass(frozen=True)
class Found:
    """`count` is how many rooms can be had on a date at least; `options` are the best of them."""

    options: list[SeriesOption]
    near: list[SeriesOption]
    count: int


def find_series(
    series: Series, wish: Booking, *, rights: Rights, near: Near | None = None, without: Collection[int] = ()
) -> Found:
    """`series` is the rule, without a room; `without` are rooms not to propose. The rooms with all dates first, then
    those with nine in ten and so on, the nearest of those first; and what nearly does where the nearest room cannot be
    had on all of them. Raises Refused when the rule has no dates."""
    holidays = list(SchoolHoliday.objects.all())
    dates = Dates.of(series, holidays)
    may_be_asked_all(
        {day: Booking(starts=at[0], ends=at[1]) for day, at in zip(dates.days, dates.moments, strict=True)}
    )
    for_somebody(wish, rights)
    on = over_dates(wish, dates.moments, without=without)
    rooms = _rooms(on)
    by_rank = {key: rank(room, wish, rights, near) for key, room in rooms.items()}
    free = {key: reasons.count(None) for key, reasons in on.items()}
    best = sorted(
        on, key=lambda key: (-(free[key] * TENTHS // len(on[key])), *by_rank[key], -free[key], str(rooms[key]))
    )
    can = [key for key in best if free[key]]

    def said(keys: Sequence[int]) -> list[SeriesOption]:
        """Sentences only for the rooms that somebody sees."""
        return [_option(rooms[key], dates, on[key], wish, rights, near) for key in keys]

    missing = {key for key in on if free[key] < len(on[key])}
    look = said(_worth_a_look(missing, {key: each[0] for key, each in by_rank.items()}))
    misses = (
        _other_moments(look, dates, wish, rights, near, holidays)
        if on
        else _without_one(dates, wish, rights, near, without)
    )
    return Found(said(can[:MOST_SHOWN]), misses[:MOST_NEAR], len(can))


def _rooms(keys: Iterable[int]) -> dict[int, Room]:
    return Room.objects.select_related("building__owner").prefetch_related("setups", "spaces").in_bulk(list(keys))


def _option(
    room: Room, dates: Dates, on: InTheWayOn, wish: Booking, rights: Rights, near: Near | None, *also: str
) -> SeriesOption:
    free, many = on.count(None), len(on)
    words = {"free": free, "of": many, "dates": dates.in_words}
    said = _("all %(of)s %(dates)s free") if free == many else _("%(free)s of the %(of)s %(dates)s free")
    reasons = reasons_of(room, capacity=capacity_of(room, wish.layout), metres=metres_to(room, near), near=near)
    together = [each.name for each in room.spaces.all()]
    if len(together) > 1:
        reasons.append(_("%(parts)s together") % {"parts": get_text_list(together, _("and"))})
    missing = why_not_all(dates.days, on) if free else []
    return SeriesOption(
        room, free, many, dates.moments[0][0], [*also, *reasons, *missing], rights.state(room), said % words
    )


def why_not_all(days: Sequence[dt.date], on: InTheWayOn) -> list[str]:
    """ "taken on 3 and 10 november; closed on 24 december"; of many, on how many."""
    by_reason: dict[RefusalReason, list[dt.date]] = defaultdict(list)
    for day, reason in zip(days, on, strict=True):
        if reason:
            by_reason[reason].append(day)
    return [_why(reason, found) for reason, found in sorted(by_reason.items(), key=lambda each: len(each[1]))]


def _why(reason: RefusalReason, days: Sequence[dt.date]) -> str:
    if len(days) <= FEW:
        return str(ON_FEW[reason]) % {"days": get_text_list([date_format(day, "j F") for day in days], _("and"))}
    return ngettext("%(reason)s on %(number)s date", "%(reason)s on %(number)s dates", len(days)) % {
        "reason": NOT[reason], "number": len(days),
    }  # fmt: skip


# --- what nearly does -------------------------------------------------------------------------------------


def _worth_a_look(missing: Collection[int], metres: Mapping[int, float]) -> list[int]:
    """The nearest rooms that are not free on all dates; none further than one that is."""
    whole = min((far for key, far in metres.items() if key not in missing), default=float("inf"))
    return [key for key in sorted(metres, key=lambda key: metres[key]) if key in missing and metres[key] < whole][
        :MOST_NEAR
    ]


def _other_moments(
    look: Sequence[SeriesOption], dates: Dates, wish: Booking, rights: Rights, near: Near | None,
    holidays: Sequence[SchoolHoliday],
) -> list[SeriesOption]:  # fmt: skip
    """The same room at another hour, or on another weekday, where that gives more dates; in one question for all."""
    if not look:
        return []
    variants = [*_at_other_hours(dates), *_on_other_days(dates, holidays)]
    moments = [moment for _said, variant in variants for moment in variant.moments]
    on = over_dates(wish, moments, rooms=[one.room.pk for one in look])
    best: list[SeriesOption] = []
    for one in look:
        reasons, tried, at = on.get(one.room.pk, []), list[SeriesOption](), 0
        for said, variant in variants:
            its = reasons[at : at + len(variant.moments)]
            at += len(variant.moments)
            if its and its.count(None) > one.free:
                tried.append(_option(one.room, variant, its, wish, rights, near, said))
        best += sorted(tried, key=lambda each: each.free / each.of, reverse=True)[:1]  # the smallest change of equals
    return sorted(best, key=lambda each: each.free / each.of, reverse=True)


def _at_other_hours(dates: Dates) -> list[tuple[str, Dates]]:
    found = []
    for shift in SHIFTS:
        moments = [(starts + shift, ends + shift) for starts, ends in dates.moments]
        first = on_clock(moments[0][0])
        if first.date() == on_clock(dates.moments[0][0]).date():
            said = _("%(time)s can be had") % {"time": time_format(first.time())}
            found.append((said, replace(dates, moments=moments)))
    return found


def _on_other_days(dates: Dates, holidays: Sequence[SchoolHoliday]) -> list[tuple[str, Dates]]:
    if len(dates.series.weekdays) != 1:
        return []
    found, [own] = [], dates.series.weekdays
    for weekday in sorted(set(range(5 if own < 5 else 7)) - {own}, key=lambda day: abs(day - own)):
        series = copy(dates.series)
        series.weekdays = [weekday]
        words = {"not": WEEKDAYS[own], "but": WEEKDAYS[weekday]}
        with suppress(Refused):  # on that weekday the rule has no date at all
            found.append((_("not on %(not)s but on %(but)s") % words, Dates.of(series, holidays)))
    return found


def _without_one(
    dates: Dates, wish: Booking, rights: Rights, near: Near | None, without: Collection[int]
) -> list[SeriesOption]:
    """Nothing suits: rooms that lack one thing of what was asked, and say so."""
    seats = Room.objects.in_use().seating(wish.persons, wish.layout).exclude(pk__in=without)
    missing: dict[int, tuple[Room, str]] = {}
    for room in seats.select_related("building__owner").prefetch_related("setups", "spaces"):
        lacks = sorted(set(wish.features) - set(room.features))
        if len(lacks) == 1:
            missing[room.pk] = room, lacks[0]
    plainer = copy(wish)
    plainer.features = []
    on = over_dates(plainer, dates.moments, rooms=list(missing))
    found = [
        _option(
            missing[key][0], dates, its, wish, rights, near, _("no %(what)s") % {"what": Feature(missing[key][1]).label}
        )
        for key, its in on.items()
        if its.count(None)
    ]
    return sorted(found, key=lambda one: (metres_to(one.room, near), -one.free, one.room.pk))
