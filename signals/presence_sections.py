"""Presence in an area: on how many days it was seen, and what was done there."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.sections import Content, Place, Request, section
from signals.left_behind import in_or_over
from signals.models import PatrolRound
from signals.presence import together

DAYS = 30


@section(
    key="presence", title=_("Presence"), template="signals/presence.html", on={Place.AREA, Place.REPORT}, order=55
)  # fmt: skip
def presence(request: Request) -> Content:
    """A zone of the inner city counts for each area in which a part of it lies. Nothing where nobody goes round."""
    if request.area is None:
        return None
    now = timezone.now()
    start, end = (
        (request.period.start, request.period.end) if request.period else (now - dt.timedelta(days=DAYS), now)
    )  # fmt: skip
    rounds = PatrolRound.objects.filter(in_or_over(request.area), started_at__gte=start, started_at__lt=end)
    seen = together(rounds)
    return {"seen": seen} if seen.days else None
