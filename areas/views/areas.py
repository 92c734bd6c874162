"""The areas of a set as list and map, and the page of one area, made of sections."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from areas.crosswalk import overlaps_of
from areas.models import Area, AreaSet
from areas.people import inhabitants_of
from areas.sections import WORTH_SAYING
from areas.svg import area_map, map_over
from kortrijk_gebied.access import member
from kortrijk_gebied.sections import Period, Place, Request, Section, get_section, sections_on, viewer_of

PERIODS = (30, 90, 365)


@member
@require_safe
def area_list(request: HttpRequest) -> HttpResponse:
    sets = list(AreaSet.objects.current().with_area_count())
    wanted = request.GET.get("indeling")
    chosen = next((s for s in sets if s.code == wanted), None if wanted else next(iter(sets), None))
    if wanted and chosen is None:
        raise Http404
    areas = list(chosen.areas.defer("boundary")) if chosen else []
    people = inhabitants_of(areas)
    context = {
        "sets": sets,
        "chosen": chosen,
        "areas": areas,
        "rows": [(area, people.get(area.pk)) for area in areas],
        "may_manage": viewer_of(request).may("manage"),
        "base_map": bool(settings.BASE_MAP_TILES_URL),
    }
    return render(request, "areas/areas.html", context)


@member
@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Blocks are fetched one by one; `?alles=1` brings them all at once, for who has no JavaScript."""
    found = get_area(code)
    days = days_asked(request)
    sections = sections_on(Place.AREA)
    blocks = [block(request, section, found, days) for section in sections] if "alles" in request.GET else None
    context = {
        "area": found,
        **which_map(request, found),
        "days": days,
        "periods": [(n, ngettext("%(days)s day", "%(days)s days", n) % {"days": n}) for n in PERIODS],
        "sections": sections,
        "blocks": blocks,
        "named": sections if blocks is None else [each["section"] for each in blocks if each["content"] is not None],
    }
    return render(request, "areas/area.html", context)


def which_map(request: HttpRequest, found: Area) -> dict[str, Any]:
    """Of its own set, or of the one that was asked for: then with the list of what this area lies in there."""
    sets = list(AreaSet.objects.current())
    asked = next((each for each in sets if each.code == request.GET.get("kaart") and each.pk != found.set_id), None)
    if asked is None:
        return {"sets": sets, "map_set": found.set, "map": area_map(found.pk), "parts": []}
    parts = [row for row in overlaps_of(found) if row.to_set_id == asked.pk and row.share >= WORTH_SAYING]
    inside = [row for row in parts if row.to_area]
    return {"sets": sets, "map_set": asked, "map": map_over(found, inside, asked), "parts": parts}


@member
@require_safe
def section(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """One block. A block with nothing to show answers with an empty, hidden place."""
    found = get_section(key, Place.AREA)
    if found is None:
        raise Http404
    shown = block(request, found, get_area(code), days_asked(request))
    return render(request, "areas/section.html", shown)


def get_area(code: str) -> Area:
    # Codes are unique per set only; the set that comes first in the lists wins.
    areas = Area.objects.current().filter(code=code).select_related("set").order_by("set__position")
    return get_object_or_404(areas[:1])


def days_asked(request: HttpRequest) -> int:
    asked = request.GET.get("dagen")
    return next((days for days in PERIODS if str(days) == asked), PERIODS[0])


def block(request: HttpRequest, section: Section, area: Area, days: int) -> dict[str, Any]:
    now = timezone.localtime()
    asked = Request(viewer=viewer_of(request), area=area, period=Period(now - dt.timedelta(days=days), now))
    content = section.content(asked)
    return {"section": section, "content": content, "area": area, "viewer": asked.viewer, "folded": section.folded}
