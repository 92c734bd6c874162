"""By when something can be promised. A year typed wrongly is a promise that nobody keeps, nor misses."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused

FARTHEST = dt.timedelta(days=3653)  # longer than any plan


def must_be_ahead(day: dt.date, *, on: dt.date | None = None) -> None:
    """Raises `Refused` with a sentence. What stood there before is not asked again: a day passes by itself."""
    today = on or timezone.localdate()
    if day < today:
        raise Refused(_("This day is past. By when will it be done?"))
    if day > today + FARTHEST:
        raise Refused(_("This is more than ten years ahead. Look at the year."))
