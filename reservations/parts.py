"""How the rooms of a building lie in each other: the great hall is half A and half B."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce

from reservations.models import Room


@dataclass(frozen=True)
class Parts:
    """Of one room: `made_of` are the smaller ones that are it together, `within` those that lie in it without filling
    it, `part_of` the larger ones that it is a part of, `beside` those with which it shares a space and no more."""

    made_of: list[Room] = field(default_factory=list)
    within: list[Room] = field(default_factory=list)
    part_of: list[Room] = field(default_factory=list)
    beside: list[Room] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.made_of or self.within or self.part_of or self.beside)


def parts_of(room: Room, rooms: Sequence[Room]) -> Parts:
    """`rooms` are those of the building that are in use, their spaces fetched beforehand."""
    spaces = {each.pk: frozenset(space.pk for space in each.spaces.all()) for each in [*rooms, room]}
    mine, others = spaces[room.pk], [each for each in rooms if each.pk != room.pk]
    smaller = [each for each in others if spaces[each.pk] < mine]
    # Of a half that is itself two quarters only the half is named.
    nearest = [each for each in smaller if not any(spaces[each.pk] < spaces[other.pk] for other in smaller)]
    fills = reduce(frozenset.union, (spaces[each.pk] for each in nearest), frozenset[int]()) == mine
    larger = [each for each in others if mine <= spaces[each.pk]]
    touching = [
        each for each in others if spaces[each.pk] & mine and not (spaces[each.pk] < mine or mine <= spaces[each.pk])
    ]
    return Parts(nearest if fills else [], [] if fills else nearest, larger, touching)
