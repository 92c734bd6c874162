"""The matrix of care: who may view the area reads its grid, each organisation writes its own lines in it.

What the OCMW keeps to itself, a line or a count, does not exist for anybody else.
"""

from tests.permissions.matrix import Row
from tests.permissions.people import ANYBODY, COLLEAGUES, READS, VIEWING

NORTH = READS["own area"]
CHANTAL = {"coordinator.ocmw"}
OCMW = CHANTAL | {"buurtwerker", "verpleegkundige"}
WRITING = OCMW | {"projectmedewerker"}
DESK = {"dienstencentrum"}  # of the OCMW, and reads
YEAR, OPEN, INTERNAL = "care year", "line of the OCMW", "internal line of the OCMW"

ROWS = [
    Row("care:grid", passes=VIEWING, get={200: VIEWING}),
    Row("care:matrix", YEAR, VIEWING, get={200: NORTH}),
    Row("care:paper", YEAR, VIEWING, get={200: NORTH}),
    Row("care:comparison", YEAR, VIEWING, get={200: NORTH}),
    Row("care:fixing", YEAR, VIEWING, post={302: CHANTAL, 403: NORTH - CHANTAL}),
    Row("care:taking-over", YEAR, VIEWING, post={302: CHANTAL, 403: NORTH - CHANTAL}),
    Row("care:entry-add", YEAR, VIEWING, get={200: WRITING, 403: NORTH - WRITING},
        post={422: WRITING, 403: NORTH - WRITING}),
    Row("care:entry", OPEN, VIEWING, get={200: OCMW, 403: NORTH - OCMW}, post={422: OCMW, 403: NORTH - OCMW}),
    Row("care:entry", INTERNAL, VIEWING, get={200: OCMW, 403: DESK}, post={422: OCMW, 403: DESK}),
    Row("care:entry-removal", OPEN, VIEWING, post={302: OCMW, 403: NORTH - OCMW}),
    Row("care:entry-removal", INTERNAL, VIEWING, post={302: OCMW, 403: DESK}),
    Row("care:service-points", get={200: COLLEAGUES}),
    Row("care:service-point", "service point", get={200: COLLEAGUES}),
    Row("care:service-point-add", get={200: WRITING, 403: COLLEAGUES - WRITING},
        post={422: WRITING, 403: COLLEAGUES - WRITING}),
    *(Row(f"care:service-point-{does}", "service point", get={200: OCMW, 403: COLLEAGUES - OCMW},
          post={422: OCMW, 403: COLLEAGUES - OCMW}) for does in ("edit", "move")),
    Row("care:service-point-stay", "move of a service point", post={302: OCMW, 403: COLLEAGUES - OCMW}),
    Row("points", "", ANYBODY, get={200: ANYBODY}),
    Row("points-area", "area of news", ANYBODY, get={200: ANYBODY}),
    Row("care:attention", get={200: OCMW | DESK}),
    Row("care:attention-counts", post={422: OCMW, 403: DESK}),
    Row("care:attention-appointments", post={422: OCMW, 403: DESK}),
    Row("care:attention-done", "attention appointment", post={302: OCMW, 403: DESK}),
    Row("care:attention-removal", "attention appointment", post={302: OCMW, 403: DESK}),
]  # fmt: skip
