"""What a season is divided on: which rooms suit a request, when they are open, and what is somebody's already."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet

from kortrijk_gebied.workdays import A_DAY
from reservations.models import (
    Allocation,
    AllocationState,
    OpenRange,
    Outcome,
    Room,
    SchoolHoliday,
    Season,
    SeasonRequest,
)
from reservations.moments import minutes_between, on_clock, whole_day
from reservations.school_holidays import SchoolCalendar
from reservations.seasons.dividing import DAY, Board, Rule, Slot, Wish

STEP, FIRST, LAST = 30, 7 * 60, 23 * 60  # where an hour may begin that is free instead
BEFORE = dt.timedelta(days=200)  # what ended so long before a season was the hour of the season before


def minutes_of(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def time_of(minutes: int) -> dt.time:
    """Past midnight it is an hour of the next day."""
    return dt.time(*divmod(minutes % DAY, 60))


class Table:
    """Read once, in a handful of queries whatever the number of requests."""

    def __init__(self, season: Season) -> None:
        self.season = season
        rooms = Room.objects.in_use().filter(building__in=season.buildings.all())
        self.rooms = {
            room.pk: room
            for room in rooms.select_related("building").prefetch_related("spaces", "setups").order_by("pk")
        }
        self.requests = list(_requests(season))
        for each in self.requests:  # what was given by hand in a house that was taken out is the rule's again
            if (proposal := proposal_of(each)) and proposal.room_id not in self.rooms:
                each.is_fixed = False
        self._days = self._season_days()
        self._open = self._opened()
        self._last = self._had_last()

    @property
    def rule(self) -> Rule:
        season = self.season
        most = season.most_hours * 60 if season.most_hours else None
        return Rule(season.order, season.keeps_last, most, season.lot)

    def board(self) -> Board:
        """What stands in these weeks, and what was decided by hand."""
        board = Board({pk: [space.pk for space in room.spaces.all()] for pk, room in self.rooms.items()})
        standing = Allocation.objects.standing().filter(
            room__building__in=self.season.buildings.all(),
            first_on__lte=self.season.ends,
            last_on__gte=self.season.starts,
        )
        for each in standing.select_related("organisation", "association"):
            if each.room_id in self.rooms:
                for slot in self.slots_of(each):
                    board.take(slot, each.holder.name)
        for request in self.fixed():
            for slot in self.slots_of(request.allocation):
                board.take(slot, request.holder.name)
        return board

    def fixed(self) -> list[SeasonRequest]:
        """Given by hand: the rule goes around them."""
        return [each for each in self.requests if each.is_fixed and proposal_of(each)]

    def slots_of(self, allocation: Allocation) -> Iterator[Slot]:
        for weekday in allocation.weekdays:
            yield self.slot(allocation.room_id, weekday, allocation.start_time, allocation.end_time)

    def slot(self, room: int, weekday: int, start: dt.time, end: dt.time) -> Slot:
        return self._slot(room, weekday, minutes_of(start), minutes_between(start, end))

    def _slot(self, room: int, weekday: int, start: int, lasts: int) -> Slot:
        cleared = self.rooms[room].turnaround if room in self.rooms else 0
        return Slot(room, weekday, start, start + lasts, start + lasts + cleared)

    # --- of one request ---------------------------------------------------------------------------------

    def wish(self, request: SeasonRequest) -> Wish:
        slots = [
            slot
            for weekday in sorted(request.weekdays)
            for room in self.suiting(request)
            if self.is_open(slot := self.slot(room.pk, weekday, request.start_time, request.end_time))
        ]
        holder = holder_key(request)
        kept = {slot for slot in slots if self._has_had(holder, slot)}
        return Wish(
            request.pk, holder, request.holder.name, request.group, request.minutes,
            sorted(slots, key=lambda slot: slot not in kept), had_last=bool(kept),
        )  # fmt: skip

    def suiting(self, request: SeasonRequest) -> list[Room]:
        """The room that was asked, or those that suit: the smallest that is large enough first."""
        if request.room_id:
            return [self.rooms[request.room_id]] if request.room_id in self.rooms else []
        found = []
        for room in self.rooms.values():
            fits = [
                each.capacity
                for each in room.setups.all()
                if each.capacity >= request.persons and request.layout in ("", each.layout)
            ]
            if fits and set(request.features) <= set(room.features):
                found.append((min(fits), room.pk, room))
        return [room for _seats, _pk, room in sorted(found)]

    def is_open(self, slot: Slot) -> bool:
        """On most of the days: a single holiday does not count."""
        days = self._days[slot.weekday]
        opened = self._open[slot.room]
        hits = sum(
            any(opens <= slot.start and slot.end <= closes for opens, closes in opened.get(day, ())) for day in days
        )
        return bool(days) and hits * 2 >= len(days)

    def instead(self, request: SeasonRequest, board: Board) -> Slot | None:
        """What is free for it after all: on its own days first, and the nearest hour."""
        wanted, lasts = minutes_of(request.start_time), request.minutes
        last = max(LAST, wanted + lasts) - lasts  # who asks for a night can have one that ends as late
        starts = sorted(range(FIRST, last + 1, STEP), key=lambda start: (abs(start - wanted), start))
        rooms = self.suiting(request)
        weekdays = sorted(request.weekdays), sorted(set(range(7)) - set(request.weekdays))
        for some in weekdays:
            for start in starts:
                for weekday in some:
                    for room in rooms:
                        slot = self._slot(room.pk, weekday, start, lasts)
                        if board.taker(slot) is None and self.is_open(slot):
                            return slot
        return None

    # --- read once --------------------------------------------------------------------------------------

    def _season_days(self) -> dict[int, list[dt.date]]:
        season = self.season
        off = SchoolCalendar(SchoolHoliday.objects.all()).days_off if season.skips_school_holidays else frozenset()
        found: dict[int, list[dt.date]] = defaultdict(list)
        day = season.starts
        while day <= season.ends:
            if day not in off:
                found[day.weekday()].append(day)
            day += A_DAY
        return found

    def _opened(self) -> dict[int, dict[dt.date, list[tuple[int, int]]]]:
        """Of each day from when to when, in its own minutes: what closes after midnight goes on past the last."""
        window = whole_day(self.season.starts)[0], whole_day(self.season.ends + A_DAY)[1]
        found: dict[int, dict[dt.date, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
        rows = OpenRange.objects.filter(room__in=self.rooms, during__overlap=window).values_list("room", "during")
        for room, during in rows:
            opens, closes = on_clock(max(during.lower, window[0])), on_clock(min(during.upper, window[1]))
            day = opens.date()
            while day <= closes.date():
                first = minutes_of(opens.time()) if day == opens.date() else 0
                found[room][day].append((first, (closes.date() - day).days * DAY + minutes_of(closes.time())))
                day += A_DAY
        return found

    def _had_last(self) -> dict[str, list[Slot]]:
        before = Allocation.objects.standing().filter(
            room__in=self.rooms, last_on__lt=self.season.starts, last_on__gte=self.season.starts - BEFORE
        )
        found: dict[str, list[Slot]] = defaultdict(list)
        for each in before:
            found[holder_key(each)] += self.slots_of(each)
        return found

    def _has_had(self, holder: str, slot: Slot) -> bool:
        return any(
            (had.room, had.weekday) == (slot.room, slot.weekday) and had.start < slot.end and slot.start < had.end
            for had in self._last[holder]
        )


def _requests(season: Season) -> "QuerySet[SeasonRequest]":
    return (
        season.requests.standing()
        .select_related("organisation", "association", "room__building", "created_by", "team")
        .select_related("allocation__room__building")
        .order_by("created_at", "pk")
    )


def proposal_of(request: SeasonRequest) -> Allocation | None:
    """What it has, or will have; None when it has nothing."""
    found: Allocation | None = getattr(request, "allocation", None)
    return found if found and found.state != AllocationState.WITHDRAWN else None


def holder_key(of: SeasonRequest | Allocation) -> str:
    """Whose it is, whichever team of an organisation asks."""
    return f"association {of.association_id}" if of.association_id else f"organisation {of.organisation_id}"


def undecided(requests: Iterable[SeasonRequest]) -> Sequence[SeasonRequest]:
    return [each for each in requests if each.outcome == Outcome.ASKED]
