"""How long things are kept, counted back from now. The privacy statement prints the same settings."""

import datetime as dt

from django.conf import settings
from django.utils import timezone


def kept_since(promise: str) -> dt.datetime:
    """What is from before this moment was kept as long as `settings.RETENTION[promise]` promises."""
    length, now = settings.RETENTION[promise], timezone.now()
    return years_before(now, length) if promise.endswith("_years") else now - dt.timedelta(days=length)


def years_before(moment: dt.datetime, years: int) -> dt.datetime:
    """The same day and time some years earlier; of 29 February, in a year without one, the 28th."""
    try:
        return moment.replace(year=moment.year - years)
    except ValueError:
        return moment.replace(year=moment.year - years, day=28)
