"""How Kortrijk starts: organisations, teams and what each team may do where. Safe to run again.

Names of teams that the sources do not give are plain examples; an administrator changes them in the product.
"""

from collections.abc import Iterable

from django.db import transaction

from areas.models import Area, AreaSet
from teams.access import grant
from teams.care import seed as care
from teams.models import Organisation, Team
from teams.plans.phenomena import seed_phenomena

CODE_17 = "gebieden17"

ORGANISATIONS = [
    # code, kind, name, letter, phone, working set
    ("stad", "city", "Stad Kortrijk", "S", "1777", CODE_17),
    ("ocmw", "ocmw", "OCMW Kortrijk", "O", "", "woonzorg8"),
    ("politie", "police", "PZ Vlas", "P", "101", "wijken-politie"),
    ("fluvius", "partner", "Fluvius", "F", "", None),
    ("school", "partner", "Basisschool De Wegwijzer (voorbeeld)", "B", "", None),
]

NORTH = ["Overleie", "Pius X"]
CENTRE = ["Kortrijk Centrum"]
SOUTH_EAST = ["Kortrijk Oost", "Kortrijk Zuid-Oost"]
UPPER = ["Hoog Kortrijk", "Lange Munte"]
HEULE = ["Heule Centrum", "Heule Sente", "Heule Watermolen"]
VILLAGES = ["Aalbeke", "Bellegem", "Bissegem", "Kooigem", "Marke", "Rollegem"]
INNER = [*NORTH, "Kortrijk West", *CENTRE, *SOUTH_EAST, *UPPER]
ALL = [*INNER, *HEULE, *VILLAGES]

# code, organisation, kind, name, areas, rights on those areas, rights on itself
TEAMS: list[tuple[str, str | None, str, str, list[str], str, str]] = [
    ("meldpunt-1777", "stad", "desk", "Meldpunt 1777", ALL, "view register view_reporter", "work"),
    ("coordinatie-noord-centrum", "stad", "coordination", "Coördinatie Noord en Centrum", [*NORTH, *CENTRE],
     "view register route view_reporter", "work"),
    ("coordinatie-west-oost-zuid", "stad", "coordination", "Coördinatie West, Oost en Zuid",
     ["Kortrijk West", *SOUTH_EAST, *UPPER], "view register route view_reporter", "work"),
    ("coordinatie-rand", "stad", "coordination", "Coördinatie rand", [*HEULE, *VILLAGES],
     "view register route view_reporter", "work"),
    ("openbaar-domein", "stad", "service", "Openbaar domein", [], "", "work"),
    ("team-net-noord", "stad", "service", "Team Net Kortrijk Noord", NORTH, "view", "work"),
    ("groen", "stad", "service", "Groen", [], "", "work"),
    ("wonen", "stad", "service", "Wonen", [], "", "work"),
    ("preventie", "stad", "service", "Preventie", INNER, "view", "work"),
    ("gemeenschapswachten", "stad", "service", "Gemeenschapswachten", INNER, "view register", "work"),
    ("gebiedswerking", "stad", "office", "Gebiedswerking", ALL, "view register manage", "work"),
    ("gebouwen", "stad", "office", "Gebouwen en zalen", [], "", "work"),
    ("beheer-stad", "stad", "office", "Beheer stad", [], "", ""),
    ("gegevensbescherming-stad", "stad", "office", "Gegevensbescherming stad", [], "", ""),
    ("sociaal-huis", "ocmw", "desk", "Sociaal Huis", ALL, "view register", "work view_sealed"),
    ("sociale-dienst", "ocmw", "service", "Sociale dienst", ALL, "view", "work view_sealed"),
    ("buurtwerk", "ocmw", "service", "Buurtwerk", ALL, "view register", "work view_sealed"),
    ("dienstencentrum-overleie", "ocmw", "desk", "Dienstencentrum Overleie", NORTH, "view register", "work"),
    ("coordinatie-ocmw", "ocmw", "coordination", "Coördinatie OCMW", ALL, "view register route view_reporter",
     "work"),
    ("beheer-ocmw", "ocmw", "office", "Beheer OCMW", [], "", ""),
    ("gegevensbescherming-ocmw", "ocmw", "office", "Gegevensbescherming OCMW", [], "", ""),
    ("wijkwerking-noord", "politie", "ward", "Wijkwerking Noord", [*NORTH, *HEULE, "Bissegem"], "view register",
     "work view_sealed"),
    ("wijkwerking-centrum", "politie", "ward", "Wijkwerking Centrum", [*CENTRE, "Kortrijk West", *SOUTH_EAST],
     "view register", "work view_sealed"),
    ("wijkwerking-zuid", "politie", "ward", "Wijkwerking Zuid",
     [*UPPER, "Aalbeke", "Bellegem", "Kooigem", "Marke", "Rollegem"], "view register", "work view_sealed"),
    ("coordinatie-politie", "politie", "coordination", "Coördinatie PZ Vlas", ALL,
     "view register route view_reporter", "work"),
    ("beheer-politie", "politie", "office", "Beheer PZ Vlas", [], "", ""),
    ("gegevensbescherming-politie", "politie", "office", "Gegevensbescherming PZ Vlas", [], "", ""),
    ("fluvius-verlichting", "fluvius", "service", "Fluvius openbare verlichting", [], "", "work"),
    ("school-wegwijzer", "school", "desk", "Secretariaat De Wegwijzer", ["Overleie"], "register", "work"),
]  # fmt: skip

