"""Messages to the program of a partner, about what concerns its team: that something happened, and where to look."""

import base64
import datetime as dt
import secrets
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import Job, enqueue
from kortrijk_gebied.refusals import Refused
from signals.models.events import SignalEvent
from signals.models.partners import organisations_connected_by
from teams.access import Access
from teams.models import Organisation, Team, User
from teams.models.organisations import OrganisationKind


class Happening(models.TextChoices):
    """The names are those partners program against: they never change."""

    ROUTED = "signal.routed", _("a signal comes to the team")
    OFFERED = "task.offered", _("a task is offered")
    ACCEPTED = "task.accepted", _("a task is accepted")
    RETURNED = "task.returned", _("a task is returned")
    DONE = "task.done", _("a task is done")
    WITHDRAWN = "task.withdrawn", _("a task is withdrawn")
    CORRECTED = "signal.corrected", _("the subject or place of a signal is corrected")
    CLOSED = "signal.closed", _("a signal is closed")
    REOPENED = "signal.reopened", _("a signal is reopened")


# A job tries five times in a quarter of an hour; after this nobody is trying any more.
GIVEN_UP_AFTER = dt.timedelta(hours=1)
ABOUT_TASKS = {
    Happening.ROUTED, Happening.OFFERED, Happening.ACCEPTED, Happening.RETURNED, Happening.DONE, Happening.WITHDRAWN,
}  # fmt: skip


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def managed_by(self, viewer: Access) -> Self:
        return self.filter(organisation__in=organisations_connected_by(viewer))

    def with_troubles(self) -> Self:
        """`stuck`: messages that nobody tries any more. `last_at`: when one was tried last; `trouble`: why it did not
        arrive then."""
        tried = WebhookDelivery.objects.filter(webhook=models.OuterRef("pk"), tried_at__isnull=False)
        last = tried.exclude(state=DeliveryState.DROPPED).order_by("-tried_at")
        stuck = models.Count("deliveries", filter=models.Q(deliveries__state=DeliveryState.FAILED))
        return self.annotate(
            stuck=stuck,
            last_at=models.Subquery(last.values("tried_at")[:1]),
            trouble=models.Subquery(last.values("problem")[:1]),
        )


@pghistory.track(model_name="WebhookChange", exclude=["secret"])
class Webhook(models.Model):
    """Where a partner wants to hear. The secret signs each message; it is shown once, to who made it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="webhooks", verbose_name=_("organisation"), editable=False
    )
    team = models.ForeignKey(Team, models.PROTECT, related_name="webhooks", verbose_name=_("team"))
    url = models.URLField(_("address"), max_length=500)
    happenings = ArrayField(models.CharField(max_length=20), verbose_name=_("when"))
    secret = models.CharField(max_length=80, editable=False)
    active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "created_at"]
        verbose_name = "webhook"
        verbose_name_plural = "webhooks"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(happenings__contained_by=Happening.values) & ~models.Q(happenings=[]),
                name="webhook_happenings_known",
            ),
            models.UniqueConstraint(
                fields=["team", "url"], name="webhook_once_per_team",
                violation_error_message=_("This team hears at this address already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.url

    def clean(self) -> None:
        if self.team_id is None:
            return
        owner = self.team.organisation
        if owner is None or owner.kind != OrganisationKind.PARTNER:
            raise ValidationError({"team": _g("Choose a team of a partner; colleagues look in the program itself.")})
        self.organisation = owner

    @classmethod
    def begin(cls, webhook: "Webhook", *, by: User) -> str:
        """Save a new one. Its secret comes back to be shown once."""
        secret = webhook.renew_secret()
        webhook.created_by = by
        webhook.save(force_insert=True)
        return secret

    def switch(self, *, on: bool) -> None:
        """What happens while it is off is not told afterwards."""
        self.active = on
        self.save(update_fields=["active"])

    def renew_secret(self) -> str:
        """A new secret; messages are signed with it from now on. `whsec_` is how libraries know it."""
        self.secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        return self.secret


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("not delivered")
    DROPPED = "dropped", _("not sent")


class WebhookDelivery(models.Model):
    """One message: what it is about, never its words. Those are put together when it leaves, as far as they may be."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    happening = models.CharField(max_length=20, choices=Happening)
    event = models.ForeignKey(SignalEvent, models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    answer = models.PositiveSmallIntegerField(null=True, blank=True, help_text="HTTP status")
    problem = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event"], name="delivery_once_per_event"),
            models.CheckConstraint(condition=models.Q(happening__in=Happening.values), name="delivery_happening_known"),
            models.CheckConstraint(condition=models.Q(state__in=DeliveryState.values), name="delivery_state_known"),
        ]
        indexes = [models.Index(fields=["webhook", "-at"], name="delivery_of_webhook")]

    def __str__(self) -> str:
        return f"{self.happening} {self.at:%Y-%m-%d %H:%M}"

    @property
    def can_be_retried(self) -> bool:
        """Also one that its worker died of: by then every attempt of a job would have been made."""
        given_up = (self.tried_at or self.at) < timezone.now() - GIVEN_UP_AFTER
        return self.state == DeliveryState.FAILED or (self.state == DeliveryState.WAITING and given_up)

    def send_soon(self) -> Job:
        """A job per round: after the last attempt somebody may begin again by hand."""
        return enqueue("webhook", key=f"webhook:{self.pk}:{uuid7()}", payload={"delivery": str(self.pk)})

    def retry(self) -> None:
        with transaction.atomic():
            mine = WebhookDelivery.objects.select_for_update().get(pk=self.pk)
            if not mine.can_be_retried:
                raise Refused(_g("This message is on its way already, or has arrived."))
            mine.state, mine.problem, mine.tried_at = DeliveryState.WAITING, "", timezone.now()
            mine.save(update_fields=["state", "problem", "tried_at"])
            mine.send_soon()

    def note(self, state: str, *, answer: int | None = None, problem: str = "") -> None:
        """What came of an attempt."""
        self.state, self.answer, self.problem = state, answer, problem[:300]
        self.attempts, self.tried_at = self.attempts + 1, timezone.now()
        self.save(update_fields=["state", "answer", "problem", "attempts", "tried_at"])
