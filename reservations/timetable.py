"""Which hours count on a day, and the stretches they come to. What a house keeps is read once; the rest is thinking."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from kortrijk_gebied.workdays import A_DAY, is_holiday
from reservations.models import Building, OpeningPeriod, OpeningSpan, PeriodKind, SchoolHoliday
from reservations.models.opening import PRIORITY
from reservations.moments import Stretch, nearest_stretch, whole_day
from reservations.school_holidays import SchoolCalendar


@dataclass(frozen=True)
class OpenDay:
    """The hours that begin on a day, the last perhaps past midnight. Without a period nobody wrote anything down."""

    day: dt.date
    period: OpeningPeriod | None
    hours: list[Stretch]


class Timetable:
    """The periods of one building and of its rooms."""

    def __init__(
        self, periods: Iterable[OpeningPeriod], spans: Iterable[OpeningSpan], holidays: Iterable[SchoolHoliday]
    ) -> None:
        self._periods: dict[int | None, list[OpeningPeriod]] = defaultdict(list)
        for period in periods:
            self._periods[period.room_id].append(period)
        self._spans: dict[tuple[int, int], list[OpeningSpan]] = defaultdict(list)
        for span in spans:
            self._spans[span.period_id, span.weekday].append(span)
        self._school_is_out = SchoolCalendar(holidays).days_off

    @classmethod
    def of(cls, building: Building) -> Self:
        """Three queries."""
        return cls(
            OpeningPeriod.objects.filter(building=building),
            OpeningSpan.objects.filter(period__building=building),
            SchoolHoliday.objects.all(),
        )

    def keeps_own_hours(self, room_id: int) -> bool:
        return room_id in self._periods

    def period_on(self, day: dt.date, room_id: int | None = None) -> OpeningPeriod | None:
        """The one that counts: the most particular kind, for a house that is shut on Christmas is shut for a room with
        hours of its own too; within a kind the room's own goes before the building's; of two alike the one that starts
        last."""
        holding = self._holding(day, None) + (self._holding(day, room_id) if room_id is not None else [])
        return max(holding, key=_weight, default=None)

    def day(self, day: dt.date, room_id: int | None = None) -> OpenDay:
        period = self.period_on(day, room_id)
        spans = self._spans.get((period.pk, day.weekday()), []) if period else []
        hours = (nearest_stretch(day, span.opens, span.closes) for span in spans)
        return OpenDay(day, period, joined(each for each in hours if each))

    def stretches(self, first: dt.date, last: dt.date, room_id: int | None = None) -> list[Stretch]:
        """When it is open from the first midnight to the last, what began the evening before included."""
        begins, ends = whole_day(first)[0], whole_day(last)[1]
        found = joined(
            hours for number in range(-1, (last - first).days + 1)
            for hours in self.day(first + A_DAY * number, room_id).hours
        )  # fmt: skip
        return [(max(opens, begins), min(closes, ends)) for opens, closes in found if closes > begins]

    def _holding(self, day: dt.date, room_id: int | None) -> list[OpeningPeriod]:
        return [
            period for period in self._periods.get(room_id, [])
            if period.starts <= day <= period.ends and self._is_day_for(period.kind, day)
        ]  # fmt: skip

    def _is_day_for(self, kind: str, day: dt.date) -> bool:
        if kind == PeriodKind.SCHOOL_HOLIDAYS:
            return day in self._school_is_out
        return kind != PeriodKind.PUBLIC_HOLIDAYS or is_holiday(day)


def _weight(period: OpeningPeriod) -> tuple[int, bool, dt.date, int]:
    return PRIORITY.index(PeriodKind(period.kind)), period.room_id is not None, period.starts, period.pk


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """In order, and no two that touch."""
    return list(_joined(sorted(stretches)))


def _joined(stretches: list[Stretch]) -> Iterator[Stretch]:
    if not stretches:
        return
    opens, closes = stretches[0]
    for begins, ends in stretches[1:]:
        if begins > closes:
            yield opens, closes
            opens, closes = begins, ends
        closes = max(closes, ends)
    yield opens, closes
