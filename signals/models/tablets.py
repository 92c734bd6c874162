"""The tablets wardens share, and the key to which they seal what waits for the network (decision 040)."""

import datetime as dt
from typing import Self

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from teams.access import Access
from teams.models import Function, Organisation, User

# To say when a tablet was last there, a write for every question would be too much.
NOTED_EVERY = dt.timedelta(seconds=20)
# A clock that is further off than this is told of.
CLOCK_MAY_DIFFER = dt.timedelta(minutes=2)
NEARLY_FULL = 0.8


# A clock can be off by more than there are years to count back.
FARTHEST_OFF = dt.timedelta(days=100 * 365)


def how_far(offset: dt.timedelta, at: dt.datetime) -> str:
    return timesince(at - min(abs(offset), FARTHEST_OFF), at)


class CityKey(models.Model):
    """A pair of keys: every tablet has the public half, and only this program can open what it sealed.

    `private` is sealed itself, with the secret of the installation: who steals a copy of the database and a tablet
    opens nothing.
    """

    id = models.CharField(primary_key=True, max_length=16)
    public = models.JSONField(help_text="as a JSON Web Key")
    private = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True, help_text="it opens what was sealed, and seals no more")

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("city key")
        verbose_name_plural = _("city keys")
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(retired_at__isnull=True), name="citykey_one_current"
            ),
        ]

    def __str__(self) -> str:
        return self.id


class Order(models.TextChoices):
    """What a tablet does at its next contact. What it saved stays, sealed."""

    SIGN_OUT = "sign_out", _("sign out")
    WIPE = "wipe", _("wipe")


class TabletQuerySet(models.QuerySet["Tablet"]):
    def managed_by(self, viewer: Access) -> Self:
        """Those of the own organisation, for who coordinates or administers there."""
        if viewer.organisation_id is None or not viewer.holds(Function.COORDINATOR, Function.ADMINISTRATOR):
            return self.none()
        return self.filter(organisation_id=viewer.organisation_id)


@pghistory.track(
    pghistory.UpdateEvent(condition=pghistory.AnyChange("name", "order", "revoked_at"), row=pghistory.Old),
    pghistory.DeleteEvent(),
    model_name="TabletChange",
    fields=["id", "name", "order", "ordered_at", "ordered_by", "revoked_at", "revoked_by"],
)
class Tablet(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="tablets")
    name = models.CharField(_("name"), max_length=60)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)
    # As the tablet itself last said.
    waiting = models.PositiveIntegerField(_("waiting"), default=0)
    attention = models.PositiveIntegerField(_("asks for attention"), default=0)
    oldest_at = models.DateTimeField(null=True, blank=True)
    used = models.PositiveBigIntegerField(null=True, blank=True, help_text="bytes")
    quota = models.PositiveBigIntegerField(null=True, blank=True, help_text="bytes")
    clock_offset_ms = models.BigIntegerField(null=True, blank=True, help_text="ours less its own")
    shell = models.CharField(max_length=64, blank=True)
    order = models.CharField(_("instruction"), max_length=8, choices=Order, blank=True)
    ordered_at = models.DateTimeField(null=True, blank=True)
    ordered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    carried_out_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = TabletQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("tablet")
        verbose_name_plural = _("tablets")
        constraints = [
            models.UniqueConstraint(
                "organisation", models.functions.Lower("name"), name="tablet_name_once",
                violation_error_message=_("Another tablet has this name already."),
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="tablet_has_a_name"),
            models.CheckConstraint(condition=models.Q(order__in=["", *Order.values]), name="tablet_order_known"),
            models.CheckConstraint(
                condition=models.Q(order="") & models.Q(ordered_at__isnull=True, ordered_by__isnull=True)
                | models.Q(ordered_at__isnull=False, ordered_by__isnull=False),
                name="tablet_ordered_at_by",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="tablet_revoked_at_by",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def clock_is_off(self) -> bool:
        return self.clock_offset_ms is not None and abs(self.clock_offset_ms) > CLOCK_MAY_DIFFER.total_seconds() * 1000

    @property
    def clock_words(self) -> str:
        """How far its own clock is off, where that is worth telling."""
        if self.clock_offset_ms is None or not self.clock_is_off:
            return ""
        much = how_far(dt.timedelta(milliseconds=self.clock_offset_ms), self.seen_at)
        return (_g("%(much)s slow") if self.clock_offset_ms > 0 else _g("%(much)s fast")) % {"much": much}

    @property
    def is_nearly_full(self) -> bool:
        return bool(self.quota) and (self.used or 0) > NEARLY_FULL * (self.quota or 0)

    def was_seen(self) -> None:
        now = timezone.now()
        if self.seen_at < now - NOTED_EVERY:
            self.seen_at = now
            self.save(update_fields=["seen_at"])

    def give(self, order: Order, *, by: User) -> None:
        """Wiping includes signing out, so it is never made less by a later order."""
        if self.order != Order.WIPE:
            self.order = order
        self.ordered_at, self.ordered_by, self.carried_out_at = timezone.now(), by, None
        self.save(update_fields=["order", "ordered_at", "ordered_by", "carried_out_at"])

    def carried_out(self, done: str) -> None:
        """The tablet says it did what was asked; of something that is not asked any more nothing follows."""
        if not self.order or (self.order == Order.WIPE and done != Order.WIPE):
            return
        self.order, self.carried_out_at = "", timezone.now()
        self.save(update_fields=["order", "carried_out_at"])

    def revoke(self, *, by: User) -> None:
        """Nobody starts a shift on it any more; what it saved still comes, through a coordinator."""
        if self.revoked_at is None:
            self.revoked_at, self.revoked_by = timezone.now(), by
            self.save(update_fields=["revoked_at", "revoked_by"])
            self.give(Order.WIPE, by=by)

    def allow_again(self) -> None:
        self.revoked_at = self.revoked_by = None
        self.save(update_fields=["revoked_at", "revoked_by"])


class Shift(models.Model):
    """Somebody worked with a tablet from one moment to another. Where they went, nothing remembers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tablet = models.ForeignKey(Tablet, models.CASCADE, related_name="shifts")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("started_at")),
                name="shift_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["tablet"], condition=models.Q(ended_at__isnull=True), name="shift_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.tablet}"

    def end(self) -> None:
        if self.ended_at is None:
            self.ended_at = max(timezone.now(), self.started_at)
            self.save(update_fields=["ended_at"])
