"""The matrix of the tablet: its shell is everybody's, what it says and takes is of who is signed in, and what it
answers is never a redirect. And of the page where coordinators see which tablet holds what."""

from tests.permissions.matrix import Codes, Row
from tests.permissions.pages import act, page
from tests.permissions.people import ANYBODY, COLLEAGUES, COORDINATING, REGISTERING, RULING

CITY = {"coordinator", "coordinator.rand"}
BRINGS = {"gemeenschapswacht"} | CITY  # who wrote it, and who coordinates there
NO_SIGN_IN = 401


def spoken(
    address: str, on: str = "", *, get: Codes | None = None, post: Codes | None = None, put: Codes | None = None
) -> Row:
    """What modules talk to: a sentence in JSON for who is not signed in, and for who may not."""
    return Row(address, on, COLLEAGUES, get=get, post=post, put=put, other=403, stranger=NO_SIGN_IN)


SHELL = [
    page("field", ANYBODY),
    page("field-worker", ANYBODY),
    page("field-manifest", ANYBODY),
    page("field-map", ANYBODY),
    Row("field-standing", "", ANYBODY, get={200: ANYBODY}, post={204: ANYBODY}),
]
TALK = [
    spoken("field-shift", post={422: REGISTERING}),
    spoken("field-shift-end", post={204: COLLEAGUES}),
    spoken("field-reading", get={200: REGISTERING}),
    spoken("field-read", post={204: COLLEAGUES}),
    spoken("field-record", "record", put={201: BRINGS}),
    spoken("field-record", "record that came", put={200: BRINGS}),
    spoken("field-record", "record without a pass", put={201: CITY}),
    spoken("field-photo", "photo of a record", put={200: BRINGS}),
    spoken("field-photo", "photo that nobody promised", put={404: COLLEAGUES}),
]


def of_tablets() -> list[Row]:
    """Each organisation its own."""
    rows = [page("signals:tablets", RULING), Row("signals:tablet-recovery", "", COORDINATING, post={422: COORDINATING})]
    for name, by in (
        ("city", CITY | {"beheerder"}),
        ("OCMW", {"coordinator.ocmw", "beheerder.ocmw"}),
    ):
        on = f"tablet of the {name}"
        rows += [
            Row("signals:tablet", on, RULING, get={200: by}, post={200: by}),
            act("signals:tablet-order", on, by, to=RULING),
            act("signals:tablet-revocation", on, by, to=RULING),
        ]
    return rows


ROWS = [*SHELL, *TALK, *of_tablets()]
