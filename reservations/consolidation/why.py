"""Why a booking fits nowhere else: the first thing on which the last of the rooms falls away."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from reservations.consolidation.town import Need, Place, Terms, Town


class Reason(models.TextChoices):
    """In the order in which rooms are looked at."""

    SIZE = "size", _("no room large enough, in that set-up")
    FEATURES = "features", _("no room that has what is needed")
    DISTANCE = "distance", _("no such room near enough")
    HOURS = "hours", _("no such room open then")
    FREE = "free", _("no such room free then, or only in hours of somebody else")


def why_not(town: Town, terms: Terms, closing: Collection[int], need: Need) -> Reason:
    rooms: list[Place] = [place for place in town.places.values() if place.building not in closing and place.open]
    here = town.building_of(need)
    for reason, suits in (
        (Reason.SIZE, lambda place: place.seats(need.layout) >= need.persons),
        (Reason.FEATURES, lambda place: need.features <= place.features),
        (Reason.DISTANCE, lambda place: terms.reaches(town.metres(here, place.building))),
        (Reason.HOURS, lambda place: any(place.is_open(need.starts + by, need.ends + by) for by in terms.all_shifts)),
    ):
        rooms = [place for place in rooms if suits(place)]
        if not rooms:
            return reason
    return Reason.FREE
