"""What the care grid and the service points show of an area."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.sections import Content, Place, Request, section
from teams.access import Access
from teams.care.matrix import Counted, counted
from teams.care.places import care_areas_around, points_of


@section(
    key="service-points", title=_("Service points"), template="teams/care/section_points.html", on={Place.AREA},
    order=35,
)  # fmt: skip
def service_points(request: Request) -> Content:
    """Where people of the area can go, the single contact point first. For colleagues."""
    access: Access = request.viewer
    if access.user_id is None:
        return None
    points = points_of(request.area)
    if not points:
        return None
    first = [point for point in points if point.is_single_contact]
    return {"first": first, "points": [point for point in points if not point.is_single_contact]}


@dataclass(frozen=True)
class Around:
    area: Area
    numbers: Counted


@section(
    key="care-grid", title=_("Care grid"), template="teams/care/section_grid.html", on={Place.AREA}, order=70
)  # fmt: skip
def care_grid(request: Request) -> Content:
    """The care areas in which it lies, and where something lacks to the viewer."""
    access: Access = request.viewer
    around = care_areas_around(access, request.area) if access.areas("view") else []
    if not around:
        return None
    year = timezone.localdate().year
    numbers = counted(access, around, year)
    return {"year": year, "around": [Around(area, numbers.get(area.pk, Counted())) for area in around]}
