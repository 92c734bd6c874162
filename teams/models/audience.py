"""Who something is meant for: one's own house, everybody who works in the area, or the whole city."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

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
