"""The matrix of buildings and rooms: every colleague looks them up, and may know that their keepers keep them."""

from tests.permissions.matrix import Codes, Row
from tests.permissions.people import COLLEAGUES

LOOKED_UP = {
    "building": ["building"], "room": ["room"], "withdrawn room": ["room"],
    "photo": ["photo", "photo-thumbnail"],
}  # fmt: skip
READ = {
    "building": ["building-history", "opening", "closures", "spaces"],
    "closure": ["closure"],
}
WRITTEN = {
    "building": ["building-edit", "building-photos", "room-add", "period-add", "closure-add"],
    "room": ["room-edit", "room-photos"],
    "hours": ["period-edit"],
    "photo": ["photo-description"],
}
DONE = {
    "room": ["room-withdrawal"],
    "withdrawn room": ["room-return"],
    "photo": ["photo-first", "photo-removal"],
    "closure": ["closure-lifting"],
}


def of(owner: str, keepers: set[str], administrator: str, *, without_hours: int = 302) -> list[Row]:
    """The 403 is for whoever knows the building, which is everybody. Taking hours away is done (302), or looked at
    first (422) where a booking would fall outside."""
    others = COLLEAGUES - keepers
    reads: Codes = {200: keepers, 403: others}
    acts: Codes = {302: keepers, 403: others}
    governing = keepers | {administrator}
    rights: tuple[Codes, Codes] = {200: governing, 403: others - governing}, {422: governing, 403: others - governing}
    kinds: list[tuple[dict[str, list[str]], Codes | None, Codes | None]] = [
        (LOOKED_UP, {200: COLLEAGUES}, None),
        (READ, reads, None),
        (WRITTEN, reads, reads),
        (DONE, None, acts),
        ({"hours": ["period-removal"]}, reads, {without_hours: keepers, 403: others}),
        ({"building": ["rights"]}, *rights),
        ({"building": ["space-split", "space-join"]}, None, {422: keepers, 403: others}),
    ]
    return [
        Row(f"reservations:{address}", f"{on} of the {owner}", get=get, post=post)
        for table, get, post in kinds
        for on, addresses in table.items()
        for address in addresses
    ]


ROWS = [
    Row("reservations:buildings", get={200: COLLEAGUES}),
    *[
        Row(f"reservations:calendar-{form}", get={200: COLLEAGUES})
        for form in ("day", "week", "month", "agenda", "duty")
    ],
    Row("reservations:calendar-door", "room of the city", get={200: COLLEAGUES}),
    *of("city", {"deelgemeente", "gebouwbeheerder"}, "beheerder", without_hours=422),
    *of("OCMW", {"dienstencentrum"}, "beheerder.ocmw"),
]
