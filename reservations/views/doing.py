"""Wat is er te doen? What is public in an area, for everybody, without signing in."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from areas.models import Area
from kortrijk_gebied.access import public
from kortrijk_gebied.throttle import throttled
from kortrijk_gebied.workdays import A_DAY
from reservations.activities import feed, listing
from reservations.forms.activities import ActivityFilter
from reservations.forms.associations import areas
from reservations.models import Activity

WEEKS = 2
A_YEAR = dt.timedelta(days=366)
# By the browser of who reads: a page with who is signed in above it is of nobody else.
kept_a_while = cache_control(private=True, max_age=300)


@public
@throttled("doing", "120/m/ip")
@require_safe
@kept_a_while
def areas_doing(request: HttpRequest) -> HttpResponse:
    return render(request, "reservations/public/areas.html", {"areas": areas()})


@public
@throttled("doing", "120/m/ip")
@require_safe
@kept_a_while
def doing(request: HttpRequest, code: str) -> HttpResponse:
    """A fortnight from today or from a later day, with the open houses beside it."""
    area, form = _area(code), ActivityFilter(request.GET)
    asked, today = {**form.asked(), "gebied": area}, timezone.localdate()
    first = min(max(asked.get("week") or today, today), today + A_YEAR)
    last = first + A_DAY * (7 * WEEKS - 1)
    found = Activity.objects.public().filter(area=area)
    days = listing.by_day(listing.dates(listing.wanted(found, asked), first, last), first)
    before = max(first - A_DAY * 7 * WEEKS, today)
    context = {
        "area": area, "form": form, "days": days, "first": first, "last": last,
        "before": _from(request, before) if first > today else "", "after": _from(request, last + A_DAY),
        "houses": listing.open_weeks(found, first), "is_filtered": bool(asked.get("soort") or asked.get("doelgroep")),
    }  # fmt: skip
    return render(request, "reservations/public/doing.html", context)


def _area(code: str) -> Area:
    found: Area = get_object_or_404(areas(), code=code)
    return found


def _from(request: HttpRequest, day: dt.date) -> str:
    asked = request.GET.copy()
    asked["week"] = day.isoformat()
    return f"{request.path}?{asked.urlencode()}"


@public
@throttled("doing", "120/m/ip")
@require_safe
def doing_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """For a calendar program: it follows what is public in the area."""
    area, today = _area(code), timezone.localdate()
    found = listing.wanted(Activity.objects.public().filter(area=area), {})
    rows = listing.dates(found, today, today + A_DAY * 90)
    name = _("What is there to do in %(area)s?") % {"area": area.name}
    page = request.build_absolute_uri(reverse("doing", args=[area.code]))
    text = feed.calendar_of(rows, name=name, page=page)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=900"
    response.headers["Content-Disposition"] = f'inline; filename="{area.code}.ics"'
    return response
