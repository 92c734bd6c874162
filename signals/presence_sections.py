"""Presence in an area: on how many days of a month it was seen, and what was done there."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.within import in_or_over
from kortrijk_gebied.periods import is_month, previous_month
from kortrijk_gebied.sections import Content, Place, Request, section
from signals.presence import together


@section(
    key="presence", title=_("Presence"), template="signals/presence.html", on={Place.AREA, Place.REPORT}, order=55
)  # fmt: skip
def presence(request: Request) -> Content:
    """Of the month of a report, otherwise of the last one that is over: never of days until now. A zone of the inner
    city counts for each area in which a part of it lies. Nothing where nobody goes round."""
    if request.area is None:
        return None
    of_month = request.period and is_month(request.period)
    month = (
        timezone.localdate(request.period.start)
        if request.period and of_month
        else previous_month(timezone.localdate())
    )
    seen = together(month, in_or_over(request.area))
    return {"seen": seen, "month": month} if seen else None
