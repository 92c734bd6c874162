"""The matrix of everything below one signal: 404 for who may not know of it, 403 for who may read but not act."""

from tests.permissions.matrix import Codes, Row
from tests.permissions.people import ANYBODY, CASES, CORRECTS, NOTES, READS, STEERS, WORKING, WORKS

type May = dict[str, set[str]]


def acting(address: str, on: str, may: May, answer: int) -> list[Row]:
    """Something done by who may; refused to who only reads; and to the others it is not there."""
    return [
        Row(address, f"{on}, {case}", WORKING, post={answer: may[case], 403: READS[case] - may[case]}) for case in CASES
    ]


def reading(address: str, on: str) -> list[Row]:
    return [Row(address, f"{on}, {case}", WORKING, get={200: READS[case]}) for case in CASES]


def form(case: str) -> Codes:
    return {200: WORKS[case], 403: READS[case] - WORKS[case]}


def led(case: str) -> Codes:
    return {302: NOTES[case], 403: READS[case] - NOTES[case]}


def smudging(case: str, answer: int) -> Codes:
    return {answer: NOTES[case], 403: READS[case] - NOTES[case]}


def answered(answer: int) -> Codes:
    return {answer: {"wijkinspecteur"}, 403: {"verpleegkundige"}}


def noted(answer: int) -> Codes:
    return {answer: STEERS["own area"], 403: READS["own area"] - STEERS["own area"]}


def program(address: str, on: str, get: Codes, post: Codes | None = None) -> Row:
    """What a program asks without a key: whoever is signed in beside it gets no more than a stranger."""
    return Row(address, on, ANYBODY, get=get, post=post)


OPEN311 = [
    program("open311:discovery", "form", {200: ANYBODY}),
    program("open311:services", "form", {200: ANYBODY}),
    program("open311:service", "service", {200: ANYBODY}),
    program("open311:requests", "form", {200: ANYBODY}, {403: ANYBODY}),
    # Dumped rubbish is public; of what is limited or sealed there is nothing, for anybody.
    *[program("open311:request", f"request, {case}", {200 if "area" in case else 404: ANYBODY}) for case in CASES],
    program("open311:token", "token", {404: ANYBODY}),
    program("open311:nowhere", "nothing", {404: ANYBODY}, {404: ANYBODY}),
]

ROWS = [
    *OPEN311,
    *reading("signals:signal", "signal"),
    *acting("signals:signal-closure", "signal", STEERS, 422),
    *acting("signals:signal-undo", "signal", STEERS, 422),
    *acting("signals:signal-cancellation", "signal", STEERS, 422),
    *acting("signals:signal-reopening", "signal", STEERS, 422),
    *acting("signals:signal-lifting", "signal", STEERS, 302),
    *acting("signals:signal-level", "signal", STEERS, 422),
    *[
        Row(
            "signals:signal-correction",
            f"signal, {case}",
            WORKING,
            get={200: CORRECTS[case], 403: READS[case] - CORRECTS[case]},
            post={422: CORRECTS[case], 403: READS[case] - CORRECTS[case]},
        )
        for case in CASES
    ],
    *acting("signals:signal-tasks", "signal", STEERS, 422),
    *acting("signals:signal-tags", "signal", STEERS, 422),
    *acting("signals:signal-tag-end", "tag", STEERS, 302),
    *acting("signals:signal-shares", "signal", STEERS, 422),
    *acting("signals:signal-waiting", "signal", STEERS, 422),
    *acting("signals:signal-resumption", "signal", STEERS, 422),
    *acting("signals:signal-handovers", "signal", STEERS, 422),
    *acting("signals:signal-referrals", "signal", STEERS, 422),
    *acting("signals:signal-outside", "signal", STEERS, 422),
    *acting("signals:signal-notes", "signal", NOTES, 422),
    # All of these were read already: whoever may add to one is led to its page.
    *[Row("signals:signal-admission", f"signal, {case}", WORKING, get=led(case), post=led(case)) for case in CASES],
    *[Row("signals:task", f"task, {case}", WORKING, get=form(case), query="?doe=return") for case in CASES],
    *acting("signals:task-acceptance", "task", WORKS, 302),
    *acting("signals:task-beginning", "task", WORKS, 422),
    *acting("signals:task-return", "task", WORKS, 422),
    *acting("signals:task-completion", "task", WORKS, 422),
    *acting("signals:task-withdrawal", "task", STEERS, 302),
    *reading("signals:signal-history", "signal"),
    *acting("signals:signal-attachments", "signal", NOTES, 422),
    *reading("signals:attachment", "photo"),
    *reading("signals:attachment-page", "photo"),
    *reading("signals:attachment-item", "photo"),
    *reading("signals:attachment-thumbnail", "photo"),
    *acting("signals:attachment-description", "photo", NOTES, 303),
    *[
        Row("signals:attachment-patches", f"photo, {case}", WORKING, get=smudging(case, 200), post=smudging(case, 422))
        for case in CASES
    ],
    *acting("signals:attachment-removal", "photo", STEERS, 303),
    # What is sealed to the nurse she asks the ward in the north to take over: they alone know of it, they answer.
    Row("signals:handover", "handover", WORKING, get={200: {"verpleegkundige", "wijkinspecteur"}}),
    Row("signals:handover-acknowledgement", "handover", WORKING, post=answered(302)),
    Row("signals:handover-confirmation", "handover", WORKING, post=answered(422)),
    Row("signals:handover-refusal", "handover", WORKING, post=answered(422)),
    Row(
        "signals:handover-withdrawal",
        "handover",
        WORKING,
        post={302: {"verpleegkundige"}, 403: {"wijkinspecteur"}},
    ),
    Row(
        "signals:handover-retraction",
        "handover",
        WORKING,
        post={422: {"verpleegkundige"}, 403: {"wijkinspecteur"}},
    ),
    # Something open was referred outside: who steers it notes what they say, and they answer by their link.
    Row("signals:handover", "handover outside", WORKING, get={200: READS["own area"]}),
    Row("signals:handover-confirmation", "handover outside", WORKING, post=noted(422)),
    Row("signals:handover-refusal", "handover outside", WORKING, post=noted(422)),
    Row("signals:handover-withdrawal", "handover outside", WORKING, post=noted(302)),
    Row("signals:handover-retraction", "handover outside", WORKING, post=noted(422)),
    Row("signals:outside", "outside link", ANYBODY, get={200: ANYBODY}, post={200: ANYBODY}),
    Row("signals:outside", "invented outside link", ANYBODY, get={404: ANYBODY}, post={404: ANYBODY}),
    # Of what is sealed to the nurse one sentence was shared with the ward in the north.
    Row("signals:share", "share", WORKING, get={200: {"wijkinspecteur"}}),
    Row("signals:share-end", "share", WORKING, post={302: {"verpleegkundige"}}),
]
