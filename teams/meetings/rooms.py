"""The room of a meeting. Rooms are of the reservations, which say here how one is looked for and given back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from teams.access import Access
    from teams.models import Meeting, User


@dataclass(frozen=True)
class Place:
    """What the page of a meeting shows: the room it has, or where one is looked for."""

    search_url: str = ""
    name: str = ""
    url: str = ""
    how: str = ""  # how the booking stands
    differs: str = ""  # a sentence, when it is booked for another moment than that of the meeting
    is_to_come: bool = False
    may_move: bool = False
    may_cancel: bool = False


class Rooms(Protocol):
    def place_of(self, meeting: "Meeting", viewer: "Access", persons: int) -> Place: ...

    def move_along(self, meeting: "Meeting", *, by: "User") -> str:
        """Book it for the moment of the meeting instead; a sentence when that cannot be."""

    def give_back(self, meeting: "Meeting", *, by: "User") -> str:
        """Cancel the booking; a sentence when that may not be."""


_rooms: list[Rooms] = []


def register_rooms(rooms: Rooms) -> None:
    _rooms[:] = [rooms]


def place_of(meeting: "Meeting", viewer: "Access", persons: int) -> Place | None:
    return _rooms[0].place_of(meeting, viewer, persons) if _rooms else None


def move_along(meeting: "Meeting", *, by: "User") -> str:
    return _rooms[0].move_along(meeting, by=by) if _rooms else ""


def give_back(meeting: "Meeting", *, by: "User") -> str:
    return _rooms[0].give_back(meeting, by=by) if _rooms else ""
