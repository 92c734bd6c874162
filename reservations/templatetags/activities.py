"""Small pieces of page about activities."""

from django import template
from django.utils import timezone

from reservations.activities.listing import OpenWeek, open_weeks
from reservations.models import Activity, Building

register = template.Library()


@register.simple_tag
def open_week(building: Building) -> OpenWeek | None:
    """When a service centre is open for everybody this week; nothing where nobody wrote that down."""
    found = open_weeks(Activity.objects.public().filter(building=building), timezone.localdate())
    return found[0] if found else None
