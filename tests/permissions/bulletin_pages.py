"""The matrix of news: read by whom it is meant for, written by the team that keeps it; and what anybody may read."""

from tests.permissions.matrix import Row
from tests.permissions.people import ADMINISTERING, ANYBODY, AREA_WORKING, COLLEAGUES, READS, VIEWING

TEAM = {"coordinator", "coordinator.ocmw", "gebiedswerker", "buurtwerker", "wijkinspecteur"}
MANAGING = AREA_WORKING | ADMINISTERING
READING = {"internal": TEAM, "partners": TEAM | READS["own area"], "public": COLLEAGUES}


def of(audience: str) -> list[Row]:
    on, reads = f"bulletin, {audience}", READING[audience]
    told, photo = reads - TEAM, f"bulletin photo, {audience}"
    return [
        Row("bulletins:bulletin", on, get={200: reads}),
        Row("bulletins:bulletin-edit", on, get={200: TEAM, 403: told}, post={422: TEAM, 403: told}),
        Row("bulletins:bulletin-archive", on, post={302: TEAM, 403: told}),
        Row("bulletins:bulletin-return", on, post={302: TEAM, 403: told}),
        Row("bulletins:bulletin-removal", on, post={302: TEAM, 403: told}),
        Row("bulletins:photos", on, get={200: TEAM, 403: told}, post={422: TEAM, 403: told}),
        Row("bulletins:comment-add", on, post={422: reads}),
        Row("bulletins:comment-removal", f"remark, {audience}", post={302: TEAM, 403: told}),
        Row("bulletins:photo", photo, get={200: reads}),
        Row("bulletins:photo-removal", photo, post={302: TEAM, 403: told}),
        Row("news-item", on, ANYBODY, get={200: ANYBODY if audience == "public" else set()}),
        Row("news-photo", photo, ANYBODY, get={200: ANYBODY if audience == "public" else set()}),
    ]


ROWS = [
    Row("bulletins:bulletins", get={200: COLLEAGUES}),
    Row("bulletins:bulletin-add", get={200: VIEWING, 403: COLLEAGUES - VIEWING},
        post={422: VIEWING, 403: COLLEAGUES - VIEWING}),
    Row("bulletins:digests", get={200: COLLEAGUES}, post={302: COLLEAGUES}),
    *(row for audience in READING for row in of(audience)),
    Row("profile-import", passes=MANAGING, get={200: MANAGING}, post={422: MANAGING}),
    Row("news", "", ANYBODY, get={200: ANYBODY}),
    Row("news-area", "area of news", ANYBODY, get={200: ANYBODY}),
    Row("news-feed", "area of news", ANYBODY, get={200: ANYBODY}),
]  # fmt: skip
