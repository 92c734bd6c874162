"""An answer in figures and words, for who reads it: of a booking that is not theirs to read they see when and where it
is, as in any calendar, and not whose it is, what for, nor what it lacks elsewhere."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from kortrijk_gebied.charts import Bar, BarChart
from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.sheets import Cell
from reservations.consolidation.asking import Asked
from reservations.consolidation.seeking import Hours, hours_shown
from reservations.consolidation.why import Reason
from reservations.models import Booking, Building, Room
from reservations.words import when_in_words
from teams.access import Access

BOUNDS = (500, 1000, 2000, 3000, 5000)  # metres


@dataclass(frozen=True)
class Line:
    """What becomes of one booking. Without a `to` it fits nowhere."""

    key: uuid.UUID
    room: Room
    starts: dt.datetime
    ends: dt.datetime
    to: Room | None = None
    shift: int = 0
    metres: int | None = None
    reason: str = ""
    title: str = ""
    holder: str = ""  # empty for who may not read it
    reference: str = ""

    @property
    def is_readable(self) -> bool:
        return bool(self.reference)

    @property
    def when(self) -> str:
        return when_in_words(self.starts, self.ends)

    @property
    def why(self) -> str:
        if self.to is not None:
            return ""
        return str(Reason(self.reason).label) if self.is_readable else _("not shared with you")

    @property
    def shift_in_words(self) -> str:
        return shift_in_words(self.shift) if self.to else ""


def shift_in_words(shift: int) -> str:
    if not shift:
        return _("at the same hour")
    said = _("%(minutes)s minutes later") if shift > 0 else _("%(minutes)s minutes earlier")
    return said % {"minutes": abs(shift)}


class Answer:
    """What a job that is done found."""

    def __init__(self, job: Job, viewer: Access) -> None:
        self.job, self.viewer, self.asked = job, viewer, Asked.of(job)
        self.result: dict[str, Any] = job.result

    @cached_property
    def buildings(self) -> dict[int, Building]:
        return Building.objects.select_related("owner").in_bulk()

    @property
    def closing(self) -> list[Building]:
        return self._named(self.result["closing"])

    @property
    def staying(self) -> list[Building]:
        return self._named(self.result.get("stay", []))

    def _named(self, keys: Iterable[int]) -> list[Building]:
        found = [self.buildings[pk] for pk in keys if pk in self.buildings]
        return sorted(found, key=lambda building: building.name)

    @property
    def buildings_asked(self) -> int:
        return len(self.result["closing"]) + len(self.result.get("stay", []))

    @property
    def buildings_gap(self) -> int:
        at_least: int = self.result.get("at_least", 0)
        return len(self.result.get("stay", [])) - at_least

    @cached_property
    def lines(self) -> list[Line]:
        """Those that fit nowhere first."""
        rooms = Room.objects.select_related("building").in_bulk()
        went = {uuid.UUID(key): (rooms.get(room), shift, metres) for key, room, shift, metres in self.result["moved"]}
        why = {uuid.UUID(key): reason for key, reason in self.result["left"]}
        found = [self._line(row, rooms, went, why) for row in self._rows([*went, *why])]
        return sorted(found, key=lambda line: (line.to is not None, line.starts, line.room.pk))

    def _rows(self, keys: list[uuid.UUID]) -> Iterable[tuple[Any, ...]]:
        readable = Booking.objects.readable(self.viewer).filter(pk=models.OuterRef("pk"))
        found = Booking.objects.filter(pk__in=keys).annotate(is_readable=models.Exists(readable)).order_by()
        return found.values_list(
            "pk", "room", "starts", "ends", "is_readable", "title", "reference", "team__name", "association__name",
            "organisation__name",
        )  # fmt: skip

    @staticmethod
    def _line(row: tuple[Any, ...], rooms: dict[int, Room], went: dict[Any, Any], why: dict[Any, str]) -> Line:
        key, room, starts, ends, is_readable, title, reference, *holders = row
        to, shift, metres = went.get(key, (None, 0, None))
        words = (title, next(filter(None, holders), ""), reference) if is_readable else ("", "", "")
        return Line(key, rooms[room], starts, ends, to, shift, metres, why.get(key, ""), *words)

    @cached_property
    def seeking(self) -> list[Hours]:
        """Whose own hours are in what closes; an answer of before these were counted has none."""
        return hours_shown(self.result.get("kept", []))

    # --- sums -----------------------------------------------------------------------------------------

    @cached_property
    def moved(self) -> list[Line]:
        return [line for line in self.lines if line.to]

    @cached_property
    def left(self) -> list[Line]:
        return [line for line in self.lines if not line.to]

    @property
    def unchanged(self) -> int:
        return sum(not line.shift for line in self.moved)

    @property
    def distances(self) -> BarChart:
        counts = Counter(_bound(line.metres) for line in self.moved)
        labels = [_("up to %(metres)s m") % {"metres": bound} for bound in BOUNDS]
        labels += [_("further"), _("not known how far")]
        bars = [Bar(label, [counts[at]]) for at, label in enumerate(labels) if counts[at] or at < len(BOUNDS)]
        return BarChart(
            title=_("How far they are sent"), description=_("Bookings by the distance to their new room."),
            series=[_("bookings")], bars=bars, label_heading=_("distance"), key="distances",
        )  # fmt: skip

    @property
    def shifts(self) -> list[tuple[str, int]]:
        counts = Counter(line.shift for line in self.moved)
        return [(shift_in_words(shift), counts[shift]) for shift in sorted(counts, key=lambda by: (abs(by), by))]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        return Counter(line.why for line in self.left).most_common()

    @property
    def by_room(self) -> list[tuple[object, int, int]]:
        return self._sums(lambda line: line.room)

    @property
    def by_holder(self) -> list[tuple[object, int, int]]:
        return self._sums(lambda line: line.holder or _("not shared with you"))

    def _sums(self, of: Callable[[Line], object]) -> list[tuple[object, int, int]]:
        """How many of each move, and how many fit nowhere; the most first."""
        moved, left = Counter(map(of, self.moved)), Counter(map(of, self.left))
        return [(one, moved[one], left[one]) for one, _n in (moved + left).most_common()]

    @property
    def received(self) -> list[tuple[Room, int]]:
        return Counter(line.to for line in self.moved if line.to).most_common()

    # --- the sheet ------------------------------------------------------------------------------------

    @staticmethod
    def heading() -> list[str]:
        return [
            _("from"), _("until"), _("room"), _("what for"), _("holder"), _("new room"), _("minutes later"),
            _("metres"), _("why not"),
        ]  # fmt: skip

    def rows(self) -> Iterable[list[Cell]]:
        for line in self.lines:
            yield [
                line.starts, line.ends, str(line.room), line.title or _("taken"), line.holder,
                str(line.to) if line.to else "", line.shift if line.to else None, line.metres, line.why,
            ]  # fmt: skip


def _bound(metres: int | None) -> int:
    if metres is None:
        return len(BOUNDS) + 1
    return next((at for at, bound in enumerate(BOUNDS) if metres <= bound), len(BOUNDS))
