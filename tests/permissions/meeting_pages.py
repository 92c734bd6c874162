"""The matrix of meetings: who may view the area reads along, members fill the agenda, who leads plans and closes."""

from tests.permissions.matrix import Row
from tests.permissions.people import AREA_WORKING, COLLEAGUES, COORDINATING, READS

NORTH = READS["own area"]
MEMBERS = {"coordinator", "coordinator.ocmw", "gebiedswerker", "buurtwerker", "wijkinspecteur"}
LEADING = {"coordinator", "coordinator.ocmw", "gebiedswerker"}
PLANNING = COORDINATING | AREA_WORKING
TOLD, LED = NORTH - MEMBERS, NORTH - LEADING

ROWS = [
    Row("meetings:meetings", get={200: COLLEAGUES}),
    Row("meetings:decisions", get={200: COLLEAGUES}),
    Row("meetings:meeting-add", passes=PLANNING, get={200: PLANNING}, post={422: PLANNING}),
    Row("meetings:agenda", "agenda of Overleie", get={200: NORTH}, post={422: MEMBERS, 403: TOLD}),
    Row("meetings:meeting", "meeting", get={200: NORTH}),
    Row("meetings:meeting-points", "meeting", post={422: MEMBERS, 403: TOLD}),
    Row("meetings:meeting-edit", "meeting", get={200: LEADING, 403: LED}, post={422: LEADING, 403: LED}),
    Row("meetings:meeting-cancellation", "meeting", post={302: LEADING, 403: LED}),
    Row("meetings:room-move", "meeting", post={302: MEMBERS, 403: TOLD}),
    Row("meetings:room-release", "meeting", post={302: MEMBERS, 403: TOLD}),
    Row("meetings:minutes", "meeting held", get={200: NORTH}, post={302: LEADING, 403: LED}),
    Row("meetings:minutes-pdf", "meeting held", get={200: NORTH}),
    Row("meetings:point", "point", get={200: NORTH}, post={422: MEMBERS, 403: TOLD}),
    Row("meetings:point-correction", "point ended", get={200: LEADING, 403: LED}, post={422: LEADING, 403: LED}),
    Row("meetings:point-place", "point", post={302: MEMBERS, 403: TOLD}),
    Row("meetings:point-meeting", "point", post={302: MEMBERS, 403: TOLD}),
]
