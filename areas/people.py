"""How many people live in an area: the newest count that is known, with its year and its source."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.functions import Lower

from areas.models import Area, ProfileFigure

# What the files of the city call it, and for whom: nobody left out.
NAMES, EVERYBODY = ("inwoners", "aantal inwoners"), ("", "alle", "iedereen", "totaal")


@dataclass(frozen=True)
class People:
    number: int
    year: int
    source: str


def inhabitants_of(areas: Iterable[Area]) -> dict[int, People]:
    """By key; an area of which nobody counted them is left out. One query."""
    known = list(areas)
    found = {
        area.pk: People(area.inhabitants, area.inhabitants_year or 0, area.inhabitants_source)
        for area in known
        if area.inhabitants
    }
    figures = ProfileFigure.objects.annotate(name=Lower("indicator"), whom=Lower("target_group"))
    rows = figures.filter(area__in=[area.pk for area in known], name__in=NAMES, whom__in=EVERYBODY, value__gte=1)
    for pk, value, year, source in rows.order_by("year", "pk").values_list("area", "value", "year", "source"):
        if pk and (pk not in found or year >= found[pk].year):
            found[pk] = People(round(value), year, source)
    return found
