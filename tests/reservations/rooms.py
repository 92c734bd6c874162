"""A few houses with rooms, the same in every test: small, whole, and made in a handful of queries.

    OC Marke (city): the great hall is half A and half B; a meeting room. Great hall and halves ask for a yes.
    OC Bissegem (city): one hall much like that of Marke; nobody is asked.
    Centrum Overleie (OCMW): a room for courses.
    Hoofdkantoor PZ Vlas (police): a room for consultations.

Nele and Geert (`gebouwbeheerder`, `deelgemeente`) keep the city's houses, Wannes (`sociaalhuis`) those of the OCMW,
Dirk (`coordinator.politie`) the one of the police. Els (`gebiedswerker`), Joke (`verpleegkundige`), Ilse, Lies and Luc
book in those of the city; Joke and Ilse also in those of the OCMW, Lies and Luc in that of the police.
Amber (`agent`) books nowhere. Every room is open day and night: a test of opening hours writes its own.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone

from areas.models import Area
from reservations.models import (
    Association,
    Booking,
    Building,
    BuildingGrant,
    Feature,
    Layout,
    Occupancy,
    OpeningPeriod,
    OpeningSpan,
    OpenRange,
    Room,
    RoomSetup,
    Space,
)
from reservations.models.states import OCCUPYING
from reservations.models.uses import DISCREET
from teams.models import Organisation, Team, User

BRUSSELS = ZoneInfo("Europe/Brussels")

# code, name, kind, owner, area
BUILDINGS = [
    ("oc-marke", "OC Marke", "community_centre", "stad", "Marke"),
    ("oc-bissegem", "OC Bissegem", "community_centre", "stad", "Bissegem"),
    ("centrum-overleie", "Centrum Overleie", "service_centre", "ocmw", "Overleie"),
    ("hoofdkantoor-pz-vlas", "Hoofdkantoor PZ Vlas", "public_building", "politie", "Kortrijk Oost"),
]

# building, code, name, spaces, features, minutes to clear up, needs a yes, set-ups
F, L = Feature, Layout
ROOMS: list[tuple[str, str, str, list[str], list[str], int, bool, dict[str, int]]] = [
    ("oc-marke", "grote-zaal", "Grote zaal", ["Helft A", "Helft B"], [F.STAGE, F.BAR, F.SOUND, F.STEP_FREE], 60, True,
     {L.ROWS: 240, L.DINNER: 160, L.TABLES: 120, L.STANDING: 300}),
    ("oc-marke", "helft-a", "Helft A", ["Helft A"], [F.STAGE, F.STEP_FREE], 30, True, {L.ROWS: 120, L.TABLES: 60}),
    ("oc-marke", "helft-b", "Helft B", ["Helft B"], [F.BAR, F.STEP_FREE], 30, True, {L.ROWS: 110, L.TABLES: 60}),
    ("oc-marke", "vergaderzaal", "Vergaderzaal", ["Vergaderzaal"], [F.WIFI, F.PROJECTOR, F.STEP_FREE], 0, False,
     {L.MEETING: 14, L.ROWS: 20}),
    ("oc-bissegem", "zaal", "Zaal", ["Zaal"], [F.STAGE, F.BAR, F.SOUND, F.STEP_FREE], 60, False,
     {L.ROWS: 220, L.DINNER: 150, L.TABLES: 110}),
    ("centrum-overleie", "cursuslokaal", "Cursuslokaal", ["Cursuslokaal"], [F.KITCHEN, F.WIFI], 15, False,
     {L.TABLES: 24, L.ROWS: 30}),
    ("hoofdkantoor-pz-vlas", "overlegzaal", "Overlegzaal", ["Overlegzaal"], [F.WIFI, F.PROJECTOR], 0, False,
     {L.MEETING: 16}),
]  # fmt: skip

KEEPS = ("view", "book", "approve", "manage")
# team, what it may do, in the houses of which owner
GRANTS = [
    ("gebouwen", KEEPS, "stad"),
    ("sociaal-huis", KEEPS, "ocmw"),
    ("coordinatie-politie", KEEPS, "politie"),
    *[(code, ("view", "book"), "stad") for code in (
        "gebiedswerking", "sociale-dienst", "buurtwerk", "sociaal-huis", "wijkwerking-noord", "wijkwerking-zuid",
    )],
    *[(code, ("view", "book"), "ocmw") for code in ("sociale-dienst", "buurtwerk")],
    *[(code, ("view", "book"), "politie") for code in ("wijkwerking-noord", "wijkwerking-zuid")],
]  # fmt: skip


@dataclass(frozen=True)
class Rooms:
    """By the names a test would use."""

    hall: Room
    half_a: Room
    half_b: Room
    meeting: Room
    bissegem: Room
    ocmw: Room
    police: Room
    choir: Association


def make() -> Rooms:
    """Write them; the cast must be there."""
    owners = {organisation.code: organisation for organisation in Organisation.objects.all()}
    areas = {area.name: area for area in Area.objects.filter(set__code="gebieden17").defer("boundary")}
    buildings = {
        building.code: building
        for building in Building.objects.bulk_create(
            Building(code=code, name=name, kind=kind, owner=owners[owner], area=areas[area], source="test")
            for code, name, kind, owner, area in BUILDINGS
        )
    }
    _allow(buildings.values())
    spaces = Space.objects.bulk_create(
        Space(building=buildings[code], name=name)
        for code, name in dict.fromkeys((row[0], name) for row in ROOMS for name in row[3])
    )
    by_name = {(space.building.code, space.name): space for space in spaces}
    rooms = Room.objects.bulk_create(
        Room(building=buildings[building], code=code, name=name, features=list(features), turnaround=minutes,
             needs_approval=approval, source="test")
        for building, code, name, _spaces, features, minutes, approval, _setups in ROOMS
    )  # fmt: skip
    through = Room.spaces.through
    through.objects.bulk_create(
        through(room_id=room.pk, space_id=by_name[row[0], name].pk)
        for room, row in zip(rooms, ROOMS, strict=True)
        for name in row[3]
    )
    RoomSetup.objects.bulk_create(
        RoomSetup(room=room, layout=layout, capacity=capacity)
        for room, row in zip(rooms, ROOMS, strict=True)
        for layout, capacity in row[7].items()
    )
    _open(buildings.values(), rooms)
    choir = Association.objects.create(name="Zangkoor Sint-Brixius", area=areas["Marke"], is_example=True)
    hall, half_a, half_b, meeting, bissegem, ocmw, police = rooms
    return Rooms(hall, half_a, half_b, meeting, bissegem, ocmw, police, choir)


def _allow(buildings: Any) -> None:
    permissions = {
        permission.codename: permission for permission in Permission.objects.filter(content_type__model="building")
    }
    teams = {team.code: team for team in Team.objects.all()}
    BuildingGrant.objects.bulk_create(
        BuildingGrant(
            group_id=teams[team].group_id, permission=permissions[f"{action}_building"], content_object=building
        )
        for action, team, building in dict.fromkeys(
            (action, team, building)
            for team, actions, owner in GRANTS
            for building in buildings
            if building.owner.code == owner
            for action in actions
        )
    )


def _open(buildings: Any, rooms: list[Room]) -> None:
    """Day and night, from two years back to two years on; a span that closes when it opens lasts to the next day."""
    today = timezone.localdate()
    first, last = today - dt.timedelta(days=730), today + dt.timedelta(days=730)
    periods = OpeningPeriod.objects.bulk_create(
        OpeningPeriod(building=building, name="Het hele jaar", starts=first, ends=last) for building in buildings
    )
    OpeningSpan.objects.bulk_create(
        OpeningSpan(period=period, weekday=weekday, opens=dt.time(0), closes=dt.time(0))
        for period in periods
        for weekday in range(7)
    )
    during = (at(first), at(last + dt.timedelta(days=1)))
    OpenRange.objects.bulk_create(OpenRange(room=room, during=during) for room in rooms)


def at(day: dt.date, clock: str = "00:00") -> dt.datetime:
    """A moment on the clock of Brussels: `at(dt.date(2027, 3, 2), "19:30")`."""
    return dt.datetime.combine(day, dt.time.fromisoformat(clock), BRUSSELS)


def ahead(days: int, clock: str = "19:30") -> dt.datetime:
    """A moment so many days from today; below nought it is past."""
    return at(timezone.localdate() + dt.timedelta(days=days), clock)


@transaction.atomic
def booked(room: Room, starts: dt.datetime, hours: float = 2, *, by: User | None = None, **details: Any) -> Booking:
    """A booking as it stands once all is decided, with its occupancy; of the organisation of `by`, else of the city."""
    organisation = (by and by.organisation) or Organisation.objects.get(code="stad")
    if "association" not in details:
        details = {"organisation": organisation, "is_shared": organisation.kind not in DISCREET, **details}
    booking = Booking.objects.create(
        room=room, starts=starts, ends=details.pop("ends", starts + dt.timedelta(hours=hours)), created_by=by,
        **{"title": "Repetitie", "persons": 10, "state": Booking.State.CONFIRMED, **details},
    )  # fmt: skip
    if booking.state in OCCUPYING:
        during = (booking.starts, booking.ends + dt.timedelta(minutes=room.turnaround))
        Occupancy.objects.bulk_create(
            Occupancy(space=space, during=during, booking=booking) for space in room.spaces.all()
        )
    return booking
