"""The matrix of booking: everybody who is signed in finds a room and asks for it; the rest is by right."""

from tests.permissions.matrix import Codes, Row
from tests.permissions.people import ANYBODY, COLLEAGUES

KEEPING = {"gebouwbeheerder", "deelgemeente"}  # the houses of the city
ANSWERING = KEEPING | {"coordinator.politie", "dienstencentrum", "vereniging"}  # of some house
READING = {"coordinator.ocmw", "buurtwerker", "verpleegkundige", "dienstencentrum", "beheerder.ocmw", "dpo.ocmw"}


def booking(on: str, *, reads: set[str], writes: set[str], confirms: set[str], state: str) -> list[Row]:
    """404 to who may not read it, 403 to who may and does not hold it."""
    others = reads - writes

    def by(code: int, whom: set[str]) -> Codes:
        return {code: whom, 403: reads - whom}

    asked = state == "requested"
    told = KEEPING & writes
    pages: list[tuple[str, Codes | None, Codes | None]] = [
        ("", {200: reads}, None),
        ("-history", {200: reads}, None),
        ("-move", {200: writes, 403: others}, by(422, writes)),
        ("-change", {200: writes, 403: others}, by(422, writes)),
        ("-things", {200: writes, 403: others}, by(422, writes)),
        ("-cancellation", None, by(302, writes)),
        ("-again", None, by(409, writes)),
        ("-confirmation", None, by(302 if asked else 409, confirms)),
        ("-treatment", None, by(302 if asked else 409, told)),
        ("-return", None, by(409, told)),
        ("-refusal", None, by(422, told)),
    ]
    return [Row(f"reservations:booking{name}", on, get=get, post=post) for name, get, post in pages]


ELS = {"gebiedswerker"} | KEEPING
ROWS = [
    Row("reservations:booking-add", get={302: COLLEAGUES}, post={302: COLLEAGUES}),
    Row(
        "reservations:requests",
        get={200: ANSWERING, 403: COLLEAGUES - ANSWERING},
    ),
    *booking("shared booking", reads=COLLEAGUES, writes=ELS, confirms=KEEPING, state="confirmed"),
    *booking("request", reads=COLLEAGUES, writes=ELS, confirms=KEEPING, state="requested"),
    *booking("booking not shared", reads=READING, writes={"verpleegkundige"}, confirms=set(), state="confirmed"),
    Row("reservations:booking-again", "booking cancelled", post={302: ELS, 403: COLLEAGUES - ELS}),
    Row("reservations:booking-return", "booking in treatment", post={302: KEEPING, 403: COLLEAGUES - KEEPING}),
    # Everybody may subscribe; who made a calendar revokes it; its address opens it for whoever has that.
    Row("reservations:feeds", get={200: COLLEAGUES}, post={422: COLLEAGUES}),
    Row("reservations:from-calendar", get={200: COLLEAGUES}, post={422: COLLEAGUES}),
    Row("reservations:feed-revocation", "calendar of Els", post={302: {"gebiedswerker"}}),
    Row("reservations:feed", "address of a calendar", ANYBODY, get={200: ANYBODY}),
    Row("reservations:feed", "address of a revoked calendar", ANYBODY, get={410: ANYBODY}),
    Row("reservations:feed", "invented status link", ANYBODY, get={404: ANYBODY}),
    Row("reservations:series", "series", get={200: COLLEAGUES}),
    Row(
        "reservations:series-change",
        "series",
        get={200: ELS, 403: COLLEAGUES - ELS},
        post={422: ELS, 403: COLLEAGUES - ELS},
    ),
    Row("reservations:series-cancellation", "series", post={302: ELS, 403: COLLEAGUES - ELS}),
    Row(
        "reservations:series-end",
        "series",
        get={200: ELS, 403: COLLEAGUES - ELS},
        post={422: ELS, 403: COLLEAGUES - ELS},
    ),
    Row("reservations:series-confirmation", "series", post={302: KEEPING, 403: COLLEAGUES - KEEPING}),
    Row("reservations:series-refusal", "series", post={302: KEEPING, 403: COLLEAGUES - KEEPING}),
]
