"""The day of who keeps a house: what comes, for how many, set up how, and what has to be ready when."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from reservations.calendars.reading import Picture, Use
from reservations.calendars.shown import Taker, Words
from reservations.models import Booking, Building, Contact, Feature, Layout, Room
from reservations.models.states import TRANSITIONS
from reservations.models.uses import DISCREET
from reservations.moments import Stretch, on_clock
from teams.access import Access


@dataclass(frozen=True)
class Setting:
    """What to put ready. That much the keeper of the house knows of every booking in it, and of some nothing else."""

    persons: int
    layout: str
    features: Sequence[str]
    reference: str = ""  # of what can be counted, in the houses one keeps
    headcount: int | None = None

    @property
    def layout_name(self) -> str:
        return str(Layout(self.layout).label) if self.layout else ""

    @property
    def needs(self) -> list[str]:
        return [str(Feature(feature).label) for feature in self.features]


@dataclass(frozen=True)
class Task:
    """One use of a room on this day."""

    room: Room
    starts: dt.datetime
    ends: dt.datetime
    taker: Taker
    setting: Setting | None
    booking: Booking | None  # for who may read it
    free_from: dt.datetime | None  # when the room comes free before it; None when that is not today
    of_association: Contact | None = None  # whom of it to call, for who keeps the house

    @property
    def is_closure(self) -> bool:
        return self.taker.style == "closed"

    @property
    def has_time(self) -> bool:
        """Whether there is any between the use before and this one."""
        return self.free_from is None or self.free_from < self.starts

    @property
    def contact(self) -> tuple[str, str]:
        """Whom to call, with a number: the team that has it, else who asked for it, else their organisation."""
        if self.booking is None:
            return "", ""
        team, asker, organisation = self.booking.team, self.booking.created_by, self.booking.organisation
        person = self.of_association
        found = [(person.name, person.phone)] if person else []
        found += [(team.name, team.phone)] if team else []
        found += [(asker.name, asker.phone)] if asker else []
        found += [(organisation.name, organisation.phone)] if organisation else []
        return next((contact for contact in found if contact[1]), (self.booking.holder.name, ""))


@dataclass(frozen=True)
class House:
    building: Building
    tasks: list[Task]
    is_kept: bool


def houses_of(words: Words, rooms: Sequence[Room], day: Stretch) -> list[House]:
    """By house and hour. A hall that is booked is one line, not one for each of its halves."""
    kept = set(Building.objects.granted(words.viewer, "approve").values_list("pk", flat=True))
    settings, people = _settings(words, rooms, kept, day), _people(words, kept)
    tasks: dict[Building, dict[object, Task]] = defaultdict(dict)
    for room in rooms:
        for use in words.picture.uses(room):
            if _is_listed(use, room, rooms, day):
                tasks[room.building].setdefault(
                    use.booking or use.closure, _task(words, room, use, settings, day, people)
                )
    return [
        House(building, sorted(found.values(), key=lambda task: task.starts), building.pk in kept)
        for building, found in tasks.items()
    ]


def _is_listed(use: Use, room: Room, rooms: Iterable[Room], day: Stretch) -> bool:
    """Under the room that was booked, where that one is looked at too."""
    is_its_own = use.room is None or use.room == room.pk or all(use.room != other.pk for other in rooms)
    return is_its_own and use.starts < day[1] and use.ends > day[0]


def _people(words: Words, kept: set[int]) -> dict[uuid.UUID, Contact]:
    """By booking of an association in the houses the viewer keeps: who asked, or else somebody of it with a number."""
    theirs = [each for each in words.picture.readable.values() if each.association_id and each.room.building_id in kept]
    contacts = Contact.objects.readable(words.viewer).exclude(phone="")
    contacts = contacts.filter(association__in={each.association_id for each in theirs})
    known = list(contacts.order_by("-may_ask", "name")) if theirs else []
    found = {}
    for each in theirs:
        own = [one for one in known if one.association_id == each.association_id]
        own.sort(key=lambda one: one.pk != each.contact_id)
        if own:
            found[each.pk] = own[0]
    return found


def _task(
    words: Words, room: Room, use: Use, settings: Mapping[uuid.UUID, Setting], day: Stretch,
    people: Mapping[uuid.UUID, Contact],
) -> Task:  # fmt: skip
    uses = [taken for taken in words.picture.taken.get(room.pk, []) if isinstance(taken.by, Use)]
    before = [taken.ends for taken in uses if taken.ends <= use.starts]
    free_from = max(before, default=None)
    return Task(
        room, use.starts, use.ends, words.taker(room, use),
        settings.get(use.booking) if use.booking else None, words.picture.of(use),
        free_from if free_from and on_clock(free_from).date() == on_clock(day[0]).date() else None,
        people.get(use.booking) if use.booking else None,
    )  # fmt: skip


def _settings(words: Words, rooms: Sequence[Room], kept: set[int], day: Stretch) -> dict[uuid.UUID, Setting]:
    """Of what the viewer reads, and in the houses they keep of everything: three columns, and none of its words."""
    found = {pk: Setting(each.persons, each.layout, each.features) for pk, each in words.picture.readable.items()}
    theirs = Booking.objects.filter(room__building__in=kept, room__in=[room.pk for room in rooms])
    now, counts = timezone.now(), TRANSITIONS["count"]
    rows = (
        theirs.occupying()
        .overlapping(*day)
        .values_list("pk", "persons", "layout", "features", "reference", "headcount", "state", "starts")
    )
    return found | {
        pk: Setting(persons, layout, features, reference if state in counts and starts <= now else "", headcount)
        for pk, persons, layout, features, reference, headcount, state, starts in rows
    }


def at_the_door(picture: Picture) -> Picture:
    """Everybody in the corridor reads a door: only what is shared, and is sure. What the OCMW and the police share
    they share with colleagues."""
    shown = {
        pk: each
        for pk, each in picture.readable.items()
        if each.is_shared and each.state == Booking.State.CONFIRMED
        and not (each.organisation and each.organisation.kind in DISCREET)
    }  # fmt: skip
    return Picture(picture.taken, picture.opened, shown)


def door_words(words: Words) -> Words:
    return Words(at_the_door(words.picture), Access(), words.now)
