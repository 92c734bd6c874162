from typing import Self

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from signals.levels import Level
from signals.models.base import Secret, history, level_known, never_below_its_signal
from signals.models.lexemes import KeptWords
from signals.models.signals import Signal
from signals.visibility import may_read
from teams.access import Access
from teams.models import Organisation, Team, User


def within_reach(viewer: Access) -> models.Q:
    """Of what hangs on a readable signal: the open, one's own organisation's limited, one's own team's sealed."""
    return models.Q(signal__in=Signal.objects.filter(may_read(viewer))) & (
        models.Q(level=Level.OPEN)
        | models.Q(level=Level.LIMITED, organisation_id=viewer.organisation_id)
        | models.Q(level=Level.SEALED, team_id__in=viewer.sealed_team_ids)
    )


class NoteQuerySet(models.QuerySet["Note"]):
    def readable(self, viewer: Access) -> Self:
        return self.filter(within_reach(viewer))


@pghistory.track(*history(), model_name="NoteChange")
class Note(Secret):
    signal = models.ForeignKey(Signal, models.CASCADE, related_name="notes")
    text = models.TextField(_("note"), max_length=5000)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="notes")
    at = models.DateTimeField(default=timezone.now)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        triggers = [never_below_its_signal()]
        constraints = [
            level_known("note"),
            models.CheckConstraint(condition=~models.Q(text=""), name="note_says_something"),
        ]
        indexes = [
            models.Index(fields=["signal", "-at"], name="note_signal_at"),
            GinIndex(
                KeptWords("text", "level", "organisation_id", "team_id"),
                name="note_kept_words",
                condition=models.Q(level__gt=Level.OPEN),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
