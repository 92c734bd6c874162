"""Dates that were brought along, as the rule of a series: where a form can say them all at once."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import Any

from kortrijk_gebied.refusals import Refused
from reservations.feeds.one_event import Wanted
from reservations.models import Frequency, SchoolHoliday, SchoolWeek, Series
from reservations.moments import on_clock
from reservations.recurrence import dates_of

LEAST_OF_A_SERIES = 3


def rule_of(dates: Sequence[Wanted]) -> dict[str, Any] | None:
    """The fields of a series that falls on exactly these dates; None when no rule that a form can say does. Holidays
    that the file leaves out are left out by the rule too, or it is not the same."""
    days = [on_clock(each.starts).date() for each in dates]
    hours = {(on_clock(each.starts).time(), on_clock(each.ends).time(), each.title) for each in dates}
    if len(dates) < LEAST_OF_A_SERIES or len(hours) != 1:
        return None
    [(start, end, title)] = hours
    same: dict[str, Any] = {"first_on": days[0], "until": days[-1], "weekdays": sorted({day.weekday() for day in days})}
    holidays = list(SchoolHoliday.objects.all())
    gaps = [(after - before).days for before, after in pairwise(days)]
    for said, skips_school, skips_public in product(_rules(gaps), (False, True), (True, False)):
        rule = Series(
            **same, **said, start_time=start, end_time=end, skips_public_holidays=skips_public,
            skips_school_holidays=skips_school,
        )  # fmt: skip
        if _is(rule, days, holidays):
            return {"day": days[0], "start": start, "end": end, "title": title, "until": days[-1], **said,
                    "weekdays": [str(each) for each in same["weekdays"]], "skips_public_holidays": skips_public,
                    "skips_school_holidays": skips_school}  # fmt: skip
    return None


def _rules(gaps: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Which they could be, the simplest first."""
    weekly = {"frequency": Frequency.WEEKLY, "interval": 1}
    yield weekly
    if min(gaps) >= 14:
        yield {**weekly, "interval": min(gaps) // 7}
    yield from ({**weekly, "school_week": week} for week in SchoolWeek.values)
    if min(gaps) >= 28:
        months = round(min(gaps) / 30.4)
        yield from ({"frequency": Frequency.MONTHLY, "interval": months, "nth": nth} for nth in (1, 2, 3, 4, -1))


def _is(rule: Series, days: Sequence[object], holidays: Sequence[SchoolHoliday]) -> bool:
    try:
        return dates_of(rule, holidays) == days
    except Refused:
        return False
