"""The matrix of seasons: everybody sees whose hours are whose; who asked for what, only who asked and the keepers."""

from tests.permissions.matrix import Row
from tests.permissions.people import COLLEAGUES

KEEPING = {"gebouwbeheerder", "deelgemeente"}  # the houses of the city
MANAGING = KEEPING | {"coordinator.politie", "dienstencentrum", "vereniging"}  # of some house
ASKING = {"coordinator.ocmw", "buurtwerker", "verpleegkundige", "dienstencentrum", "beheerder.ocmw", "dpo.ocmw"}
READS = {200: KEEPING, 403: COLLEAGUES - KEEPING}
ROWS = [
    Row("reservations:seasons", get={200: COLLEAGUES}),
    Row(
        "reservations:season-add",
        get={200: MANAGING, 403: COLLEAGUES - MANAGING},
        post={422: MANAGING, 403: COLLEAGUES - MANAGING},
    ),
    Row("reservations:season", "season", get={200: COLLEAGUES}),
    Row("reservations:season-edit", "season", get=READS, post={422: KEEPING, 403: COLLEAGUES - KEEPING}),
    Row("reservations:season-division", "season", get=READS, post={302: KEEPING, 403: COLLEAGUES - KEEPING}),
    Row("reservations:season-settlement", "season", post={302: KEEPING, 403: COLLEAGUES - KEEPING}),
    Row("reservations:season-request-add", "season", get={200: COLLEAGUES}, post={422: COLLEAGUES}),
    Row("reservations:season-request", "request for the season", get={200: ASKING | KEEPING}),
    Row("reservations:season-request-withdrawal", "request for the season", post={302: ASKING, 403: KEEPING}),
    Row("reservations:season-request-decision", "request for the season", post={422: KEEPING, 403: ASKING}),
    Row("reservations:allocations", "building of the city", get={200: COLLEAGUES}),
    Row(
        "reservations:allocation-add",
        "building of the city",
        get=READS,
        post={422: KEEPING, 403: COLLEAGUES - KEEPING},
    ),
    Row("reservations:allocation", "hours kept", get={200: COLLEAGUES}),
    Row("reservations:allocation-withdrawal", "hours kept", post={302: KEEPING, 403: COLLEAGUES - KEEPING}),
    Row(
        "reservations:allocation-return",
        "hours kept",
        post={302: KEEPING | ASKING, 403: COLLEAGUES - KEEPING - ASKING},
    ),
    Row("reservations:allocation-series", "hours kept", post={422: ASKING, 403: COLLEAGUES - ASKING}),
]
