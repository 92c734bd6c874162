"""“Wie bel ik?”: type a street or point at the map, and see whom to reach for that spot."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from areas.forms import SpotForm
from areas.locate import Location, locate
from areas.models import AreaSet
from kortrijk_gebied.access import member
from kortrijk_gebied.sections import Place, Request, sections_on, viewer_of


@member
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "areas/contact.html", answer_to(request))


@member
@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """Only the answer, for the page that is already open; its address becomes that of the page."""
    response = render(request, "areas/contact.html#answer", answer_to(request))
    return push_url(response, f"{reverse('areas:contact')}?{request.GET.urlencode()}")


def answer_to(request: HttpRequest) -> dict[str, Any]:
    form = SpotForm(request.GET or None)
    area_set = AreaSet.objects.current().first()
    context: dict[str, Any] = {"form": form, "set": area_set, "base_map": bool(settings.BASE_MAP_TILES_URL)}
    if not form.is_valid():
        return context
    context |= {"typed": form.cleaned_data["q"], "matches": form.found.matches, "spot": form.spot, "match": form.match}
    if form.spot is None:
        return context
    location = locate(*form.spot, on=timezone.localdate())
    names = dict(AreaSet.objects.current().values_list("code", "name"))
    found = [(names[code], area) for code, area in location.areas.items()]
    return context | {"location": location, "found": found, "blocks": contact_blocks(request, form.spot, location)}


def contact_blocks(request: HttpRequest, spot: tuple[float, float], location: Location) -> list[dict[str, Any]]:
    """Who to reach comes from the rooms above, which know people and services."""
    working = next((area for area in location.areas.values() if area.set.kind == AreaSet.Kind.WORKING), None)
    asked = Request(viewer=viewer_of(request), area=working, extra={"spot": spot, "location": location})
    shown = ((section, section.content(asked)) for section in sections_on(Place.CONTACT))
    return [{"section": section, "content": content} for section, content in shown if content]
