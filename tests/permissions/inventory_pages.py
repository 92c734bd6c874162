"""The matrix of the inventory, and of what is lifted to it: read by who views the area, kept by the team."""

from tests.permissions.matrix import Row
from tests.permissions.people import CASES, COLLEAGUES, GONE, READS, WORKING

FOLLOWS = READS["own area"]
KEEPS = {"coordinator", "coordinator.ocmw", "gebiedswerker", "buurtwerker", "wijkinspecteur"}  # the team of Overleie
TOLD = FOLLOWS - KEEPS
IN_A_TEAM = COLLEAGUES - {GONE}
OPEN = {"own area", "other area"}
ROWS = [
    Row("inventory:actions", get={200: COLLEAGUES}),
    Row("inventory:actions-sheet", get={200: COLLEAGUES}),
    Row("inventory:action-add", get={200: IN_A_TEAM, 403: {GONE}}, post={422: IN_A_TEAM, 403: {GONE}}),
    Row("inventory:action", "action", get={200: FOLLOWS}),
    Row("inventory:action-history", "action", get={200: FOLLOWS}),
    Row("inventory:action-edit", "action", get={200: KEEPS, 403: TOLD}, post={422: KEEPS, 403: TOLD}),
    Row("inventory:action-status", "step of an action", post={302: KEEPS, 403: TOLD}),
    Row("inventory:action-figures", "action", post={422: KEEPS, 403: TOLD}),
    Row("inventory:action-figure-removal", "figure of an action", post={302: KEEPS, 403: TOLD}),
    *[
        Row(
            "signals:signal-policy", f"signal, {case}", WORKING, get={200: READS[case]},
            post={422 if case in OPEN else 409: READS[case]},
        )
        for case in CASES
    ],
    Row("signals:dossier-policy", "open dossier", WORKING, get={200: FOLLOWS}, post={422: FOLLOWS}),
    Row("signals:dossier-policy", "sealed dossier", WORKING, get={200: {"verpleegkundige"}},
        post={409: {"verpleegkundige"}}),
]  # fmt: skip
