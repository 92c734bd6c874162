"""The matrix of what somebody keeps: rules, texts, people, teams, reports, connections with partners."""

from tests.permissions.matrix import Row
from tests.permissions.pages import act, form, kept, page
from tests.permissions.people import (
    ADMINISTERING,
    AREA_WORKING,
    GONE,
    NOBODY,
    RULING,
    VIEWING,
    WORKING,
)  # fmt: skip

CITY = AREA_WORKING | {
    "agent", "coordinator", "coordinator.rand", "uitvoerder", "gemeenschapswacht", "gebouwbeheerder", "beheerder",
    "dpo", GONE,
}  # fmt: skip
OCMW = {"coordinator.ocmw", "buurtwerker", "verpleegkundige", "dienstencentrum", "beheerder.ocmw", "dpo.ocmw"}
# Who follows Marke, or is in its area team, knows that team; and administrators put their people in it.
JOINT = ADMINISTERING | AREA_WORKING | {
    "agent", "coordinator.rand", "coordinator.ocmw", "coordinator.politie", "buurtwerker", "verpleegkundige",
    "wijkinspecteur.zuid",
}  # fmt: skip


def of_rules() -> list[Row]:
    """Whoever routes reads every rule; the owner of its subject changes it."""
    readers = RULING | AREA_WORKING
    rows = [page("signals:rules", readers), form("signals:rule-add", RULING, wrong=200)]
    for on, by in (
        ("rule of the city", {"coordinator", "coordinator.rand", "beheerder"}),
        ("rule of the police", {"coordinator.politie", "beheerder.politie"}),
    ):
        rows += [
            Row("signals:rule", on, readers, get={200: readers}, post={200: by, 403: readers - by}),
            Row("signals:rule-versions", on, readers, get={200: readers}),
            Row("signals:rule-trial", on, RULING, get={200: by, 403: RULING - by}),
            act("signals:rule-restoration", f"version of {on}", by, to=RULING, told=RULING),
            act("signals:rule-position", on, by, to=RULING, told=RULING),
            act("signals:rule-activity", on, by, to=RULING, told=RULING),
        ]
    return rows


def of_texts() -> list[Row]:
    """Who registers or works reads every text; the organisation that answers with it writes it."""
    readers, writers = WORKING | ADMINISTERING, RULING | {"agent"}
    rows = [page("signals:texts", readers), form("signals:text-add", writers, wrong=200)]
    for on, by in (
        ("text of the city", {"agent", "coordinator", "coordinator.rand", "beheerder"}),
        ("text of the OCMW", {"coordinator.ocmw", "beheerder.ocmw"}),
    ):
        rows += [
            Row("signals:text", on, readers, get={200: readers}, post={200: by, 403: readers - by}),
            act("signals:text-activity", on, by, to=writers, told=writers),
            act("signals:text-version", f"version of {on}", by, to=writers, told=writers),
        ]
    return rows


def of_people() -> list[Row]:
    """An administrator keeps the people of the own organisation; those of another are not there."""
    rows = [page("teams:people", ADMINISTERING), form("teams:person-add", ADMINISTERING, wrong=200)]
    for on, by in (("the city", {"beheerder"}), ("the OCMW", {"beheerder.ocmw"})):
        person, member = f"person of {on}", f"membership in {on}"
        rows += [
            page("teams:person", ADMINISTERING, person, shown=by),
            kept("teams:person-edit", person, by),
            act("teams:person-deactivation", person, by),
            act("teams:person-activation", person, by),
            act("teams:person-invitation", person, by),
            kept("teams:membership-add", person, by),
            kept("teams:membership", member, by),
        ]
    return [*rows, kept("teams:membership", "joint membership", {"beheerder.ocmw"}, told=ADMINISTERING)]


def of_teams() -> list[Row]:
    rows = [
        page("teams:team", on="team of the city", shown=CITY),
        page("teams:team", on="team of the OCMW", shown=OCMW),
        page("teams:team", on="joint team", shown=JOINT),
        form("teams:calendar", ADMINISTERING, wrong=200),
        Row("teams:closing-days", "", ADMINISTERING, post={422: ADMINISTERING}),
        act("teams:closing-day-removal", "closing day of the city", {"beheerder"}),
        act("teams:closing-day-removal", "closing day of the OCMW", {"beheerder.ocmw"}),
    ]
    for on, by, told in (("city", {"beheerder"}, AREA_WORKING), ("OCMW", {"beheerder.ocmw"}, NOBODY)):
        team = f"team of the {on}"
        rows += [
            kept("teams:team-settings", team, by, to=ADMINISTERING | AREA_WORKING, told=told),
            kept("teams:team-member-add", team, by),
            kept("teams:post-add", team, by),
        ]
    # A joint team is set by who works in areas; every administrator puts the own people in it; posts it has none.
    rows += [
        kept("teams:team-settings", "joint team", AREA_WORKING, to=ADMINISTERING | AREA_WORKING, told=ADMINISTERING),
        kept("teams:team-member-add", "joint team", ADMINISTERING),
        kept("teams:post-add", "joint team", NOBODY, told=ADMINISTERING),
    ]
    # Its hours are for its own people too.
    rows += [
        Row("teams:team-presence", on, get={200: by, 403: readers - by}, post={422: by, 403: readers - by})
        for on, by, readers in (
            ("team of the city", {"beheerder"}, CITY),
            ("joint team", ADMINISTERING | {"deelgemeente"}, JOINT),
        )
    ]
    for on, by in (("city", {"beheerder"}), ("police", {"beheerder.politie"})):
        rows += [
            kept("teams:post", f"post of the {on}", by),
            kept("teams:post-edit", f"post of the {on}", by),
            kept("teams:post-holder", f"holder of the {on}", by),
        ]
    return rows


def of_papers() -> list[Row]:
    """A report is read where one views its area, the copy of one's own organisation; its area worker words it."""
    city = AREA_WORKING | {"agent", "coordinator", "uitvoerder", "gemeenschapswacht"}
    readers = {
        "city": city,
        "OCMW": {"coordinator.ocmw", "buurtwerker", "verpleegkundige", "dienstencentrum"},
        "police": {"coordinator.politie", "wijkinspecteur"},
    }
    words = {"city": {"gebiedswerker"}, "OCMW": NOBODY, "police": NOBODY}
    rows = []
    for on, who in readers.items():
        report = f"report for the {on}"
        rows += [
            page("reports:document", VIEWING, report, shown=who),
            kept("reports:words", report, words[on], to=AREA_WORKING, told=who & AREA_WORKING),
        ]
    return rows


def of_partners() -> list[Row]:
    """The city keeps what it shares with partners; another administrator what its own organisation has."""
    rows = [
        page("signals:partners", ADMINISTERING),
        form("signals:partner-key-add", ADMINISTERING, wrong=200),
        Row("signals:webhook-add", "", ADMINISTERING, get={200: {"beheerder"}}, post={200: {"beheerder"}}, other=403),
        kept("signals:webhook", "webhook", {"beheerder"}),
        act("signals:webhook-activity", "webhook", {"beheerder"}),
        Row("signals:webhook-secret", "webhook", ADMINISTERING, post={200: {"beheerder"}}),
        act("signals:delivery-retry", "delivery", {"beheerder"}),
    ]
    for of, by in (("a partner", {"beheerder"}), ("the OCMW", {"beheerder.ocmw"})):
        rows.append(act("signals:partner-key-revocation", f"key of {of}", by))
    return rows


ROWS = [
    *of_rules(), *of_texts(), *of_people(), *of_teams(), *of_papers(), *of_partners(),
]  # fmt: skip
