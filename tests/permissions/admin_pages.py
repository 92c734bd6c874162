"""The matrix of the reference data: for administrators, who each keep what is their organisation's."""

from tests.permissions.matrix import Codes, Row
from tests.permissions.people import ADMINISTERING

ALL, NOBODY = ADMINISTERING, set[str]()
CITY, OCMW, POLICE = {"beheerder"}, {"beheerder.ocmw"}, {"beheerder.politie"}


def row(address: str, get: Codes | None, post: Codes | None, on: str = "", other: int = 403) -> Row:
    """Who is no administrator is sent to the start page, before anything is looked up."""
    return Row(f"admin:{address}", on, ALL, get=get, post=post, other=other, stop=302)


def model(name: str, *, adds: set[str], changes: set[str], own: bool = False) -> list[Row]:
    """`own`: what is another organisation's is not there, which a form of the admin says by a way back to the list."""
    sees = changes if own else ALL
    return [
        row(f"{name}_changelist", {200: ALL}, {200: ALL}),
        row(f"{name}_add", {200: adds}, {200: adds}),
        row(f"{name}_history", {200: sees}, {200: sees}, name, 404),
        row(f"{name}_change", {200: sees}, {200: changes}, name, 302 if own else 403),
        row(f"{name}_delete", {403: ALL}, {403: ALL}, name),  # signals and reports keep pointing at it
    ]


def closed(name: str, history: int) -> list[Row]:
    """What a library brings and nobody keeps there."""
    kinds = [("changelist", "", 403), ("add", "", 403), ("history", name, history), ("change", name, 403),
             ("delete", name, 403)]  # fmt: skip
    return [row(f"{name}_{kind}", {code: ALL}, {code: ALL}, on) for kind, on, code in kinds]


ROWS = [
    row("index", {200: ALL}, {200: ALL}),
    row("app_list", {200: ALL}, {200: ALL}, "app"),
    row("jsi18n", {200: ALL}, None),
    row("autocomplete", {403: ALL}, None),
    row("logout", None, {200: ALL}),
    row("password_change", {200: ALL}, {200: ALL}),
    row("password_change_done", {200: ALL}, None),
    *model("areas_areaset", adds=NOBODY, changes=CITY),
    *model("areas_area", adds=NOBODY, changes=CITY),
    *model("areas_place", adds=CITY, changes=CITY),
    *model("areas_sectorward", adds=NOBODY, changes=POLICE),
    *model("teams_targetgroup", adds=OCMW, changes=OCMW),
    *model("teams_careneed", adds=OCMW, changes=OCMW),
    *model("teams_organisation", adds=NOBODY, changes=CITY, own=True),
    *model("teams_phenomenon", adds=CITY, changes=CITY),
    *model("signals_category", adds=ALL, changes=CITY, own=True),
    *model("reservations_building", adds=ALL, changes=CITY, own=True),
    *model("reservations_schoolholiday", adds=CITY, changes=CITY),
    *model("reservations_pricegroup", adds=CITY, changes=CITY),
    *model("reservations_pricemoment", adds=CITY, changes=CITY),
    *model("reservations_priceband", adds=CITY, changes=CITY),
    *model("reservations_discountreason", adds=CITY, changes=CITY),
    *closed("auth_group", 403),
    *closed("account_emailaddress", 302),
]
