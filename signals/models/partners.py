"""Keys with which another organisation's program asks and reports, and what came in by them."""

import datetime as dt
import hashlib
import secrets
from typing import Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from signals.models.reports import Report
from teams.access import Access, access_of_team
from teams.models import Function, Organisation, Team, User
from teams.models.organisations import OrganisationKind

PREFIX = "gk_"
SHOWN = 9  # of a key, enough to recognise it by
# To say when a key was last used, to the minute, a write for every question would be too much.
NOTED_EVERY = dt.timedelta(minutes=1)


def organisations_connected_by(viewer: Access) -> models.QuerySet[Organisation]:
    """Whose connections a viewer keeps, as administrator: those of the own organisation, and of the partners
    the city works with, who mostly have no administrator here."""
    if viewer.organisation_id is None or not viewer.holds(Function.ADMINISTRATOR):
        return Organisation.objects.none()
    own = Organisation.objects.filter(pk=viewer.organisation_id)
    if own.filter(kind=OrganisationKind.CITY).exists():
        return own | Organisation.objects.filter(kind=OrganisationKind.PARTNER)
    return own


class PartnerKeyQuerySet(models.QuerySet["PartnerKey"]):
    def managed_by(self, viewer: Access) -> Self:
        return self.filter(organisation__in=organisations_connected_by(viewer))

    def named_by(self, text: str) -> "PartnerKey | None":
        """The key that somebody shows, whatever its state."""
        found = self.select_related("organisation", "team__group").filter(hashed=hashed(text))
        return found.first()


@pghistory.track(
    pghistory.UpdateEvent(condition=pghistory.AnyChange(exclude=["last_used_at"]), row=pghistory.Old),
    pghistory.DeleteEvent(),
    model_name="PartnerKeyChange",
    exclude=["hashed", "last_used_at"],
)
class PartnerKey(models.Model):
    """The key itself is shown once, to who made it; here stands only what it can be recognised by."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="partner_keys", verbose_name=_("organisation")
    )
    name = models.CharField(_("what it is for"), max_length=80)
    beginning = models.CharField(max_length=SHOWN, editable=False)
    hashed = models.CharField(max_length=64, unique=True, editable=False)
    may_post = models.BooleanField(_("may report"), default=True)
    may_read = models.BooleanField(_("may read what its team reads"), default=False)
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="partner_keys", verbose_name=_("team")
    )
    valid_until = models.DateField(_("valid up to and including"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = PartnerKeyQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "-created_at"]
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(may_post=True) | models.Q(may_read=True), name="key_may_something"
            ),
            models.CheckConstraint(
                condition=models.Q(may_read=False) | models.Q(team__isnull=False), name="key_reads_as_a_team"
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="key_revoked_at_by",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if not (self.may_post or self.may_read):
            raise ValidationError({"may_post": _g("A key that may do nothing is of no use. Tick at least one right.")})
        if not self.may_read or self.organisation_id is None:
            return
        if self.organisation.kind != OrganisationKind.PARTNER:
            raise ValidationError(
                {
                    "may_read": _g(
                        "Who works for %(organisation)s reads under their own name. A key reads for partners only."
                    )
                    % {"organisation": self.organisation}
                }
            )
        if self.team is None or self.team.organisation_id != self.organisation_id:
            raise ValidationError(
                {
                    "team": _g("Choose the team of %(organisation)s that reads along.")
                    % {"organisation": self.organisation}
                }
            )

    @classmethod
    def make(cls, key: "PartnerKey", *, by: User) -> str:
        """Give a new row its key, and save it. What comes back is shown once and kept nowhere."""
        text = PREFIX + secrets.token_urlsafe(32)
        key.hashed, key.beginning, key.created_by = hashed(text), text[:SHOWN], by
        key.save(force_insert=True)
        return text

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and timezone.localdate() <= self.valid_until

    @property
    def why_not(self) -> str:
        """What is the matter with a key that is not valid."""
        if self.revoked_at is not None:
            return _g("This key was revoked. Ask the administrator for a new one.")
        return _g("This key has expired. Ask the administrator for a new one.")

    @property
    def access(self) -> Access:
        """What it reads: what its team reads, for a partner only."""
        if not self.may_read or self.team is None or self.organisation.kind != OrganisationKind.PARTNER:
            return Access(organisation_id=self.organisation_id)
        return access_of_team(self.team)

    def revoke(self, *, by: User) -> None:
        PartnerKey.objects.filter(pk=self.pk, revoked_at__isnull=True).update(revoked_at=timezone.now(), revoked_by=by)

    def note_use(self) -> None:
        now = timezone.now()
        if self.last_used_at is None or self.last_used_at < now - NOTED_EVERY:
            PartnerKey.objects.filter(pk=self.pk).update(last_used_at=now)


def hashed(text: str) -> str:
    """A key has 256 random bits: nobody guesses it, so a plain hash is enough to look it up by."""
    return hashlib.sha256(text.encode()).hexdigest()


class PartnerReport(models.Model):
    """A report that came in by a key: the partner may follow what it reported itself."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="partner_report")
    key = models.ForeignKey(PartnerKey, models.PROTECT, related_name="reports")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return str(self.report_id)
