"""The matrix of the register and of what there is to do; and of what anybody opens without signing in."""

from tests.permissions.matrix import Codes, Row
from tests.permissions.people import ANYBODY, COLLEAGUES

KEEPING = {"coordinator", "coordinator.rand", "deelgemeente", "gebouwbeheerder", "beheerder"}  # the city's
OF_OCMW = {"coordinator.ocmw", "buurtwerker", "dienstencentrum", "beheerder.ocmw"}
TELLING = KEEPING | OF_OCMW | {"gebiedswerker", "projectmedewerker", "coordinator.politie", "beheerder.politie"}
IN_OCMW = OF_OCMW | {"verpleegkundige", "dpo.ocmw"}


def only(whom: set[str], code: int = 200) -> Codes:
    return {code: whom, 403: COLLEAGUES - whom}


def of(on: str, *, reads: set[str], writes: set[str]) -> list[Row]:
    def by(code: int) -> Codes:
        return {code: writes, 403: reads - writes}

    return [
        Row("reservations:activity", on, get={200: reads}),
        Row("reservations:activity-uit", on, get={200: reads}),
        Row("reservations:activity-edit", on, get=by(200), post=by(422)),
        Row("reservations:activity-history", on, get=by(200)),
        Row("reservations:activity-date", on, post=by(302)),
        Row("reservations:activity-removal", on, post=by(302)),
    ]


ROWS = [
    Row("reservations:associations", get={200: COLLEAGUES}),
    Row("reservations:associations-sheet", get={200: COLLEAGUES}),
    Row("reservations:associations-import", get=only(KEEPING), post=only(KEEPING, 422)),
    Row("reservations:association", "association", get={200: COLLEAGUES}),
    Row("reservations:association-add", get=only(KEEPING), post=only(KEEPING, 422)),
    Row("reservations:association-edit", "association", get=only(KEEPING), post=only(KEEPING, 422)),
    Row("reservations:association-merge", "association", get=only(KEEPING), post=only(KEEPING, 422)),
    Row("reservations:association-history", "association", get=only(KEEPING)),
    Row("reservations:contact-add", "association", get=only(KEEPING), post=only(KEEPING, 422)),
    Row("reservations:contact-edit", "contact", get=only(KEEPING), post=only(KEEPING, 422)),
    Row("reservations:contact-erasure", "contact", post=only(KEEPING, 302)),
    Row("reservations:activities", get={200: COLLEAGUES}),
    Row("reservations:activities-uit", get={200: COLLEAGUES}),
    Row("reservations:activities-import", get=only(KEEPING), post=only(KEEPING, 422)),
    Row("reservations:activity-add", get=only(TELLING), post=only(TELLING, 422)),
    *of("activity of an association", reads=COLLEAGUES, writes=KEEPING),
    *of("activity of the OCMW", reads=COLLEAGUES, writes=OF_OCMW),
    *of("activity within the OCMW", reads=IN_OCMW, writes=OF_OCMW),
    Row("areas-doing", "", ANYBODY, get={200: ANYBODY}),
    Row("doing", "area page", ANYBODY, get={200: ANYBODY}),
    Row("doing-calendar", "area page", ANYBODY, get={200: ANYBODY}),
    Row("room-by-mail", "", ANYBODY, get={200: ANYBODY}, post={422: ANYBODY}),
    Row("room-link", "room link", ANYBODY, get={302: ANYBODY}),
    Row("room-link", "invented link", ANYBODY, get={410: ANYBODY}),
    Row("contact-renewal", "renewal link", ANYBODY, get={200: ANYBODY}, post={200: ANYBODY}),
    Row("contact-renewal", "invented link", ANYBODY, get={410: ANYBODY}, post={410: ANYBODY}),
    # Without a link in the session all of it begins with an address.
    Row("room-ask", "", ANYBODY, get={302: ANYBODY}, post={302: ANYBODY}),
    Row("room-cancellation", "invented booking", ANYBODY, post={302: ANYBODY}),
    Row("room-leave", "", ANYBODY, post={302: ANYBODY}),
]
