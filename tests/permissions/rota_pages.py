"""The matrix of the rota: who may view a zone sees who serves there; rounds are the team’s, drafts their makers’."""

from tests.permissions.matrix import Codes, Row
from tests.permissions.people import ADMINISTERING, ANYBODY, COLLEAGUES, COORDINATING, VIEWING

READING = VIEWING | {"beheerder"}
GUARDED = COORDINATING | ADMINISTERING | {"projectmedewerker"}
MANAGING = {"coordinator", "coordinator.rand", "beheerder"}  # the wardens are a service of the city
INSIDE = MANAGING | {"gemeenschapswacht"}
TOLD = GUARDED & READING - MANAGING


def managed(code: int) -> Codes:
    return {code: MANAGING, 403: TOLD}


ROWS = [
    Row("rota:rotas", get={200: COLLEAGUES}),
    Row("rota:rota", "rota", get={200: READING}),
    Row("rota:week", "rota", get={200: INSIDE, 403: READING - INSIDE}),
    Row("rota:calendar", get={200: COLLEAGUES}, post={200: COLLEAGUES}),
    Row("rota:calendar-revocation", post={302: COLLEAGUES}),
    Row("rota:calendar-file", "calendar of a warden", ANYBODY, get={200: ANYBODY}),
    Row("rota:calendar-file", "invented calendar", ANYBODY, get={404: ANYBODY}),
    Row("rota:rota-add", "", GUARDED, get={200: GUARDED}, post={422: GUARDED}),
    Row("rota:settings", "rota", GUARDED, get=managed(200), post=managed(422)),
    Row("rota:pattern-add", "rota", GUARDED, post=managed(422)),
    Row("rota:pattern-removal", "round of a rota", GUARDED, post=managed(302)),
    Row("rota:draft", "rota", GUARDED, post=managed(302)),
    Row("rota:filling", "rota", GUARDED, post=managed(302)),
    Row("rota:version", "draft of a rota", GUARDED, get=managed(200)),
    Row("rota:version-periods", "draft of a rota", GUARDED, post=managed(422)),
    Row("rota:version-change", "draft of a rota", GUARDED, get=managed(200), post=managed(422)),
    Row("rota:version-publication", "draft of a rota", GUARDED, get=managed(200), post=managed(422)),
    Row("rota:version-removal", "draft of a rota", GUARDED, post=managed(302)),
]
