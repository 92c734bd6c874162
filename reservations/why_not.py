"""Why a room cannot be had, in sentences for one viewer: never what a booking is that they may not read.

Who asks from outside reads no words of colleagues: not whose it is, nor why the house is closed.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.formats import date_format, time_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from kortrijk_gebied.workdays import A_DAY
from reservations.hours import days_of
from reservations.models import Allocation, Booking, Closure, Feature, Layout, OpenRange, RefusalReason, Room
from reservations.moments import on_clock, whole_day
from reservations.obstacles import Obstacle
from reservations.placing import InTheWay
from reservations.words import until_in_words
from teams.access import Access


@dataclass(frozen=True)
class Why:
    """One sentence; `url` leads to the booking in the way, for who may read it."""

    text: str
    url: str = ""


@dataclass
class _Known:
    """What the sentences are about, fetched for all of them at once."""

    bookings: Mapping[uuid.UUID, Booking]
    closures: Mapping[uuid.UUID, Closure]
    rooms: Mapping[int, Room]
    allocations: Mapping[uuid.UUID, Allocation] = field(default_factory=dict)
    open: Mapping[int, list[OpenRange]] = field(default_factory=dict)
    is_outside: bool = False


def why_not(bookings: Sequence[Booking], in_the_way: InTheWay, viewer: Access) -> dict[uuid.UUID, list[Why]]:
    """By the key of each booking that cannot be had; in a handful of queries for 52 as for one."""
    refused = [each for each in bookings if each.pk in in_the_way]
    known = _fetch(refused, in_the_way, viewer)
    return {each.pk: list(_sentences(each, in_the_way[each.pk], known)) for each in refused}


def _fetch(refused: Sequence[Booking], in_the_way: InTheWay, viewer: Access) -> _Known:
    obstacles = [one for found in in_the_way.values() for one in found]
    outside = viewer.user_id is None
    readable = Booking.objects.readable(viewer).select_related("created_by", "organisation", "association", "team")
    rooms = Room.objects.select_related("building__owner").prefetch_related("setups")
    known = _Known(
        bookings={} if outside else readable.in_bulk({one.booking_id for one in obstacles if one.booking_id}),
        closures=Closure.objects.in_bulk({one.closure_id for one in obstacles if one.closure_id}),
        rooms=rooms.in_bulk({each.room_id for each in refused}),
        is_outside=outside,
    )
    if kept := {one.allocation_id for one in obstacles if one.allocation_id}:
        known.allocations = Allocation.objects.with_words().in_bulk(kept)
    shut = [each for each in refused if any(one.reason == RefusalReason.OUTSIDE_HOURS for one in in_the_way[each.pk])]
    if shut:
        days = [on_clock(each.starts).date() for each in shut]
        window = (whole_day(min(days))[0] - A_DAY, whole_day(max(days))[1])
        found: dict[int, list[OpenRange]] = {}
        ranges = OpenRange.objects.filter(room__in={each.room_id for each in shut}, during__overlap=window)
        for row in ranges.order_by("during"):
            found.setdefault(row.room_id, []).append(row)
        known.open = found
    return known


def _sentences(booking: Booking, found: Iterable[Obstacle], known: _Known) -> Iterable[Why]:
    """Two halves taken by one booking are one reason."""
    said = set()
    for one in found:
        why = _why(booking, one, known)
        if why not in said:
            said.add(why)
            yield why


def _why(booking: Booking, one: Obstacle, known: _Known) -> Why:
    room = known.rooms[booking.room_id]
    if one.reason == RefusalReason.UNFIT:
        return Why(_unfit(booking, room))
    if one.reason == RefusalReason.OUTSIDE_HOURS:
        return Why(_hours(booking, known.open.get(booking.room_id, [])))
    if one.allocation_id and one.frees_at:
        kept = known.allocations[one.allocation_id]
        return Why(_kept_for_others(kept, one.frees_at) if known.is_outside else _kept(kept, one.frees_at))
    words = {"until": until_in_words(one.ends, of=booking.starts), "ask": whom_to_ask(room)}
    if one.reason == RefusalReason.CLOSED and known.is_outside:
        return Why(_("Closed until %(until)s.") % words)
    if one.reason == RefusalReason.CLOSED and one.closure_id:
        reason = known.closures[one.closure_id].reason
        return Why(_("Closed until %(until)s: %(reason)s.") % {**words, "reason": reason.rstrip(".")})
    other = known.bookings.get(one.booking_id) if one.booking_id else None
    if other is None:
        return Why(_("Taken until %(until)s. Ask %(ask)s.") % words)
    words |= {"title": other.title, "holder": other.team.name if other.team else other.holder.name}
    if other.created_by and other.created_by.is_active:
        words["ask"] = other.created_by.name
    return Why(_("Taken until %(until)s by %(holder)s: %(title)s. Ask %(ask)s.") % words, other.get_absolute_url())


def _kept(allocation: Allocation, frees_at: dt.datetime) -> str:
    """Whose it is, and never what they do there."""
    return _("Kept for %(holder)s until %(until)s. Free from %(day)s on if they do not use it.") % {
        "holder": allocation.holder.name, "until": time_format(allocation.end_time),
        "day": date_format(on_clock(frees_at)),
    }  # fmt: skip


def _kept_for_others(allocation: Allocation, frees_at: dt.datetime) -> str:
    return _("Kept for others until %(until)s. Free from %(day)s on if they do not use it.") % {
        "until": time_format(allocation.end_time), "day": date_format(on_clock(frees_at)),
    }  # fmt: skip


def whom_to_ask(room: Room) -> str:
    """The building, with the number to call when it is known."""
    phone = room.building.contact_phone
    return f"{room.building.name}, {phone}" if phone else room.building.owner.name


def _unfit(booking: Booking, room: Room) -> str:
    if not room.is_in_use:
        return _("%(room)s was withdrawn: nobody books it any more.") % {"room": room.name}
    if not booking.persons:  # how many they are, and what they need, is not for this viewer
        return _("%(room)s does not suit what is needed. Ask who holds the booking.") % {"room": room.name}
    if missing := [Feature(each).label for each in booking.features if each not in room.features]:
        return _("%(room)s does not have: %(missing)s.") % {
            "room": room.name, "missing": get_text_list([str(each) for each in missing], _("and")),
        }  # fmt: skip
    setups = {one.layout: one.capacity for one in room.setups.all()}
    if booking.layout and booking.layout not in setups:
        layout = {"room": room.name, "layout": Layout(booking.layout).label}
        return _("%(room)s cannot be set up so: %(layout)s.") % layout
    words = {
        "room": room.name, "number": setups.get(booking.layout, max(setups.values(), default=0)),
        "persons": booking.persons, "layout": f" ({Layout(booking.layout).label})" if booking.layout else "",
    }  # fmt: skip
    return _("%(room)s holds %(number)s people at most%(layout)s; you ask it for %(persons)s.") % words


def _hours(booking: Booking, ranges: Iterable[OpenRange]) -> str:
    day = on_clock(booking.starts).date()
    (found,) = days_of([(row.during.lower, row.during.upper) for row in ranges], day, 1)
    words = {"day": date_format(day, "l j F Y"), "hours": _(" and ").join(found.hours), "holiday": found.holiday}
    if found.hours:
        return _("Outside opening hours. On %(day)s it is open from %(hours)s.") % words
    if found.holiday:
        return _("Closed on %(day)s (%(holiday)s).") % words
    return _("Closed on %(day)s.") % words
