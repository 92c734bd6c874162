"""A series changes or is cancelled, from a date on or all of it. What was moved by hand keeps its day in the series."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from kortrijk_gebied.refusals import Refused
from reservations import actions, lending, notices
from reservations.locking import lock_rooms
from reservations.models import Booking, CancelledBy, Room, Series
from reservations.moments import AmbiguousTime, NoSuchTime, nearest_stretch, stretch
from reservations.serial import use_of
from teams.models import User


@dataclass(frozen=True)
class Changed:
    """What became of the dates. `stayed` are as they were: `why` says what stands in the way, by their key."""

    series: Series
    done: list[Booking] = field(default_factory=list)
    stayed: list[Booking] = field(default_factory=list)
    why: dict[uuid.UUID, Refused] = field(default_factory=dict)


def ahead(series: Series, from_on: dt.date | None = None) -> list[Booking]:
    """Its live dates that are still to come, from a day of the series on."""
    found = series.bookings.live().filter(starts__gt=timezone.now()).select_related("room__building")
    return list((found.filter(series_on__gte=from_on) if from_on else found).order_by("series_on"))


@transaction.atomic
def cancel_from(series: Series, from_on: dt.date | None, *, by: User, kind: CancelledBy, answer: str = "") -> int:
    """How many dates that were. Whoever made it hears it in one mail."""
    dates = ahead(series, from_on)
    lock_rooms({each.room_id for each in dates})  # of all at once: one after another could wait in a circle
    with notices.told_together():
        for each in dates:
            actions.cancel(each, by=by, kind=kind, answer=answer)
    if dates:
        notices.tell_of_series(series, notices.CANCELLED, dates=dates, key=_key(dates), by=by)
    return len(dates)


@transaction.atomic
def change_from(
    series: Series, from_on: dt.date | None, *, by: User, room: Room, start: dt.time, end: dt.time,
    use: dict[str, object],
) -> Changed:  # fmt: skip
    """Another room, other hours, or something else that it is for. The series is cut in two when it does not begin at
    `from_on`. A date for which there is no room then stays where it was."""
    dates = ahead(series, from_on)
    lock_rooms({room.pk, *(each.room_id for each in dates)})
    lending.lock_with(dates)
    series = Series.objects.select_for_update().get(pk=series.pk)
    goes_on = _cut(series, from_on, by) if from_on and from_on > series.first_on else series
    moves = (series.room_id, series.start_time, series.end_time) != (room.pk, start, end)
    for name, value in {"room": room, "start_time": start, "end_time": end, **use}.items():
        setattr(goes_on, name, value)
    goes_on.save(update_fields=["room", "start_time", "end_time", *use])
    _leave(series, goes_on, from_on)
    done = Changed(goes_on)
    with notices.told_together():
        for each in dates:
            _apply(each, goes_on, done, by=by, moves=moves)
    if done.done:
        what = notices.MOVED if moves else notices.CHANGED
        cut_from = series if goes_on != series else None
        notices.tell_of_series(goes_on, what, dates=done.done, key=_key(done.done), by=by, cut_from=cut_from)
    return done


def _cut(series: Series, from_on: dt.date, by: User) -> Series:
    """The rest of it, from a day on, is a series of its own; the old one ends the day before."""
    rest = Series(
        room=series.room, frequency=series.frequency, interval=series.interval, weekdays=series.weekdays,
        nth=series.nth, school_week=series.school_week, skips_public_holidays=series.skips_public_holidays,
        skips_school_holidays=series.skips_school_holidays, first_on=from_on,
        until=series.until or _last_on(series), start_time=series.start_time, end_time=series.end_time,
        created_by=series.created_by, **use_of(series),
    )  # fmt: skip
    rest.save(force_insert=True)
    series.until, series.times = from_on - dt.timedelta(days=1), None
    series.save(update_fields=["until", "times"])
    return rest


def _last_on(series: Series) -> dt.date:
    last = series.bookings.order_by("-series_on").values_list("series_on", flat=True).first()
    return last or series.first_on


def _leave(series: Series, goes_on: Series, from_on: dt.date | None) -> None:
    if goes_on != series and from_on:
        series.bookings.filter(series_on__gte=from_on).update(series=goes_on)


def _apply(booking: Booking, series: Series, done: Changed, *, by: User, moves: bool) -> None:
    try:
        with transaction.atomic():
            if moves:
                starts, ends = _moments(booking, series)
                actions.move(booking, by=by, room=series.room, starts=starts, ends=ends, answer=booking.answer)
            actions.change(booking, by=by, **use_of(series))
    except Refused as refusal:
        booking.refresh_from_db()
        done.stayed.append(booking)
        done.why[booking.pk] = refusal
    else:
        done.done.append(booking)


def _moments(booking: Booking, series: Series) -> tuple[dt.datetime, dt.datetime]:
    """The hours of the series on its day; where there is no such hour it stays."""
    if booking.series_on is None:
        raise ValueError("The database lets no booking of a series be without its day.")
    try:
        return stretch(booking.series_on, series.start_time, series.end_time)
    except AmbiguousTime:
        found = nearest_stretch(booking.series_on, series.start_time, series.end_time)
        if found is None:
            raise
        return found
    except NoSuchTime as refusal:
        raise Refused(str(refusal)) from refusal


def _key(dates: Sequence[Booking]) -> str:
    """Of this one act: which dates, and how often they had changed."""
    return f"{dates[0].pk}:{dates[0].sequence}:{len(dates)}"
