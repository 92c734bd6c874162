"""A series for other calendars: one event that comes back by a rule, and one for each date that is otherwise."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from icalendar import Event, vRecur

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS
from reservations.feeds import ics
from reservations.models import Booking, BookingState, SchoolHoliday, Series
from reservations.moments import last_day
from reservations.recurrence import rrule_of


def of_series(
    series: Series, bookings: Sequence[Booking], revisions: ics.Revisions, holidays: Sequence[SchoolHoliday]
) -> list[Event]:
    """The whole in one event, and one more for each date that is otherwise. Dates that are not among `bookings`, or
    are over with, are left out of it."""
    standing = {each.series_on: each for each in bookings if each.series_on and each.state in ics.STATUS}
    if not standing:
        return [_called_off(series, bookings, revisions)]
    usual = _usual(list(standing.values()))
    first, rule, left_out, added = _rule(series, sorted(standing), holidays)
    starts, ends = (
        _on(first, series.start_time),
        _on(last_day(first, series.start_time, series.end_time), series.end_time),
    )
    whole = ics.words(usual, revisions)
    ics.when(whole, starts, ends)
    if rule:
        whole.add("rrule", vRecur.from_ical(rule))
    for name, days in (("exdate", left_out), ("rdate", added)):
        if days:
            whole.add(name, [_on(day, series.start_time) for day in days])
    lasts = ends.astimezone(dt.UTC) - starts.astimezone(dt.UTC)  # each date lasts as long as the first, says RFC 5545
    return [
        whole,
        *(
            of_date(each, series, revisions)
            for day, each in sorted(standing.items())
            if (each.starts, each.ends - each.starts) != (_on(day, series.start_time).astimezone(dt.UTC), lasts)
            or _face(each) != _face(usual)
        ),
    ]


def of_date(booking: Booking, series: Series, revisions: ics.Revisions) -> Event:
    """One date of a series, told of by itself."""
    event = ics.of_booking(booking, revisions)
    if booking.series_on:
        event.add("recurrence-id", _on(booking.series_on, series.start_time))
    return event


def _rule(
    series: Series, standing: list[dt.date], holidays: Sequence[SchoolHoliday]
) -> tuple[dt.date, str, list[dt.date], list[dt.date]]:
    """The first day, the rule, the days it leaves out and the days beside it; without a rule each day is named."""
    try:
        rule = rrule_of(series, holidays)
    except Refused:  # holidays were taken out since
        rule = None
    if rule is None:
        return standing[0], "", [], standing[1:]
    stands, ruled = set(standing), set(rule.dates)
    return rule.starts_on, rule.rrule, sorted({*rule.exdates, *(ruled - stands)} - stands), sorted(stands - ruled)


def _called_off(series: Series, bookings: Sequence[Booking], revisions: ics.Revisions) -> Event:
    """Nothing is left of it."""
    first, *others = sorted(bookings, key=lambda each: each.starts)
    event = ics.of_booking(first, revisions)
    days = [each.series_on for each in others if each.series_on]
    if days:
        event.add("rdate", [_on(day, series.start_time) for day in days])
    return event


def _usual(bookings: list[Booking]) -> Booking:
    [(face, _times)] = Counter(_face(each) for each in bookings).most_common(1)
    return next(each for each in bookings if _face(each) == face)


def _face(booking: Booking) -> tuple[object, ...]:
    """What of a date is seen in a calendar, but for its moment."""
    return (
        booking.room_id, booking.title, booking.organisation_id, booking.team_id, booking.association_id,
        booking.persons, booking.is_shared, ics.STATUS.get(BookingState(booking.state), ics.CANCELLED),
    )  # fmt: skip


def _on(day: dt.date, clock: dt.time) -> dt.datetime:
    """As a calendar program reads it: an hour that the clock jumps over counts from before the jump, as in Python."""
    return dt.datetime.combine(day, clock, BRUSSELS)
