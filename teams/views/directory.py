from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas.models import Area
from teams.decorators import allowed, viewer
from teams.directory import by_organisation, week_of, who_is_who


@allowed("view")
@require_safe
def directory(request: HttpRequest, code: str) -> HttpResponse:
    """Who is who in an area, for who may follow it; made to be printed too."""
    areas = Area.objects.current().filter(pk__in=viewer(request).areas("view")).defer("boundary")
    area, today = get_object_or_404(areas, code=code), timezone.localdate()
    entries = who_is_who(area, today)
    context = {"area": area, "groups": by_organisation(entries), "week": week_of(area, today), "today": today}
    return render(request, "teams/directory.html", context)
