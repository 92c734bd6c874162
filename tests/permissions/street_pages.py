"""The matrix of what a shift must know: who works in the area reads it, and its team writes it.

What the police keep to themselves does not exist for anybody else.
"""

from tests.permissions.matrix import Row
from tests.permissions.people import AREA_WORKING, READS, VIEWING

NORTH = READS["own area"]
# The area team of Overleie.
TEAM = {"coordinator", "coordinator.ocmw", "gebiedswerker", "buurtwerker", "wijkinspecteur"}
POLICE = {"coordinator.politie", "wijkinspecteur", "wijkinspecteur.zuid"}
WARD = {"wijkinspecteur"}
WALKING = AREA_WORKING | {"buurtwerker", "gemeenschapswacht", "wijkinspecteur", "wijkinspecteur.zuid"}
WARDEN = {"gemeenschapswacht"}
JOINT, INSIDE, HERE, ROUND = "joint flag", "flag of the police", "area to brief", "round of nobody"
WALKED = "round of a warden"

ROWS = [
    Row("flags:flags", passes=VIEWING, get={200: VIEWING}),
    Row("flags:flag-add", passes=VIEWING, get={200: VIEWING}, post={422: VIEWING}),
    Row("flags:flag", JOINT, VIEWING, get={200: NORTH}),
    Row("flags:flag", INSIDE, VIEWING, get={200: POLICE}),
    *(
        Row(f"flags:flag-{act}", on, VIEWING, get={200: by, 403: told - by}, post={422: by, 403: told - by})
        for act in ("edit", "review", "ending")
        for on, by, told in ((JOINT, TEAM, NORTH), (INSIDE, WARD, POLICE))
    ),
    Row("briefing:briefing", passes=VIEWING, get={200: VIEWING}),
    Row("briefing:reading", HERE, VIEWING, post={302: NORTH}),
    Row("briefing:note", HERE, VIEWING, post={422: NORTH}),
    Row("rounds:rounds", passes=VIEWING, get={200: VIEWING}),
    Row("rounds:round-add", passes=WALKING, get={200: WALKING}, post={422: WALKING}),
    Row("rounds:round-correction", ROUND, WALKING, get={}, post={}),
    Row("rounds:round-correction", WALKED, WALKING, get={200: WARDEN}, post={422: WARDEN}),
    Row("rounds:round-withdrawal", ROUND, WALKING, post={302: WALKING}),
]
