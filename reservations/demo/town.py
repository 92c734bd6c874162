"""Who books in the demo city, and where: read once."""

import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from areas.models import Area
from reservations.demo.rhythms import FULL, RHYTHMS, Slot, rhythm_of
from reservations.demo.uses import Occasion
from reservations.models import Association, Room
from reservations.models.uses import DISCREET
from teams.models import Membership, Organisation, Team, User

TABLE = Path(__file__).parent / "associations.csv"
KEEPERS = {"stad": "gebouwen", "ocmw": "sociaal-huis", "politie": "coordinatie-politie", "school": "school-wegwijzer"}


@dataclass(frozen=True)
class Club:
    association: Association
    area: str
    kind: str
    title: str


@dataclass(frozen=True)
class Holder:
    """As the columns of a booking say it."""

    title: str
    by: User | None
    shared: bool
    organisation: Organisation | None = None
    team: Team | None = None
    association: Association | None = None


def load_associations() -> list[Club]:
    """Those of the table, made when they are missing; all of them examples."""
    areas = {area.name: area for area in Area.objects.current().in_set("gebieden17").defer("boundary")}
    with TABLE.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    Association.objects.bulk_create(
        (Association(name=row["name"], area=areas[row["area"]], is_example=True) for row in rows),
        ignore_conflicts=True,
    )
    made = {association.name: association for association in Association.objects.all()}
    return [Club(made[row["name"]], row["area"], row["kind"], row["title"]) for row in rows]


class Town:
    def __init__(self) -> None:
        self.clubs = load_associations()
        rooms = Room.objects.in_use().select_related("building__owner", "building__area")
        self.rooms = list(
            rooms.prefetch_related("spaces", "setups")
            .order_by("building__code", "code")
            .filter(building__code__in=FULL)
        )
        self.teams = {team.code: team for team in Team.objects.select_related("organisation")}
        self._people: dict[int, User] = {}
        for membership in Membership.objects.valid_on(timezone.localdate()).select_related("user").order_by("-pk"):
            self._people[membership.team_id] = membership.user
        self._capacities = {room.pk: {each.layout: each.capacity for each in room.setups.all()} for room in self.rooms}
        self._spaces = {room.pk: {space.pk for space in room.spaces.all()} for room in self.rooms}
        self._choices: dict[tuple[str, str], list[Club]] = defaultdict(list)

    def room(self, building: str, code: str) -> Room:
        return next(room for room in self.rooms if (room.building.code, room.code) == (building, code))

    def rhythm(self, room: Room) -> list[Slot]:
        has_parts = any(self._spaces[other.pk] < self._spaces[room.pk] for other in self.rooms)
        return RHYTHMS[rhythm_of(room.building.code, room.code, has_parts=has_parts)]

    def wholes(self) -> Iterator[Room]:
        """Rooms made of several spaces, the largest first: a party has the hall before a club has a half."""
        yield from sorted(
            (room for room in self.rooms if len(self._spaces[room.pk]) > 1),
            key=lambda room: -len(self._spaces[room.pk]),
        )

    def parts(self) -> Iterator[Room]:
        yield from (room for room in self.rooms if len(self._spaces[room.pk]) == 1)

    def keeper(self, room: Room) -> User | None:
        team = self.teams.get(KEEPERS.get(room.building.owner.code, ""))
        return self._people.get(team.pk) if team else None

    def holder(self, occasion: Occasion, room: Room, dice: random.Random, club: Club | None = None) -> Holder:
        kinds = occasion.holder.partition("club:")[2]
        if kinds:
            club = club or self.club(kinds, room, dice)
            return Holder(
                occasion.title or club.title, self.keeper(room), shared=True, association=club.association
            )  # fmt: skip
        team = self.teams[occasion.holder]
        organisation = team.organisation
        discreet = organisation is not None and organisation.kind in DISCREET
        shared = not discreet if occasion.shared is None else occasion.shared
        by = self._people.get(team.pk) or self.keeper(room)
        return Holder(occasion.title, by, shared, organisation=organisation, team=team)

    def club(self, kinds: str, room: Room, dice: random.Random) -> Club:
        """One of the area, or of anywhere when that has none."""
        area = room.building.area.name if room.building.area else ""
        if not self._choices[kinds, area]:
            fitting = [club for club in self.clubs if club.kind in kinds.split(",")]
            self._choices[kinds, area] = [club for club in fitting if club.area == area] or fitting
        return dice.choice(self._choices[kinds, area])

    def company(self, occasion: Occasion, room: Room, dice: random.Random) -> tuple[str, int]:
        """The set-up and how many people: the set-up asked for if the room has it, else its largest."""
        capacities = self._capacities[room.pk]
        layout = (
            occasion.layout if occasion.layout in capacities else max(capacities, key=lambda each: capacities[each])
        )
        return layout, max(1, round(capacities[layout] * dice.uniform(*occasion.share)))
