"""Of a season that is long over the words go, and who asked; whose hours they were stays."""

import datetime as dt

from django.db import transaction
from django.db.models import Case, Value, When

from kortrijk_gebied.erasing import erase_history
from kortrijk_gebied.jobs.models import Message
from reservations.models import Season, SeasonRequest
from reservations.moments import on_clock


@transaction.atomic
def erase_requests(before: dt.datetime, said: str) -> int:
    """`said` stands in the place of the words: the database asks for some. How many were erased."""
    seasons = Season.objects.filter(ends__lt=on_clock(before).date())
    due = SeasonRequest.objects.filter(season__in=seasons).exclude(title=said)
    keys = list(due.values_list("pk", flat=True))
    over = list(due.values_list("season", flat=True).distinct())
    because = Case(When(because="", then=Value("")), default=Value(said))
    SeasonRequest.objects.filter(pk__in=keys).update(title=said, note="", because=because, created_by=None)
    for season in over:
        Message.objects.filter(key__startswith=f"season:{season}:").delete()
    erase_history({SeasonRequest: keys})
    return len(keys)
