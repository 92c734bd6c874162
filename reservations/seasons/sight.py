"""What of seasons somebody sees: who has which hours everybody, who asked for what only who asked and the keepers."""

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404

from reservations.models import Allocation, AllocationState, Building, Season, SeasonRequest
from reservations.models.seasons import SeasonRequestQuerySet
from teams.access import Access


def seen_requests(viewer: Access) -> SeasonRequestQuerySet:
    """One's own and, in seasons one keeps, all of them; `is_readable` says whether their words too."""
    readable, mine = SeasonRequest.objects.readable(viewer), SeasonRequest.objects.mine(viewer)
    words = models.Exists(readable.filter(pk=models.OuterRef("pk")))
    own = models.Exists(mine.filter(pk=models.OuterRef("pk")))
    seen = models.Q(is_mine=True) | models.Q(season__in=Season.objects.kept(viewer))
    return (
        SeasonRequest.objects.annotate(is_readable=words, is_mine=own)
        .filter(seen)
        .select_related("season", "organisation", "association", "team", "room__building", "created_by")
        .select_related("allocation__room__building")
    )


def request_for(viewer: Access, pk: object) -> SeasonRequest:
    return get_object_or_404(seen_requests(viewer), pk=pk)


def keeps_season(viewer: Access, season: Season) -> bool:
    return Season.objects.kept(viewer).filter(pk=season.pk).exists()


def allocation_for(viewer: Access, pk: object) -> Allocation:
    """Everybody may know whose hours they are. What is only proposed is the keepers' own."""
    found = get_object_or_404(Allocation.objects.with_words(), pk=pk)
    if found.state == AllocationState.PROPOSED or viewer.user_id is None:
        raise Http404
    return found


def manages(viewer: Access, allocation: Allocation) -> bool:
    return Building.objects.managed_by(viewer).filter(pk=allocation.room.building_id).exists()


def holds(viewer: Access, allocation: Allocation) -> bool:
    return Allocation.objects.held(viewer).filter(pk=allocation.pk).exists()


def books_all(viewer: Access, allocation: Allocation) -> bool:
    """Who holds it; for an association also the keeper, who has it on the phone."""
    return holds(viewer, allocation) or (allocation.association_id is not None and manages(viewer, allocation))


def why_for(viewer: Access, allocation: Allocation) -> str:
    """A discreet holder says no more than its name, but to itself and to who gave the hours."""
    may = not allocation.is_discreet or manages(viewer, allocation) or holds(viewer, allocation)
    return allocation.why if may else ""
