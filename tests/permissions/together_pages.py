"""The matrix of what puts signals or people together: dossiers, joining, mentions, drafts, mail and its links."""

from tests.permissions.matrix import Row
from tests.permissions.people import (
    ANYBODY,
    CASES,
    COLLEAGUES,
    READS,
    REGISTERING,
    STEERS,
    WORKING,
)  # fmt: skip

FOLLOWS = READS["own area"]  # who views Overleie reads what is open there, dossiers too
KEEPS = {"open dossier": (FOLLOWS, {"coordinator", "uitvoerder"}), "sealed dossier": ({"verpleegkundige"},) * 2}


def of_dossiers() -> list[Row]:
    rows = [
        Row("signals:dossiers", "", WORKING, get={200: WORKING}),
        Row("signals:dossier-add", "", WORKING, get={200: WORKING}, post={200: WORKING}),
    ]
    for on, (reads, keeps) in KEEPS.items():
        told = reads - keeps
        rows += [
            Row("signals:dossier", on, WORKING, get={200: reads}),
            Row("signals:dossier-history", on, WORKING, get={200: reads}),
            Row("signals:dossier-entries", on, WORKING, post={422: keeps, 403: told}),
            Row("signals:dossier-notes", on, WORKING, post={422: keeps, 403: told}),
            Row("signals:dossier-closure", on, WORKING, post={422: keeps, 403: told}),
            Row("signals:dossier-reopening", on, WORKING, post={302: keeps, 403: told}),
            Row("signals:dossier-removal", f"entry of {on}", WORKING, post={302: keeps, 403: told}),
        ]
    return rows


def of_joining() -> list[Row]:
    rows = [Row("signals:joining-undo", "joining", WORKING, post={302: STEERS["own area"], 403: FOLLOWS})]
    for case in CASES:
        told = READS[case] - STEERS[case]
        for address in ("signals:signal-joining", "signals:signal-splitting"):
            codes = {200: STEERS[case], 403: told}
            rows.append(Row(address, f"signal, {case}", WORKING, get=codes, post={422: STEERS[case], 403: told}))
    return rows


ROWS = [
    *of_dossiers(),
    *of_joining(),
    *[Row("signals:signal-colleagues", f"signal, {case}", WORKING, get={200: READS[case]}) for case in CASES],
    Row("signals:intake-draft", "", REGISTERING, post={200: REGISTERING}),
    Row("signals:intake-draft-removal", "", REGISTERING, post={302: REGISTERING}),
    Row("signals:intake-answers", "", REGISTERING, post={200: REGISTERING}),
    Row("teams:me-mail", "", COLLEAGUES, post={302: COLLEAGUES}),
    Row("task-offer", "link to a task", ANYBODY, get={200: ANYBODY}, post={200: ANYBODY}),
    Row("task-offer", "invented link to a task", ANYBODY, get={404: ANYBODY}, post={404: ANYBODY}),
]
