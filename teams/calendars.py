"""The working calendar of each organisation, as what counts terms in it."""

from collections import defaultdict

from kortrijk_gebied.workdays import BELGIAN, WorkingCalendar
from teams.models import ClosingDay, WorkingWeek


class Calendars:
    """Read once, in two queries, however many terms are counted with it."""

    def __init__(self) -> None:
        closed = defaultdict(set)
        for organisation, day in ClosingDay.objects.values_list("organisation_id", "day"):
            closed[organisation].add(day)
        weeks = {week.organisation_id: week for week in WorkingWeek.objects.all()}
        self._known = {key: _calendar(weeks.get(key), frozenset(closed[key])) for key in {*weeks, *closed}}

    def of(self, organisation_id: int | None) -> WorkingCalendar:
        return self._known.get(organisation_id, BELGIAN) if organisation_id is not None else BELGIAN


def _calendar(week: WorkingWeek | None, closed: frozenset[object]) -> WorkingCalendar:
    week = week or WorkingWeek()
    return WorkingCalendar(
        frozenset(week.weekdays),
        week.opens,
        week.closes,
        week.keeps_holidays,
        closed,  # type: ignore[arg-type]
    )


def calendar_of(organisation_id: int | None) -> WorkingCalendar:
    return Calendars().of(organisation_id)
