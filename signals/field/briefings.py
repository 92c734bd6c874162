"""That a briefing was read on the tablet: for its reader alone, and to know what is new the next time."""

import datetime as dt

from django.utils import timezone

from signals.field.outcomes import Became
from signals.field.records import Record, moment
from signals.models import Result
from teams.access import access_of
from teams.briefing.made import viewable
from teams.briefing.since import as_of
from teams.models import BriefingRead, User


def take_in(record: Record, author: User, noted_at: dt.datetime) -> Became:
    """Of the areas that its reader may view by now; read again the same day it is nothing new."""
    named = record.content.get("areas")
    wanted = {pk for pk in named if isinstance(pk, int)} if isinstance(named, list) else set()
    # What the tablet carried; older shells do not say when that was made.
    day, at = timezone.localdate(noted_at), as_of(moment(record.content.get("as_of")), noted_at)
    for area in viewable(access_of(author)):
        if area.pk in wanted:
            BriefingRead.objects.get_or_create(user=author, area=area, day=day, defaults={"at": at})
    return Became(Result.NOTED)
