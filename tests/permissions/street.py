"""For the matrix: what the area team of Overleie asks attention for, and what the wards of the north keep inside."""

import datetime as dt

from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from signals.models import PatrolRound
from teams.models import Team
from tests.cast import Cast
from tests.teams.flags import flag_of

type Arguments = list[object]


def everything(people: Cast) -> dict[str, Arguments]:
    joint = flag_of(people, days=0)
    ward = Team.objects.get(code="wijkwerking-noord")
    inside = flag_of(people, days=0, team=ward, by=people["wijkinspecteur"], audience="internal")
    at = timezone.now() - dt.timedelta(days=1)
    walked = PatrolRound.objects.create(by=people["gemeenschapswacht"], started_at=at, ended_at=at)
    return {
        "joint flag": [joint.pk],
        "flag of the police": [inside.pk],
        "area to brief": ["overleie"],
        "round of nobody": [uuid7()],
        "round of a warden": [walked.pk],
    }
