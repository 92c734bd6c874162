"""The buildings and rooms Kortrijk starts with, from the committed tables, each with its source.

What was not found stays empty; an administrator or building manager fills it in. Of most houses the sources name no
room: those are examples, and say so.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import transaction
from django.db.models import Count

from areas.models import Area
from reservations.granting import write
from reservations.models import Building, BuildingGrant, Room, RoomSetup, Space
from reservations.models.rooms import described
from teams.models import Organisation, Team

TABLES = Path(__file__).parent / "fixtures"
WORKING_SET = "gebieden17"
KEEPS = ("view", "book", "approve", "manage")
BOOKS = ("view", "book")
# Which team keeps the buildings of an organisation, and of single houses which team does so with them.
KEEPERS = {
    "stad": "gebouwen",
    "ocmw": "sociaal-huis",
    "politie": "coordinatie-politie",
    "school": "school-wegwijzer",
    "centrum-overleie": "dienstencentrum-overleie",
}
# Whose teams book in the houses of which owner when a city starts. An OCMW house is where people bring their troubles:
# its own alone. From then on the page of a house says it.
BOOKERS = {
    "stad": ("stad", "ocmw", "politie", "school"),
    "ocmw": ("ocmw",),
    "politie": ("politie",),
    "school": ("school", "stad"),
}
# An office keeps people and papers of its own organisation. It books nothing, but for those who live in the houses.
OFFICES_THAT_BOOK = ("gebiedswerking", "gebouwen")


def rows(name: str) -> Iterator[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


@transaction.atomic
def load_buildings() -> int:
    """Add what is missing and touch nothing else; the number of new buildings. Organisations must be there."""
    organisations = {organisation.code: organisation for organisation in Organisation.objects.all()}
    areas = {area.name: area for area in Area.objects.current().in_set(WORKING_SET).defer("boundary")}
    known = set(Building.objects.values_list("code", flat=True))
    new = Building.objects.bulk_create(
        Building(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            owner=organisations[row["owner"]],
            area=areas.get(row["area"]),
            address=row["address"],
            phone=row["phone"],
            access_notes=row["access_notes"],
            source=row["source"],
            is_example=row["is_example"] == "1",
        )
        for row in rows("buildings")
        if row["code"] not in known
    )
    _grant(new)
    return len(new)


def _grant(houses: Iterable[Building]) -> None:
    """Who keeps these houses of the table, and who books in them. Of others it was said before, or changed since."""
    teams = list(Team.objects.exclude(organisation=None).select_related("organisation"))
    write((building, team, _may(team, building)) for building in houses for team in teams)


def give_keepers(building: Building, keepers: Team) -> None:
    """A house that an administrator adds: this team keeps it, and those who book in every other house of its owner do
    so there too. In the first house of an owner its own teams book."""
    teams = Team.objects.exclude(organisation=None)
    others = Building.objects.filter(owner=building.owner).exclude(pk=building.pk)
    booking = BuildingGrant.objects.filter(content_object__in=others, permission__codename="book_building")
    everywhere = booking.values("group").annotate(houses=Count("content_object")).filter(houses=others.count())
    if others.exists():
        bookers = teams.filter(group__in=everywhere.values("group"))
    else:
        bookers = teams.filter(organisation=building.owner).exclude(kind=Team.Kind.OFFICE)
    write([(building, keepers, KEEPS), *((building, team, BOOKS) for team in bookers if team != keepers)])


def _may(team: Team, building: Building) -> tuple[str, ...]:
    if team.code in (KEEPERS.get(building.owner.code), KEEPERS.get(building.code)):
        return KEEPS
    return _books(team, building)


def _books(team: Team, building: Building) -> tuple[str, ...]:
    if team.kind == Team.Kind.OFFICE and team.code not in OFFICES_THAT_BOOK:
        return ()
    return BOOKS if team.organisation and team.organisation.code in BOOKERS.get(building.owner.code, ()) else ()


@transaction.atomic
def load_rooms() -> int:
    """Add the rooms that are missing, with their spaces and set-ups, and touch nothing else; the number of new rooms.
    What is withdrawn is not missing. Buildings must be there."""
    buildings = {building.code: building for building in Building.objects.all()}
    known = set(Room.objects.values_list("building__code", "code"))
    wanted = [row for row in rows("rooms") if (row["building"], row["code"]) not in known]
    wanted = [row for row in wanted if row["building"] in buildings]
    spaces = _spaces(wanted, buildings)
    rooms = Room.objects.bulk_create(
        Room(
            building=buildings[row["building"]],
            code=row["code"],
            name=row["name"],
            description=row["description"],
            features=row["features"].split(),
            turnaround=int(row["turnaround"]),
            needs_approval=row["needs_approval"] == "1",
            source=row["source"],
            is_example=row["is_example"] == "1",
            described=described(sorted(row["spaces"].split("+")), _setups(row)),
        )
        for row in wanted
    )
    made_of = Room.spaces.through
    made_of.objects.bulk_create(
        made_of(room_id=room.pk, space_id=spaces[row["building"], name].pk)
        for room, row in zip(rooms, wanted, strict=True)
        for name in row["spaces"].split("+")
    )
    RoomSetup.objects.bulk_create(
        RoomSetup(room=room, layout=layout, capacity=capacity)
        for room, row in zip(rooms, wanted, strict=True)
        for layout, capacity in _setups(row)
    )
    return len(rooms)


def _setups(row: dict[str, str]) -> list[tuple[str, int]]:
    """The one that holds most first."""
    found = [(layout, int(capacity)) for layout, capacity in (each.split(":") for each in row["setups"].split())]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _spaces(wanted: Iterable[dict[str, str]], buildings: dict[str, Building]) -> dict[tuple[str, str], Space]:
    """By building and name. What two rooms share is one space."""
    found = {(space.building.code, space.name): space for space in Space.objects.select_related("building")}
    names = dict.fromkeys((row["building"], name) for row in wanted for name in row["spaces"].split("+"))
    missing = [(code, name) for code, name in names if (code, name) not in found]
    made = Space.objects.bulk_create(Space(building=buildings[code], name=name) for code, name in missing)
    return found | dict(zip(missing, made, strict=True))
