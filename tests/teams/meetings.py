"""Meetings for tests: Overleie's team meets, and what stands on its agenda."""

import datetime as dt
from typing import Any

from django.utils import timezone

from kortrijk_gebied.workdays import BRUSSELS
from teams.meetings.agenda import put_on_agenda
from teams.meetings.planning import plan
from teams.models import AgendaPoint, Meeting, Team, User
from tests.cast import Cast

OVERLEIE_TEAM = "gebiedsteam-overleie-pius-x"


def team_of(code: str = OVERLEIE_TEAM) -> Team:
    return Team.objects.get(code=code)


def at(days: int, hour: int = 14) -> dt.datetime:
    return dt.datetime.combine(timezone.localdate() + dt.timedelta(days=days), dt.time(hour), BRUSSELS)


def unplanned(by: User, *, days: int = 3, team: str = OVERLEIE_TEAM, **details: Any) -> Meeting:
    details = {"place": "Buurthuis Overleie", "starts": at(days), "ends": at(days, 16), **details}
    return Meeting(team=team_of(team), created_by=by, **details)


def planned(by: User, **details: Any) -> Meeting:
    return plan(unplanned(by, **details), by=by)[0]


def held_today(by: User, **details: Any) -> Meeting:
    """It began this morning: points can end."""
    meeting = planned(by, days=1, **details)
    Meeting.objects.filter(pk=meeting.pk).update(starts=timezone.now() - dt.timedelta(minutes=5), ends=at(1))
    meeting.refresh_from_db()
    return meeting


def raised(by: User, title: str = "Fietsen op het pleintje", **details: Any) -> AgendaPoint:
    team: Team = details.pop("team", None) or team_of()
    return put_on_agenda(team=team, title=title, by=by, **details)


def on_the_table(cast: Cast, **details: Any) -> AgendaPoint:
    """It stands on the agenda of a meeting that has begun."""
    return raised(cast["buurtwerker"], meeting=held_today(cast["gebiedswerker"]), **details)
