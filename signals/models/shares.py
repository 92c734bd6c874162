from typing import Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from signals.levels import Level
from signals.models.attachments import Attachment
from signals.models.base import history
from signals.models.events import EventKind, Unseen
from signals.models.notes import Note
from signals.models.signals import Signal
from teams.access import Access
from teams.models import Team, User


class ShareQuerySet(models.QuerySet["Share"]):
    def current(self) -> Self:
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())

    def received_by(self, viewer: Access) -> Self:
        return self.current().filter(team_id__in=viewer.team_ids)

    def given_on_readable(self, viewer: Access) -> Self:
        return self.filter(signal__in=Signal.objects.readable(viewer))


@pghistory.track(*history(), model_name="ShareChange")
class Share(models.Model):
    """A sentence written for one receiving team, with ground, purpose and end. Never the original text."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    signal = models.ForeignKey(Signal, models.CASCADE, null=True, blank=True, related_name="shares")
    note = models.ForeignKey(Note, models.CASCADE, null=True, blank=True, related_name="shares")
    attachment = models.ForeignKey(Attachment, models.CASCADE, null=True, blank=True, related_name="shares")
    team = models.ForeignKey(Team, models.PROTECT, related_name="shares_received", verbose_name=_("for"))
    text = models.TextField(_("what you tell them"), max_length=500)
    legal_ground = models.CharField(_("legal ground"), max_length=200)
    purpose = models.CharField(_("purpose"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("until"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(signal__isnull=False, note__isnull=True, attachment__isnull=True)
                | models.Q(signal__isnull=True, note__isnull=False, attachment__isnull=True)
                | models.Q(signal__isnull=True, note__isnull=True, attachment__isnull=False),
                name="share_exactly_one_thing",
            ),
            models.CheckConstraint(
                condition=~models.Q(text="") & ~models.Q(legal_ground="") & ~models.Q(purpose=""),
                name="share_says_what_why_and_on_what_ground",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("at")),
                name="share_ends_after_it_starts",
                violation_error_message=_("The end of the share lies before now."),
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="share_revoked_at_by",
            ),
        ]
        indexes = [models.Index(fields=["team", "expires_at"], name="share_received")]

    def __str__(self) -> str:
        return f"{self.team} {self.at:%Y-%m-%d}"

    def clean(self) -> None:
        original = self.signal.description if self.signal else self.note.text if self.note else ""
        if original.strip() and original.strip().casefold() == self.text.strip().casefold():
            raise ValidationError({"text": _("Write a new sentence for the receiver; do not copy the original.")})

    def revoke(self, *, by: User) -> None:
        """End it before its day. What its receiver was asked to do on sealed matter ends with it."""
        from signals.actions import withdraw_unseen_tasks

        with transaction.atomic():
            signal = Signal.objects.select_for_update(of=("self",)).filter(pk=self.signal_id).first()
            revoked = Share.objects.filter(pk=self.pk, revoked_at__isnull=True).update(
                revoked_at=timezone.now(), revoked_by=by
            )
            if revoked and signal:
                signal.record(
                    EventKind.SHARE_ENDED, by=by, level=max(signal.level, Level.LIMITED), team=self.team.name
                )  # fmt: skip
                withdraw_unseen_tasks(signal=signal, by=by, why=Unseen.SHARE_ENDED)
