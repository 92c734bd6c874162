"""What the care grid starts with: lists of target groups and needs, and the service points that the sources name.

Safe to run again: what an administrator changed stays.
"""

import csv
import datetime as dt
from pathlib import Path

from areas.models import Area
from teams.models import CareNeed, Organisation, ServicePoint, ServicePointPlace, TargetGroup

FILE = Path(__file__).parents[1] / "fixtures" / "facilities.csv"
SINCE = dt.date(2013, 1, 1)  # the sources are of 2012 and later; since when a house stands there they do not say

TARGET_GROUPS = [
    "Ouderen boven 75 die thuis wonen", "Mantelzorgers", "Mensen met dementie", "Gezinnen met jonge kinderen",
    "Mensen met een handicap", "Mensen in armoede", "Nieuwkomers", "Alleenstaanden",
]  # fmt: skip
NEEDS = [
    "Zorg aan huis", "Maaltijden", "Ontmoeting", "Vervoer", "Wonen en aanpassing", "Rechten en papieren",
    "Hulp met geld", "Verlichting voor wie zorgt", "Informatie en vorming",
]  # fmt: skip

# Name in the file: code, name, kind, organisation, area (of the 17), address where the file has one.
CENTRE, HOUSE, COMMUNITY, DESK, ANTENNA = (
    "service_centre", "neighbourhood_house", "community_centre", "desk", "antenna",
)  # fmt: skip
POINTS: list[tuple[str, str, str, str, str, str]] = [
    ("De Zonnewijzer", "de-zonnewijzer", "Dienstencentrum De Zonnewijzer", CENTRE, "ocmw", "Kortrijk Centrum"),
    ("De Condé", "de-conde", "Dienstencentrum De Condé", CENTRE, "ocmw", ""),
    ("'t Cirkant", "t-cirkant", "Dienstencentrum ’t Cirkant", CENTRE, "ocmw", "Marke"),
    ("De Zevenkamer", "de-zevenkamer", "Dienstencentrum De Zevenkamer", CENTRE, "ocmw", "Heule Centrum"),
    ("De Vlaskapelle", "de-vlaskapelle", "Dienstencentrum De Vlaskapelle", CENTRE, "ocmw", "Bissegem"),
    ("Centrum Overleie", "centrum-overleie", "Dienstencentrum Overleie", CENTRE, "ocmw", "Overleie"),
    ("Centrum Overleie", "buurtwerk-overleie", "Buurtwerk Overleie", HOUSE, "ocmw", "Overleie"),
    ("Buurtcentrum Achturenhuis (probably 'Veemarkt')", "achturenhuis", "Buurtcentrum Achturenhuis", HOUSE, "ocmw",
     "Kortrijk Centrum"),
    ("Buurthuis / wijkcentrum Venning", "buurthuis-venning", "Buurthuis Venning", HOUSE, "ocmw", "Kortrijk Oost"),
    ("Poortgebouw V-Tex", "poortgebouw-v-tex", "Poortgebouw V-Tex", HOUSE, "ocmw", "Kortrijk Oost"),
    ("Lange Munte", "buurtwerk-lange-munte", "Buurtwerk Lange Munte", HOUSE, "ocmw", "Lange Munte"),
    ("OC Aalbeke", "oc-aalbeke", "OC Aalbeke", COMMUNITY, "stad", "Aalbeke"),
    ("OC De Wervel", "oc-de-wervel", "OC De Wervel", COMMUNITY, "stad", "Bellegem"),
    ("OC Bissegem", "oc-bissegem", "OC Bissegem", COMMUNITY, "stad", "Bissegem"),
    ("OC Marke (with park)", "oc-marke", "OC Marke", COMMUNITY, "stad", "Marke"),
    ("OC Rollegem / Kooigem / Heule x2 / Lange Munte", "oc-rollegem", "OC Rollegem", COMMUNITY, "stad", "Rollegem"),
    ("OC Rollegem / Kooigem / Heule x2 / Lange Munte", "oc-kooigem", "OC Kooigem", COMMUNITY, "stad", "Kooigem"),
    ("OC Rollegem / Kooigem / Heule x2 / Lange Munte", "oc-heule-1", "OC Heule (eerste)", COMMUNITY, "stad",
     "Heule Centrum"),
    ("OC Rollegem / Kooigem / Heule x2 / Lange Munte", "oc-heule-2", "OC Heule (tweede)", COMMUNITY, "stad",
     "Heule Watermolen"),
    ("OC Rollegem / Kooigem / Heule x2 / Lange Munte", "oc-lange-munte", "OC Lange Munte", COMMUNITY, "stad",
     "Lange Munte"),
    ("Administratief stadhuis / 1777 desk", "balie-1777", "Balie 1777", DESK, "stad", "Kortrijk Centrum"),
    ("OCMW / Sociaal Huis", "sociaal-huis", "Sociaal Huis", DESK, "ocmw", "Kortrijk Centrum"),
    *[("PZ Vlas contact points", f"politie-{area.split()[0].lower()}", f"Contactpunt politie {area.split()[0]}",
       ANTENNA, "politie", area) for area in ("Bissegem", "Heule Centrum", "Marke", "Bellegem")],
]  # fmt: skip
# Of the antennas in the south only that there are three.
ANTENNAS = [f"Antenne Sociaal Huis Zuid-Kortrijk {number}" for number in (1, 2, 3)]
SOUTH = "zorg-8"
# In the sub-municipalities the community centre is the one place where people can go with anything.
SINGLE_CONTACTS = {
    "oc-aalbeke",
    "oc-de-wervel",
    "oc-bissegem",
    "oc-marke",
    "oc-rollegem",
    "oc-kooigem",
    "oc-lange-munte",
}


def seed() -> None:
    for position, name in enumerate(TARGET_GROUPS):
        TargetGroup.objects.get_or_create(name=name, defaults={"position": position})
    for position, name in enumerate(NEEDS):
        CareNeed.objects.get_or_create(name=name, defaults={"position": position})
    service_points()


def service_points() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        lines = {row["name"]: row for row in csv.DictReader(file)}
    areas = {area.name: area for area in Area.objects.filter(set__code="gebieden17")}
    organisations = {each.code: each for each in Organisation.objects.all()}
    for line, code, name, kind, organisation, area in POINTS:
        row = lines[line]
        known = {"name": name, "kind": kind, "organisation": organisations[organisation], "source": row["source"]}
        point, is_new = ServicePoint.objects.get_or_create(
            code=code, defaults={**known, "is_single_contact": code in SINGLE_CONTACTS}
        )
        if is_new:
            ServicePointPlace.objects.create(
                point=point, starts=SINCE, address=known_address(row["address"]), area=areas.get(area)
            )
    south = Area.objects.filter(set__code="woonzorg8", code=SOUTH).first()
    for number, name in enumerate(ANTENNAS, start=1):
        point, is_new = ServicePoint.objects.get_or_create(
            code=f"antenne-zuid-{number}",
            defaults={"name": name, "kind": ANTENNA, "organisation": organisations["ocmw"],
                      "source": "systems.csv, seed 002, lijn 92: alleen het aantal"},
        )  # fmt: skip
        if is_new:
            ServicePointPlace.objects.create(point=point, starts=SINCE, area=south)


def known_address(collected: str) -> str:
    """What stands between brackets is a remark of who collected it."""
    address = collected.partition("(")[0].strip().rstrip(",")
    return "In het ontmoetingscentrum" if address.startswith("in the OCs") else address
