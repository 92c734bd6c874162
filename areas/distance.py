"""How far apart two spots lie, and which spots lie near one: on a flat earth, exact to a centimetre at the size
of a city quarter."""

import math

from django.db.models import Q

METRES_PER_DEGREE = 111_320.0  # of latitude; of longitude, times the cosine of the latitude


def metres_between(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    x = (lon2 - lon1) * math.cos(math.radians((lat1 + lat2) / 2))
    return math.hypot(x, lat2 - lat1) * METRES_PER_DEGREE


def box_around(longitude: float, latitude: float, metres: float) -> Q:
    """The square of which a circle of `metres` is the inside: what an index can answer."""
    up = metres / METRES_PER_DEGREE
    aside = up / math.cos(math.radians(latitude))
    return Q(
        latitude__range=(latitude - up, latitude + up),
        longitude__range=(longitude - aside, longitude + aside),
    )
