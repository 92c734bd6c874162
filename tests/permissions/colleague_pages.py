"""The matrix of who is who, who is away, joint tables and case consultations."""

from tests.permissions.matrix import Row
from tests.permissions.people import ADMINISTERING, AREA_WORKING, COLLEAGUES, READS, VIEWING, WORKING

KEEPING = {"gebiedswerker", "coordinator", "coordinator.rand", "beheerder"}  # Els herself, and who keeps the city's
MAKING = AREA_WORKING | ADMINISTERING
# Of another house, and following no area.
APART = {"vereniging", "fluvius", "beheerder.ocmw", "beheerder.politie", "dpo.ocmw", "dpo.politie"}
SAT_THERE = {"verpleegkundige", "wijkinspecteur.zuid", "dpo.ocmw", "dpo.politie"}
CALLED, TOLD = {"verpleegkundige"}, SAT_THERE - {"verpleegkundige"}

ROWS = [
    Row("teams:absences", get={200: COLLEAGUES}, post={422: COLLEAGUES}),
    Row("teams:absence", "absence", get={200: KEEPING}, post={422: KEEPING}),
    Row("teams:absence-withdrawal", "absence", post={302: KEEPING}),
    Row("teams:reach", get={200: COLLEAGUES}, post={302: COLLEAGUES}),
    Row("teams:face", post={422: COLLEAGUES}),
    Row("teams:face-removal", post={302: COLLEAGUES}),
    Row("teams:face-of", "face", get={200: COLLEAGUES - APART}),
    Row("teams:presence-add", post={422: COLLEAGUES}),
    Row("teams:presence-ending", "presence", post={302: {"gebiedswerker"}}),
    Row("teams:team-add", passes=MAKING, get={200: MAKING}, post={422: MAKING}),
    Row("teams:external-add", "joint team", passes=MAKING, get={200: MAKING}, post={422: MAKING}),
    Row("teams:external", "external member", passes=MAKING, get={200: MAKING}, post={422: MAKING}),
    Row("directory:directory", "area", passes=VIEWING, get={200: READS["own area"]}),
    Row("consultations:consultations", get={200: COLLEAGUES}),
    Row("consultations:consultation-add", passes=WORKING, get={200: WORKING}, post={422: WORKING}),
    Row("consultations:consultation", "consultation", get={200: SAT_THERE}),
    Row(
        "consultations:consultation-edit", "consultation",
        get={200: CALLED, 403: TOLD}, post={422: CALLED, 403: TOLD},
    ),
]  # fmt: skip
