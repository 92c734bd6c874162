"""The matrix of use: everybody sees how full it is; what a closing would mean is asked by who answers for buildings."""

from tests.permissions.matrix import Row
from tests.permissions.people import COLLEAGUES, COORDINATING

MANAGING = {"gebouwbeheerder", "deelgemeente"}  # the houses of the city
ASKING = COORDINATING | MANAGING | {"dienstencentrum", "vereniging"}  # each has a house to keep
COUNTED = {302: MANAGING, 403: COLLEAGUES - MANAGING}
ROWS = [
    Row("reservations:use", get={200: COLLEAGUES}),
    Row("reservations:use-sheet", get={200: COLLEAGUES}),
    Row("reservations:consolidation", passes=ASKING, get={200: ASKING}, post={422: ASKING}),
    # Asked by Bram: the other coordinators see it too, a keeper sees their own.
    Row("reservations:consolidation-answer", "answer", passes=ASKING, get={200: COORDINATING}),
    Row("reservations:consolidation-progress", "answer", passes=ASKING, get={200: COORDINATING}),
    Row("reservations:consolidation-sheet", "answer", passes=ASKING, get={}),  # there is none before it is done
    Row("reservations:booking-count", "shared booking", post=COUNTED),
]
