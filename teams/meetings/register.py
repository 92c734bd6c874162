"""Every decision of every team, to be found again by words, team, area and period."""

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, OuterRef, Q, QuerySet

from teams.access import Access
from teams.meetings.lines import agreed
from teams.models import Action, AgendaPoint
from teams.models.meetings import PointState


def decisions(viewer: Access, wanted: dict[str, Any]) -> QuerySet[AgendaPoint]:
    """The latest first. `wanted` is what the form of the register says."""
    decided = AgendaPoint.objects.readable(viewer).filter(state=PointState.DECIDED)
    found: QuerySet[AgendaPoint] = decided.select_related("team", "meeting")
    if words := wanted.get("q"):
        found = _that_say(words, found, viewer)
    if team := wanted.get("team"):
        found = found.filter(team=team)
    if area := wanted.get("gebied"):
        found = found.filter(team__in=area.teams.all())
    if since := wanted.get("van"):
        found = found.filter(decided_at__date__gte=since)
    if until := wanted.get("tot"):
        found = found.filter(decided_at__date__lte=until)
    return found.prefetch_related(agreed(viewer)).order_by("-decided_at", "-pk")


def _that_say(words: str, points: QuerySet[AgendaPoint], viewer: Access) -> QuerySet[AgendaPoint]:
    """In the point, in its decision, or in what was agreed under it. Only what one may read is looked through."""
    query = SearchQuery(words, config="dutch", search_type="websearch")
    own = SearchVector("title", "text", "decision", config="dutch")
    promised = Action.objects.readable(viewer).alias(said=SearchVector("title", config="dutch")).filter(said=query)
    return points.alias(said=own).filter(Q(said=query) | Q(Exists(promised.filter(point=OuterRef("pk")))))
