"""A dossier: signals that belong together, worked on together, such as one corner that keeps coming back."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

import pghistory
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.ids import spoken_reference
from kortrijk_gebied.refusals import Refused
from signals.levels import Level
from signals.models.base import Secret, history, level_known
from signals.models.signals import Signal
from teams.access import Access, keeps_sealed_matter
from teams.models import Organisation, Team, User

# The same words by the same person within this time are a form sent twice.
SENT_TWICE = dt.timedelta(minutes=1)


class DossierKind(models.TextChoices):
    LINKED_ACTION = "action", _("linked action")
    HOTSPOT = "hotspot", _("picture of a hotspot")
    OTHER = "other", _("other")


def _within_reach(viewer: Access) -> models.Q:
    here = models.Q(area_id__in=viewer.areas("view")) | models.Q(team_id__in=viewer.team_ids)
    return (
        models.Q(level=Level.OPEN) & here
        | models.Q(level=Level.LIMITED, owner_id=viewer.organisation_id) & here
        | models.Q(level=Level.SEALED, team_id__in=viewer.sealed_team_ids)
    )


class DossierQuerySet(models.QuerySet["Dossier"]):
    """As with signals: open for who views its area, limited for its owner, sealed for the team that keeps it."""

    def readable(self, viewer: Access) -> Self:
        return self.filter(_within_reach(viewer))

    def writable(self, viewer: Access) -> Self:
        """Who routes in its area keeps it up for its owner; and the team that keeps it."""
        routes = models.Q(owner_id=viewer.organisation_id, area_id__in=viewer.areas("route"))
        return self.readable(viewer).filter(
            routes & models.Q(level__lt=Level.SEALED) | models.Q(team_id__in=viewer.teams("work"))
        )

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)


@pghistory.track(*history(), model_name="DossierChange")
class Dossier(Secret):
    reference = models.CharField(_("reference"), max_length=12, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=DossierKind, default=DossierKind.HOTSPOT)
    title = models.CharField(_("title"), max_length=120)
    purpose = models.TextField(_("what it is for"), max_length=2000, blank=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="dossiers", verbose_name=_("owner"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="dossiers", verbose_name=_("team that keeps it"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.TextField(_("outcome"), max_length=2000, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        constraints = [
            level_known("dossier"),
            models.CheckConstraint(condition=models.Q(kind__in=DossierKind.values), name="dossier_kind_known"),
            models.CheckConstraint(condition=~models.Q(title=""), name="dossier_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | models.Q(closed_at__isnull=False, closed_by__isnull=False) & ~models.Q(outcome=""),
                name="dossier_closed_at_by_with_outcome",
            ),
        ]
        indexes = [models.Index(fields=["area"], name="dossier_open", condition=models.Q(closed_at__isnull=True))]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @classmethod
    def begin(
        cls, *, by: User, title: str, kind: str, purpose: str, team: Team, area: Area, level: int,
        first: Signal | None = None,
    ) -> "Dossier":  # fmt: skip
        """Begin one, with its first signal in it or not at all. Sent twice within a minute it is one."""
        if team.organisation_id is None or team.organisation_id != by.organisation_id:
            raise Refused(_g("A dossier is kept by a team of your own organisation."))
        if level == Level.SEALED and not keeps_sealed_matter(team):
            raise Refused(_g("Nobody in %(team)s may read sealed matter: choose another team.") % {"team": team})
        just_now = cls.objects.filter(opened_at__gt=timezone.now() - SENT_TWICE, opened_by=by, title=title, area=area)
        with transaction.atomic():
            User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # of two at the same moment one comes second
            made = just_now.first() or cls.objects.create(
                reference=_fresh_reference(), opened_by=by, title=title, kind=kind, purpose=purpose,
                owner_id=team.organisation_id, team=team, area=area, level=level,
            )  # fmt: skip
            if first:
                made.add(first, by=by)
        return made

    def add(self, signal: Signal, *, by: User) -> None:
        """Put a signal in it. Again it changes nothing."""
        with self._locked():
            if signal.level > self.level:
                said = _g("%(signal)s is more secret than this dossier: keep it out, or begin a dossier as secret.")
                raise Refused(said % {"signal": signal.reference})
            self.entries.get_or_create(signal=signal, defaults={"by": by})

    def take_out(self, signal: Signal) -> None:
        with self._locked():
            self.entries.filter(signal=signal).delete()

    def add_note(self, *, by: User, text: str) -> "DossierNote":
        with self._locked():
            twin = self.notes.filter(by=by, text=text, at__gt=timezone.now() - SENT_TWICE).first()
            return twin or self.notes.create(by=by, text=text)

    def close(self, *, by: User, outcome: str) -> None:
        with self._locked():
            self.closed_at, self.closed_by, self.outcome = timezone.now(), by, outcome.strip()
            self.save(update_fields=["closed_at", "closed_by", "outcome"])

    def reopen(self) -> None:
        """What it led to stays in its history."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=Dossier.objects.select_for_update(of=("self",)))
            self.closed_at, self.closed_by, self.outcome = None, None, ""
            self.save(update_fields=["closed_at", "closed_by", "outcome"])

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with transaction.atomic():
            self.refresh_from_db(from_queryset=Dossier.objects.select_for_update(of=("self",)))
            if not self.is_open:
                raise Refused(_g("This dossier is closed. Reopen it first."))
            yield


def _fresh_reference() -> str:
    while Dossier.objects.filter(reference=(drawn := spoken_reference("D"))).exists():
        pass
    return drawn


@pghistory.track(*history(), model_name="DossierEntryChange")
class DossierEntry(models.Model):
    """A signal in a dossier. Whoever may not read the signal does not see that it is in it."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="entries")
    signal = models.ForeignKey(Signal, models.CASCADE, related_name="dossier_entries")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "signal"], name="dossier_holds_a_signal_once")]

    def __str__(self) -> str:
        return str(self.pk)


@pghistory.track(*history(), model_name="DossierNoteChange")
class DossierNote(models.Model):
    """As secret as its dossier."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="notes")
    text = models.TextField(_("note"), max_length=5000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="dossier_note_says_something")]

    def __str__(self) -> str:
        return str(self.pk)
