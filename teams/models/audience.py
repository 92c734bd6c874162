"""Who something is meant for: one's own house, everybody who works in the area, or the whole city."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from teams.models.teams import Team

if TYPE_CHECKING:
    from teams.access import Access


class Audience(models.TextChoices):
    INTERNAL = "internal", _("own organisation")
    PARTNERS = "partners", _("all who work in the area")
    PUBLIC = "public", _("everybody")


def audience_known(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(audience__in=Audience.values), name=f"{name}_audience_known")


def heard_by(viewer: "Access", *, areas: models.Q, everywhere: models.Q) -> models.Q:
    """Rows of a team that a viewer may read, by their `team` and `audience`.

    Internal: who is in the team, and the people of its organisation; of a joint team its members alone. For partners:
    who may view one of its areas (`areas`), or, when it lies `everywhere`, who may view any. Public: all.
    """
    heard = models.Q(audience=Audience.PUBLIC) | models.Q(team_id__in=viewer.team_ids)
    if viewer.organisation_id is not None:
        heard |= models.Q(team__organisation_id=viewer.organisation_id)
    if viewer.areas("view"):
        heard |= models.Q(audience=Audience.PARTNERS) & (areas | everywhere)
    return heard


def heard_then(viewer: "Access") -> Callable[[Any, Any], bool]:
    """For a history (`kortrijk_gebied.history.steps_of`): whether a viewer might read a row as it was once. Given to
    more people since, it does not tell them what it said before."""
    houses = Team.objects.filter(models.Q(pk__in=viewer.team_ids) | models.Q(organisation=viewer.organisation_id or 0))
    own = set(houses.values_list("pk", flat=True))

    def shows(_row: Any, state: Any) -> bool:
        was_owner = viewer.user_id is not None and getattr(state, "owner_id", None) == viewer.user_id
        return getattr(state, "audience", "") != Audience.INTERNAL or state.team_id in own or was_owner

    return shows
