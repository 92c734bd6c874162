"""The matrix of plans: who follows the area reads, who has the pen writes, everybody reads what is public."""

from tests.permissions.matrix import Row
from tests.permissions.pages import page
from tests.permissions.people import ANYBODY, AREA_WORKING, COLLEAGUES, COORDINATING, NOBODY, READS

PENS = COORDINATING | AREA_WORKING  # area worker, project officer or coordinator in some team
WRITES = {
    "plan": (READS["own area"], {"coordinator", "coordinator.ocmw", "gebiedswerker"}),
    "plan elsewhere": (READS["other area"] - {"uitvoerder"}, {"deelgemeente"}),  # he works there, and views it not
}


def written(address: str, on: str, code: int) -> list[Row]:
    """A form of a plan, or of a goal of it; sent without a word it answers `code`."""
    rows = []
    for plan, (reads, writes) in WRITES.items():
        told = reads - writes
        rows.append(Row(address, f"{on}{plan}", get={200: writes, 403: told}, post={code: writes, 403: told}))
    return rows


def sent(address: str, on: str) -> list[Row]:
    return [
        Row(address, f"{on}{plan}", post={302: writes, 403: reads - writes}) for plan, (reads, writes) in WRITES.items()
    ]


ROWS = [
    page("plans:plans"),
    Row("plans:plan-add", get={200: PENS, 403: COLLEAGUES - PENS}, post={422: PENS, 403: COLLEAGUES - PENS}),
    *[Row("plans:plan", plan, get={200: reads}) for plan, (reads, _writes) in WRITES.items()],
    *[Row("plans:goal", f"goal of {plan}", get={200: reads}) for plan, (reads, _writes) in WRITES.items()],
    *written("plans:plan-edit", "", 422),
    *written("plans:goal-add", "", 422),
    *written("plans:goal-edit", "goal of ", 422),
    *written("plans:plan-publication", "", 302),
    *written("plans:plan-withdrawal", "", 422),
    *sent("plans:goal-place", "goal of "),
    *sent("plans:goal-adoption", "goal of "),
    *sent("plans:goal-removal", "goal of "),
    Row("plans:plan-draft", "plan", get={200: READS["own area"]}),
    Row("plans:plan-version", "version of plan", get={200: READS["own area"]}),
    page("plans-public", ANYBODY),
    page("plan-public", ANYBODY, "plan"),
    page("plan-public", ANYBODY, "plan elsewhere", shown=NOBODY),  # a draft
    page("plan-public-document", ANYBODY, "plan"),
    page("plan-public-document", ANYBODY, "plan elsewhere", shown=NOBODY),
]
