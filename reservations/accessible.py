"""Whether people get in, hear and find a toilet: what a house says of itself and what its rooms say agree.

A room cannot have what its house has not, and the toilet of a house is of all its rooms. So who looks for a room is
answered by the room alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reservations.models import Building, Feature, Room

# Of the house by its field: what it is called there, and what a room calls it.
OF_HOUSE: dict[str, tuple[Promise, Feature]] = {
    "step_free": (gettext_lazy("Entrance without steps"), Feature.STEP_FREE),
    "adapted_toilet": (gettext_lazy("Adapted toilet"), Feature.ADAPTED_TOILET),
    "hearing_loop": (gettext_lazy("Hearing loop"), Feature.HEARING_LOOP),
}
OF_ALL_ROOMS = ("adapted_toilet",)


@dataclass(frozen=True)
class Fact:
    """Unknown is not no: who needs it must be able to tell the two apart."""

    name: Promise
    words: str
    is_example: bool = False


def facts_of(building: Building, rooms: Iterable[Room]) -> list[Fact]:
    """As the house says it; where it says nothing, as its rooms do."""
    there = list(rooms)
    found = []
    for field, (name, feature) in OF_HOUSE.items():
        said = getattr(building, field)
        having = [room for room in there if feature in room.features]
        if said is None and having:
            found.append(Fact(name, _in_rooms(len(having), len(there)), all(room.is_example for room in having)))
        else:
            found.append(Fact(name, {True: _("yes"), False: _("no"), None: _("not known yet")}[said]))
    return found


def _in_rooms(having: int, of: int) -> str:
    if having == of:
        return _("yes")
    said = ngettext("%(having)s of %(of)s room says so", "%(having)s of %(of)s rooms say so", of)
    return said % {"having": having, "of": of}


def missing_in_house(building: Building, features: Iterable[str]) -> list[Promise]:
    """What a room cannot have because its house says that it is not there."""
    return [
        name for field, (name, feature) in OF_HOUSE.items() if getattr(building, field) is False and feature in features
    ]


def agree(building: Building) -> None:
    """After what the house says was changed, or a room was added: the rooms say no other thing."""
    for room in building.rooms.all():
        wanted = _with_house(building, room.features)
        if set(wanted) != set(room.features):
            room.features = wanted
            room.save(update_fields=["features"])


def _with_house(building: Building, features: list[str]) -> list[str]:
    found = list(features)
    for field, (_name, feature) in OF_HOUSE.items():
        said = getattr(building, field)
        if said is False:
            found = [each for each in found if each != feature]
        elif said and field in OF_ALL_ROOMS and feature not in found:
            found.append(feature.value)
    return found
