"""Near what somebody wants a room: an area, a building, a street, by the name that people give it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from areas.models import Area, Place
from areas.typed import plain
from kortrijk_gebied.refusals import Refused
from reservations.models import Building
from reservations.spots import Spot, middle_of, spot_of

WORKING_SET = "gebieden17"


@dataclass(frozen=True)
class Near:
    name: str
    point: Spot | None = None  # of an area the middle is looked up when somebody asks how far it is
    area_id: int | None = None

    @classmethod
    def of(cls, area: Area) -> "Near":
        return cls(area.name, area_id=area.pk)

    @property
    def spot(self) -> Spot:
        if self.point is None and self.area_id is None:
            raise ValueError("It is near nothing.")
        return self.point or middle_of(self.area_id or 0)


type Named = Mapping[str, list[Near]]
"""By the plain name; more than one when several streets bear it."""


def near_named(text: str) -> Near | None:
    """Exactly that name, or nothing: a room near another street is of no use. Raises Refused when several bear it."""
    found = named_among([plain(text)]).get(plain(text), [])
    if len(found) > 1:
        places = get_text_list([each.name for each in found], _("or"))
        raise Refused(_("There are several of that name. Say which one: %(places)s.") % {"places": places})
    return found[0] if found else None


def named_among(names: Collection[str]) -> Named:
    """Those of these plain names that are known: areas count above buildings, and those above streets."""
    wanted = set(names)
    return {**_places(wanted), **landmarks(wanted)}


def landmarks(names: Collection[str]) -> Named:
    """Areas and buildings alone: what is said of a city without "near"."""
    buildings = {
        plain(each.name): [Near(each.name, spot)] for each in Building.objects.all() if (spot := spot_of(each))
    }
    areas = list(Area.objects.current().select_related("set").only("name", "set__code"))
    areas.sort(key=lambda area: area.set.code == WORKING_SET)  # the last of a name counts
    found = {**buildings, **{plain(area.name): [Near.of(area)] for area in areas}}
    return {name: near for name, near in found.items() if name in names}


def _places(names: Collection[str]) -> Named:
    """ "kerkstraat", and "kerkstraat marke" where there are several."""
    heads = {head for name in names for head in _heads(name)}
    found: dict[str, list[Near]] = defaultdict(list)
    for place in Place.objects.filter(plain_name__in=heads).order_by("locality", "kind"):
        near = Near(str(place), (place.longitude, place.latitude))
        if near not in found[place.plain_name]:
            found[place.plain_name].append(near)
        found[f"{place.plain_name} {plain(place.locality)}"] = [near]
    return found


def _heads(name: str) -> list[str]:
    words = name.split()
    return [" ".join(words[:many]) for many in range(1, len(words) + 1)]
