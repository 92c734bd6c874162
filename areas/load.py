"""Load the committed area sets and places. Repeating it changes nothing that is already so.

A border that was imported later is not provisional any more and is left as it is.
"""

import csv
import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from areas.crosswalk import rebuild_crosswalks
from areas.geometry import hectares, shape_of
from areas.models import Area, AreaSet, Place, SectorWard

FIXTURES = Path(__file__).parent / "fixtures"

LICENCES = {
    "wijken": (
        "Wijken voor omgevingsanalyse. © gemeentebesturen, verzameld door Data & Analyse van de Vlaamse provincies"
        " (Modellicentie gratis hergebruik v1.0)"
    ),
    "statbel": (
        "Deelgemeenten, afgeleid van de statistische sectoren van Statbel, verzameld door Data & Analyse"
        " van de Vlaamse provincies"
    ),
}
COUNT_OF_2007 = "Gebiedsindeling van 2007, zoals gemeld in de pers"
EXAMPLE = "Voorbeeldbestand, bij benadering"


@dataclass(frozen=True)
class Loaded:
    sets: int
    areas: int
    places: int


@transaction.atomic
def load_areas() -> Loaded:
    described = json.loads((FIXTURES / "sets.json").read_text("utf-8"))
    areas = 0
    for position, row in enumerate(described):
        areas += load_set(position, row)
    load_wards(features_of("sectoren"))
    rebuild_crosswalks()
    return Loaded(sets=len(described), areas=areas, places=load_places())


def features_of(code: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads((FIXTURES / "sets" / f"{code}.geojson").read_text("utf-8"))["features"]
    return features


def load_set(position: int, row: dict[str, Any]) -> int:
    values = {**row, "licence": LICENCES[row["licence"]], "position": position}
    key = {"code": values.pop("code"), "valid_from": dt.date.fromisoformat(values.pop("valid_from"))}
    area_set, _created = AreaSet.objects.update_or_create(**key, defaults=values)
    features = features_of(area_set.code)
    for place, feature in enumerate(features):
        load_area(area_set, place, feature)
    return len(features)


def load_area(area_set: AreaSet, position: int, feature: dict[str, Any]) -> None:
    properties, boundary = feature["properties"], feature["geometry"]
    inhabitants = properties.get("inhabitants")
    details = {
        "name": properties["name"],
        "position": position,
        "ring": properties.get("ring", ""),
        "inhabitants": inhabitants,
        "inhabitants_year": 2007 if inhabitants else None,
        "inhabitants_source": COUNT_OF_2007 if inhabitants else "",
    }
    border = {
        "boundary": boundary,
        "provisional": area_set.provisional or properties.get("provisional", False),
        "hectares": hectares(shape_of(boundary)),
    }
    Area.objects.get_or_create(set=area_set, code=properties["code"], defaults=details | border)


def load_wards(sectors: list[dict[str, Any]]) -> None:
    """Only sectors that have no ward yet: the table is edited in the program afterwards."""
    known = {area.code: area for area in Area.objects.filter(set__kind__in=[AreaSet.Kind.SECTOR, AreaSet.Kind.WARD])}
    for feature in sectors:
        sector, ward = known[feature["properties"]["code"]], known[feature["properties"]["ward"]]
        SectorWard.objects.get_or_create(sector=sector, defaults={"ward": ward})


def load_places() -> int:
    submunicipality = {area.code: area.name for area in Area.objects.in_set("deelgemeenten8")}
    places = [
        Place(
            name=feature["properties"]["name"],
            # The code of a sector begins with that of its sub-municipality, except in Kortrijk itself.
            locality=submunicipality.get(feature["properties"]["code"][:6], "Kortrijk"),
            kind=Place.Kind.NEIGHBOURHOOD,
            longitude=feature["properties"]["centre"][0],
            latitude=feature["properties"]["centre"][1],
            source=EXAMPLE,
            is_example=True,
        )
        for feature in features_of("sectoren")
    ]
    with (FIXTURES / "places.csv").open(encoding="utf-8") as file:
        places += [Place(**row, is_example=True) for row in csv.DictReader(file)]
    Place.objects.bulk_create(places, ignore_conflicts=True)
    return Place.objects.count()
