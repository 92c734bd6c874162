"""What every row about people's trouble has in common: a level, and never a lower one than its signal's."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history as history  # of every model here
from kortrijk_gebied.ids import uuid7
from signals.levels import Level
from teams.access import Access


class Secret(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, default=Level.OPEN)

    class Meta:
        abstract = True


def at_their_level(viewer: Access) -> models.Q:
    """Of what hangs on a readable signal: the open, what is limited for its owner, what is sealed for who keeps it.
    It was written when the signal was as secret as that, whatever the signal became since."""
    return (
        models.Q(level=Level.OPEN)
        | models.Q(level=Level.LIMITED, signal__owner_id=viewer.organisation_id)
        | models.Q(level=Level.SEALED, signal__team_id__in=viewer.sealed_team_ids)
    )


def level_known(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(level__in=Level.values), name=f"{name}_level_known")


def never_below_its_signal() -> pgtrigger.Trigger:
    """Raises a lower level to that of the signal, whoever writes the row."""
    return pgtrigger.Trigger(
        name="never_below_its_signal",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("level", "signal_id"),  # type: ignore[no-untyped-call]
        func="""
            NEW.level = greatest(
                NEW.level, (SELECT level FROM signals_signal WHERE id = NEW.signal_id)
            );
            RETURN NEW;
        """,
    )
