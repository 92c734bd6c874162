"""A calendar that somebody reads in another program: by an address that is a key."""

import datetime as dt
import hashlib
import secrets
from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from reservations.models.buildings import Building
from reservations.models.rooms import Room
from teams.models import Team, User

# Programs come every quarter of an hour: to say when it was last read, a write for each would be too much.
NOTED_EVERY = dt.timedelta(minutes=10)
MOST_FEEDS = 40  # that one person has at once


class FeedKind(models.TextChoices):
    PERSON = "person", _("my bookings")
    TEAM = "team", _("team")
    BUILDING = "building", _("building")
    ROOM = "room", _("room")


class FeedQuerySet(models.QuerySet["Feed"]):
    def with_names(self) -> Self:
        return self.select_related("owner__organisation", "room__building", "building", "team")

    def named_by(self, token: str) -> "Feed | None":
        """The feed of an address, whatever became of it."""
        return self.with_names().filter(hashed=hashed(token)).first()

    def standing(self) -> Self:
        return self.filter(revoked_at__isnull=True)


@pghistory.track(
    pghistory.UpdateEvent(condition=pghistory.AnyChange("revoked_at", "revoked_by"), row=pghistory.Old),
    pghistory.DeleteEvent(),
    model_name="FeedChange",
    exclude=["hashed", "digest", "changed_at", "last_read_at"],
)
class Feed(models.Model):
    """The address is shown once, to who made it; here stands only what it can be recognised by. What it says is
    decided each time it is read, by what its owner may read that day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=FeedKind)
    room = models.ForeignKey(Room, models.CASCADE, null=True, blank=True, related_name="feeds")
    building = models.ForeignKey(Building, models.CASCADE, null=True, blank=True, related_name="feeds")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="feeds")
    owner = models.ForeignKey(User, models.CASCADE, related_name="feeds")
    hashed = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    last_read_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="of what it said when it was last read")
    changed_at = models.DateTimeField(null=True, blank=True, help_text="when it first said that")

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("calendar subscription")
        verbose_name_plural = _("calendar subscriptions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="room", room__isnull=False, building__isnull=True, team__isnull=True)
                | models.Q(kind="building", room__isnull=True, building__isnull=False, team__isnull=True)
                | models.Q(kind="team", room__isnull=True, building__isnull=True, team__isnull=False)
                | models.Q(kind="person", room__isnull=True, building__isnull=True, team__isnull=True),
                name="feed_of_one_thing",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=FeedKind.values), name="feed_kind_known"),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="feed_revoked_at_by",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-created_at"], name="feed_of_owner")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it is of; it becomes the name of the calendar."""
        found = self.room or self.building or self.team
        return str(found) if found else str(_("My bookings"))

    @classmethod
    def make(cls, feed: "Feed") -> str:
        """Give a new row its key, and save it. The address that comes back is shown once and kept nowhere."""
        token = secrets.token_urlsafe(32)
        feed.hashed = hashed(token)
        feed.save(force_insert=True)
        return f"{settings.SITE_URL}{reverse('reservations:feed', args=[token])}"

    def revoke(self, *, by: User) -> None:
        Feed.objects.filter(pk=self.pk, revoked_at__isnull=True).update(revoked_at=timezone.now(), revoked_by=by)

    def note_read(self, digest: str) -> dt.datetime:
        """Since when it says what it says now."""
        now = timezone.now()
        if self.digest != digest or self.changed_at is None:
            self.digest, self.changed_at = digest, now.replace(microsecond=0)
        elif self.last_read_at is not None and now - self.last_read_at < NOTED_EVERY:
            return self.changed_at
        Feed.objects.filter(pk=self.pk).update(digest=digest, changed_at=self.changed_at, last_read_at=now)
        return self.changed_at


def hashed(token: str) -> str:
    """An address has 256 random bits: nobody guesses it, so a plain hash is enough to look it up by."""
    return hashlib.sha256(token.encode()).hexdigest()
