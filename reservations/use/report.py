"""The figures of some rooms over a period, as a page or a report shows them. In as many queries for one as for all."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from reservations.models import Building, Room
from reservations.use.hours import Hours, Totals, hours_of, week_of
from reservations.use.people import People, people_of
from reservations.use.week import WeekChart
from teams.access import Access


@dataclass(frozen=True)
class Line[Of: (Room, Building)]:
    of: Of
    hours: Hours
    people: People


@dataclass(frozen=True)
class UseReport:
    viewer: Access
    rooms: Sequence[Room]  # with their buildings
    first: dt.date
    last: dt.date

    @property
    def _keys(self) -> list[int]:
        return [room.pk for room in self.rooms]

    @cached_property
    def _hours(self) -> Totals:
        return hours_of(self._keys, self.first, self.last)

    @cached_property
    def _people(self) -> dict[int, People]:
        return people_of(self.viewer, self._keys, self.first, self.last)

    @cached_property
    def week(self) -> WeekChart:
        return WeekChart(week_of(self._keys, self.first, self.last))

    @property
    def hours(self) -> Hours:
        return self._hours.all

    @cached_property
    def people(self) -> People:
        return sum(self._people.values(), People())

    @property
    def by_room(self) -> list[Line[Room]]:
        none = Hours(), People()
        return [
            Line(room, self._hours.rooms.get(room.pk, none[0]), self._people.get(room.pk, none[1]))
            for room in self.rooms
        ]  # fmt: skip

    @property
    def by_building(self) -> list[Line[Building]]:
        """The fullest first."""
        found: dict[Building, People] = {}
        for room in self.rooms:
            found[room.building] = found.get(room.building, People()) + self._people.get(room.pk, People())
        lines = [Line(one, self._hours.buildings.get(one.pk, Hours()), people) for one, people in found.items()]
        return sorted(lines, key=lambda line: (-(line.hours.share or 0), str(line.of)))