# Joint: they meet and follow. A team may cover several areas.
AREA_TEAMS: list[tuple[str, str, list[str]]] = [
    ("gebiedsteam-overleie-pius-x", "Gebiedsteam Overleie en Pius X", NORTH),
    ("gebiedsteam-oost", "Gebiedsteam Oost en Zuid-Oost", SOUTH_EAST),
    ("gebiedsteam-zuid", "Gebiedsteam Hoog Kortrijk en Lange Munte", UPPER),
    *[
        (f"gebiedsteam-{name.lower().replace('kortrijk ', '').replace(' ', '-')}", f"Gebiedsteam {name}", [name])
        for name in ["Kortrijk West", *CENTRE, *HEULE, *VILLAGES]
    ],
]

# Joint too, but no table of an area: they get no right from it.
OTHER_TABLES: list[tuple[str, str, str, list[str]]] = [
    ("stuurgroep-lange-munte", "Stuurgroep Lange Munte", "steering", ["Lange Munte"]),
    ("stuurgroep-venning", "Stuurgroep Venning", "steering", ["Kortrijk Oost"]),
    ("operationele-stuurgroep", "Operationele stuurgroep", "operational", []),
    ("coordinatiecomite", "Coördinatiecomité", "committee", []),
    ("resa", "Werkgroep ReSa", "working", []),
    ("basisgebiedsteam", "Basisgebiedsteam", "consultation", []),
]

INTAKE_TEAMS = {"stad": "meldpunt-1777", "ocmw": "sociaal-huis", "politie": "coordinatie-politie"}
SERVICES_OF = {  # whose tasks a coordination may take on
    "stad": ["coordinatie-noord-centrum", "coordinatie-west-oost-zuid", "coordinatie-rand"],
    "ocmw": ["coordinatie-ocmw"],
    "politie": ["coordinatie-politie"],
}
OWN_ONLY = {"office", "desk", "coordination"}


@transaction.atomic
def seed() -> None:
    """Organisations, teams and grants. The area sets must be loaded."""
    for code, kind, name, letter, phone, working_set in ORGANISATIONS:
        Organisation.objects.get_or_create(
            code=code,
            defaults={
                "kind": kind,
                "name": name,
                "letter": letter,
                "phone": phone,
                "working_set": AreaSet.objects.filter(code=working_set).first() if working_set else None,
            },
        )
    organisations = {organisation.code: organisation for organisation in Organisation.objects.all()}
    areas = {area.name: area for area in Area.objects.filter(set__code=CODE_17)}
    for code, organisation, kind, name, names, rights, own in TEAMS:
        team = _team(code, name, kind, organisations[organisation] if organisation else None)
        _areas(team, [areas[area] for area in names], rights.split())
        for action in own.split():
            grant(team, action, team)
    for code, name, names in AREA_TEAMS:
        _areas(_team(code, name, "area", None), [areas[area] for area in names], ["view"])
    for code, name, kind, names in OTHER_TABLES:
        _areas(_team(code, name, kind, None), [areas[area] for area in names], [])
    for organisation, code in INTAKE_TEAMS.items():
        Organisation.objects.filter(code=organisation).update(intake_team=Team.objects.get(code=code))
    _oversight(organisations)
    seed_phenomena()
    care.seed()


def _team(code: str, name: str, kind: str, organisation: Organisation | None) -> Team:
    team, _created = Team.objects.get_or_create(
        code=code, defaults={"name": name, "kind": kind, "organisation": organisation, "starts": "2007-01-01"}
    )
    return team


def _areas(team: Team, areas: Iterable[Area], actions: Iterable[str]) -> None:
    team.areas.set(areas)
    for area in areas:
        for action in actions:
            grant(team, action, area)


def _oversight(organisations: dict[str, Organisation]) -> None:
    """Coordinators may do the tasks of their organisation's services; administrators manage its teams."""
    for code, coordinations in SERVICES_OF.items():
        teams = Team.objects.filter(organisation=organisations[code])
        for team in teams.exclude(kind__in=OWN_ONLY):
            for coordination in coordinations:
                grant(Team.objects.get(code=coordination), "work", team)
        office = Team.objects.get(code=f"beheer-{code}")
        for team in teams:
            grant(office, "manage", team)
