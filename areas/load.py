"""Load the committed area sets and places. Repeating it changes nothing that is already so.

An area that exists is left as it is: its border may have been imported since.
"""

import csv
import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from areas.address_import import Importer
from areas.crosswalk import rebuild_crosswalks
from areas.models import Address, Area, AreaSet, Place, SectorWard
from kortrijk_gebied.tables import opened

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
    """How many sets there are in the files, and how many areas and places were new."""

    sets: int
    areas: int
    places: int


@transaction.atomic
def load_areas(*, overlaps: bool = True) -> Loaded:
    """`overlaps=False` leaves the crosswalks for later; they take most of the time."""
    described = json.loads((FIXTURES / "sets.json").read_text("utf-8"))
    new = sum(load_set(position, row) for position, row in enumerate(described))
    load_wards()
    if new and overlaps:
        rebuild_crosswalks()
    places = load_places()
    load_example_addresses()
    return Loaded(sets=len(described), areas=new, places=places)


@cache
def features_of(code: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads((FIXTURES / "sets" / f"{code}.geojson").read_text("utf-8"))["features"]
    return features


def load_set(position: int, row: dict[str, Any]) -> int:
    """How many areas were new."""
    values = {**row, "licence": LICENCES[row["licence"]], "position": position}
    key = {"code": values.pop("code"), "valid_from": dt.date.fromisoformat(values.pop("valid_from"))}
    area_set, _created = AreaSet.objects.update_or_create(**key, defaults=values)
    known = set(area_set.areas.values_list("code", flat=True))
    areas = [area_from(area_set, place, feature) for place, feature in enumerate(features_of(area_set.code))]
    return len(Area.objects.bulk_create([area for area in areas if area.code not in known]))


def area_from(area_set: AreaSet, position: int, feature: dict[str, Any]) -> Area:
    properties = feature["properties"]
    inhabitants = properties.get("inhabitants")
    return Area(
        set=area_set,
        code=properties["code"],
        name=properties["name"],
        position=position,
        ring=properties.get("ring", ""),
        boundary=feature["geometry"],
        provisional=area_set.provisional or properties.get("provisional", False),
        hectares=properties["hectares"],
        inhabitants=inhabitants,
        inhabitants_year=2007 if inhabitants else None,
        inhabitants_source=COUNT_OF_2007 if inhabitants else "",
    )


def load_wards() -> None:
    """Only sectors that have no ward yet: the table is edited in the program afterwards."""
    wards = {ward.code: ward for ward in Area.objects.filter(set__kind=AreaSet.Kind.WARD)}
    ward_of = {feature["properties"]["code"]: feature["properties"]["ward"] for feature in features_of("sectoren")}
    sectors = Area.objects.filter(set__kind=AreaSet.Kind.SECTOR, ward_row=None, code__in=ward_of)
    SectorWard.objects.bulk_create(SectorWard(sector=sector, ward=wards[ward_of[sector.code]]) for sector in sectors)


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
        examples = [Place(**row, is_example=True) for row in csv.DictReader(file)]
    real = register_is_there()
    places += [place for place in examples if not (real and place.has_numbers)]
    before = Place.objects.count()
    Place.objects.bulk_create(places, ignore_conflicts=True)
    return Place.objects.count() - before


def register_is_there() -> bool:
    """Real addresses were imported: the example streets and numbers have had their day."""
    return Address.objects.filter(is_example=False).exists()


def load_example_addresses() -> None:
    if register_is_there() or Address.objects.exists():
        return
    with (FIXTURES / "addresses.csv").open("rb") as file, opened(file) as table:
        Importer(is_example=True, source=EXAMPLE).run(table.header, table.rows)
