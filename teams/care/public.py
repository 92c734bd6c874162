"""Where people can go, for everybody and without signing in: by neighbourhood, with hours and moves. A house or a team
is there; nobody's name is."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from areas.models import Area
from kortrijk_gebied.access import public
from kortrijk_gebied.throttle import throttled
from teams.bulletins.filters import working_areas
from teams.models import PresenceHour, ServicePoint, ServicePointPlace

# So long it is said where something was before it moved.
REMEMBERED = dt.timedelta(days=365)
kept_a_while = cache_control(private=True, max_age=300)


@dataclass
class Shown:
    """A point with where it is, where it was and will be, and the hours at which residents may come."""

    point: ServicePoint
    now: ServicePointPlace | None
    former: ServicePointPlace | None
    coming: ServicePointPlace | None
    hours: list[PresenceHour] = field(default_factory=list)

    @property
    def area_ids(self) -> set[int]:
        place = self.now or self.coming
        return set(place.area_ids) if place else set()

    @property
    def dial(self) -> str:
        return "".join(character for character in self.point.phone if character.isdigit() or character == "+")


def shown(day: dt.date) -> list[Shown]:
    """What is somewhere that day, or will be. Three queries."""
    places = ServicePointPlace.objects.select_related("area").defer("area__boundary").order_by("starts")
    hours = PresenceHour.objects.somebody_there(day).filter(is_public=True).select_related("team", "user__organisation")
    points = ServicePoint.objects.filter(is_public=True).select_related("organisation").prefetch_related(
        Prefetch("places", places, to_attr="all_places"),
        Prefetch("presence_hours", hours.order_by("weekday", "opens", "id"), to_attr="public_hours"),
    )  # fmt: skip
    found = [_shown(point, day) for point in points]
    return [each for each in found if each.now or each.coming]


def _shown(point: ServicePoint, day: dt.date) -> Shown:
    places: list[ServicePointPlace] = point.all_places  # type: ignore[attr-defined]
    now = next((each for each in places if each.starts <= day and (each.ends is None or each.ends >= day)), None)
    over = [each for each in places if each.ends and day - REMEMBERED <= each.ends < day]
    coming = next((each for each in places if each.starts > day), None)
    return Shown(point, now, over[-1] if over else None, coming, list(point.public_hours))  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Neighbourhood:
    area: Area | None  # none: nobody knows in which it lies, or it lies in several
    points: list[Shown]


def neighbourhoods(day: dt.date) -> list[Neighbourhood]:
    """Each point once."""
    points, areas = shown(day), list(working_areas())
    known = {area.pk for area in areas}
    made = [Neighbourhood(area, [each for each in points if area.pk in each.area_ids]) for area in areas]
    made.append(Neighbourhood(None, [each for each in points if not each.area_ids & known]))
    return [each for each in made if each.points]


@public
@throttled("points", "120/m/ip")
@require_safe
@kept_a_while
def points(request: HttpRequest) -> HttpResponse:
    return render(request, "teams/care/public.html", {"neighbourhoods": neighbourhoods(timezone.localdate())})


@public
@throttled("points", "120/m/ip")
@require_safe
@kept_a_while
def area_points(request: HttpRequest, code: str) -> HttpResponse:
    area = get_object_or_404(working_areas(), code=code)
    here = [each for each in shown(timezone.localdate()) if area.pk in each.area_ids]
    return render(request, "teams/care/public.html", {"area": area, "neighbourhoods": [Neighbourhood(area, here)]})
