"""A series changes or is cancelled, from a date on or all of it. What was moved by hand keeps its day in the series."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kortrijk_gebied.refusals import Refused
from reservations import actions, keepers, lending, notices
from reservations.locking import Busy, lock_rooms, undisturbed
from reservations.models import Booking, BookingState, CancelledBy, Room, Series
from reservations.moments import AmbiguousTime, NoSuchTime, nearest_stretch, stretch
from reservations.moves import asks_yes
from reservations.rights import Rights
from reservations.serial import use_of
from teams.access import access_of
from teams.models import User

TOGETHER = ("organisation", "team", "association")  # who holds it


@dataclass(frozen=True)
class Changed:
    """What became of the dates. `asked` wait for a yes where they are now; `stayed` are as they were: `why` says what
    stands in the way, by their key; `by_hand` keep what somebody gave that date alone."""

    series: Series
    done: list[Booking] = field(default_factory=list)
    asked: list[Booking] = field(default_factory=list)
    stayed: list[Booking] = field(default_factory=list)
    by_hand: list[Booking] = field(default_factory=list)
    why: dict[uuid.UUID, Refused] = field(default_factory=dict)


class DatesAskYes(Refused):
    """Nothing is written: whoever changes it says whether these dates are asked for anew."""

    def __init__(self, room: Room, number: int) -> None:
        said = ngettext(
            "In %(room)s the keeper says yes first. %(number)s date has its place now and loses it until then.",
            "In %(room)s the keeper says yes first. %(number)s dates have their place now and lose it until then.",
            number,
        )
        super().__init__(said % {"room": room, "number": number})
        self.number = number


def ahead(series: Series, from_on: dt.date | None = None) -> list[Booking]:
    """Its live dates that are still to come, from a day of the series on."""
    found = series.bookings.live().filter(starts__gt=timezone.now()).select_related("room__building")
    return list((found.filter(series_on__gte=from_on) if from_on else found).order_by("series_on"))


@undisturbed()
def cancel_from(series: Series, from_on: dt.date | None, *, by: User, kind: CancelledBy, answer: str = "") -> int:
    """How many dates that were. Whoever made it hears it in one mail."""
    dates = ahead(series, from_on)
    lock_rooms({each.room_id for each in dates})  # of all at once: one after another could wait in a circle
    lending.lock_with(dates)
    with notices.told_together():
        for each in dates:
            actions.cancel(each, by=by, kind=kind, answer=answer)
    waits = series.bookings.filter(wants_offer=True, series_on__gte=from_on or series.first_on)
    waits.update(wants_offer=False)  # who wants no more of it waits for no date of it either
    if dates:
        notices.tell_of_series(series, notices.CANCELLED, dates=dates, key=key_of_act(dates), by=by, answer=answer)
    return len(dates)


@undisturbed()
def change_from(
    series: Series, from_on: dt.date | None, *, by: User, room: Room, start: dt.time, end: dt.time,
    use: dict[str, object], ask: bool = False,
) -> Changed:  # fmt: skip
    """Another room, other hours, or something else that it is for. The series is cut in two when it does not begin at
    `from_on`. A date for which there is no room then stays where it was. Where the keeper says yes first `DatesAskYes`
    is raised, as a single date may not move there; with `ask` those dates are asked for, and lose their place."""
    dates, rights = _locked(series, from_on, room), Rights.of(access_of(by))
    series = Series.objects.select_for_update().get(pk=series.pk)
    moves = (series.room_id, series.start_time, series.end_time) != (room.pk, start, end)
    asking = {each.pk: each.room for each in dates if moves and asks_yes(each, room, rights)}
    if asking and not ask:
        raise DatesAskYes(room, len(asking))
    before = use_of(series)
    goes_on = _cut(series, from_on, by) if from_on and from_on > series.first_on else series
    for name, value in {"room": room, "start_time": start, "end_time": end, **use}.items():
        setattr(goes_on, name, value)
    goes_on.save(update_fields=["room", "start_time", "end_time", *use])
    _leave(series, goes_on, from_on)
    done, rooms = Changed(goes_on), {each.pk: each.room for each in dates}
    with notices.told_together():
        for each in dates:
            _apply(each, done, before, by=by, moves=moves, asks=each.pk in asking)
    _tell(done, rooms, by=by, what=notices.MOVED if moves else notices.CHANGED, of=series)
    return done


def _locked(series: Series, from_on: dt.date | None, room: Room) -> list[Booking]:
    """Its dates as they stand once nobody else changes them: a yes may have come in between."""
    dates = ahead(series, from_on)
    rooms = {room.pk, *(each.room_id for each in dates)}
    lock_rooms(rooms)
    lending.lock_with(dates)
    dates = ahead(series, from_on)
    if not rooms.issuperset(each.room_id for each in dates):
        raise Busy(_("This booking was moved at this moment. Look at it again."))
    return dates


def _tell(done: Changed, before: dict[uuid.UUID, Room], *, by: User, what: str, of: Series) -> None:
    """Who made it hears it in one mail; the keepers who have to say yes in one as well, and where it went from."""
    cut_from = of if done.series != of else None
    placed = [each for each in done.done if each not in done.asked]
    for said, dates in ((what, placed), (notices.REQUESTED, done.asked)):
        if dates:
            notices.tell_of_series(done.series, said, dates=dates, key=key_of_act(dates), by=by, cut_from=cut_from)
    came = [
        each for each in done.done
        if each.state == BookingState.REQUESTED and before[each.pk].building_id != each.room.building_id
    ]  # fmt: skip
    keepers.tell_keepers([*done.asked, *(each for each in came if each not in done.asked)], by=by)
    for room in {before[each.pk] for each in came if each not in done.asked}:
        keepers.tell_gone([each for each in came if before[each.pk] == room], room, by=by)


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


def _apply(booking: Booking, done: Changed, before: dict[str, Any], *, by: User, moves: bool, asks: bool) -> None:
    series = done.series
    use, by_hand = _differing(booking, before, use_of(series))
    try:
        with transaction.atomic():
            if moves:
                _move(booking, series, by=by, asks=asks)
            if use:
                actions.change(booking, by=by, **use)
    except Refused as refusal:
        booking.refresh_from_db()
        done.stayed.append(booking)
        done.why[booking.pk] = refusal
        return
    if moves or use:
        done.done.append(booking)
    if asks:
        done.asked.append(booking)
    if by_hand:
        done.by_hand.append(booking)


def _move(booking: Booking, series: Series, *, by: User, asks: bool) -> None:
    if asks and timezone.now() > actions.late_from(booking):
        raise Refused(_("It is too near to ask for it anew. Cancel it, or leave it as it is."))
    starts, ends = _moments(booking, series)
    actions.move(booking, by=by, room=series.room, starts=starts, ends=ends, answer=booking.answer, asks=asks)


def _differing(booking: Booking, before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """What the series changes of this date, and whether somebody gave the date something of its own there: that it
    keeps."""
    found: dict[str, Any] = {}
    by_hand = False
    for names in [TOGETHER, *((name,) for name in before if name not in TOGETHER)]:
        if all(before[name] == after[name] for name in names):
            continue
        if any(getattr(booking, name) != before[name] for name in names):
            by_hand = True
        else:
            found |= {name: after[name] for name in names}
    return found, by_hand


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


def key_of_act(dates: Sequence[Booking]) -> str:
    """Of this one act: which dates, and how often they had changed."""
    return f"{dates[0].pk}:{dates[0].sequence}:{len(dates)}"
