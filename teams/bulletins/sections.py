"""News on the page of an area, what runs there now in a briefing, and what was told in a month in its report."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.within import areas_of_zone
from kortrijk_gebied.periods import month_period
from kortrijk_gebied.sections import Content, Place, Request, section
from teams.bulletins.forms import areas_written_for
from teams.models import Bulletin
from teams.models.audience import Audience

MOST = 5
MOST_IN_REPORT = 8


@section(key="bulletins", title=_("News"), template="teams/bulletins/section.html", on={Place.AREA}, order=18)
def bulletins(request: Request) -> Content:
    if request.viewer.user_id is None:
        return None
    found = Bulletin.objects.readable(request.viewer).standing().about([request.area.pk])
    rows = list(found.select_related("team")[: MOST + 1])
    may_write = areas_written_for(request.viewer).filter(pk=request.area.pk).exists()
    return {"bulletins": rows[:MOST], "more": len(rows) > MOST, "may_write": may_write, "area": request.area}


@section(
    key="campaigns", title=_("Campaign running here"), template="teams/bulletins/campaigns.html",
    on={Place.BRIEFING}, order=45,
)  # fmt: skip
def campaigns(request: Request) -> Content:
    """In the zone of a shift, or in an area of which it covers a part."""
    areas = [request.area.pk, *(area.pk for area in areas_of_zone(request.area))]
    found = Bulletin.objects.readable(request.viewer).running(timezone.localdate()).about(areas)
    rows = list(found[:MOST])
    return {"bulletins": rows} if rows else None


@section(
    key="bulletins-month", title=_("What was told"), template="teams/bulletins/month.html", on={Place.REPORT}, order=80
)
def of_month(request: Request) -> Content:
    """For partners and for all, so the same in the copy of each organisation."""
    period = request.period or month_period(timezone.localdate())
    found = (
        Bulletin.objects.standing()
        .filter(audience__in=[Audience.PARTNERS, Audience.PUBLIC])
        .filter(published_at__gte=period.start, published_at__lt=period.end)
        .about([request.area.pk])
    )
    if not (told := found.count()):
        return None
    return {"bulletins": list(found[:MOST_IN_REPORT]), "more": max(told - MOST_IN_REPORT, 0)}
