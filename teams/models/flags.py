"""Where a shift must look: an attention area or a risk, with its reason and the day on which it is looked at again.

Nothing here lasts by itself: what nobody reviews lapses. And it is about places, never about a person.
"""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from teams.models.audience import Audience, audience_known, heard_by
from teams.models.people import User
from teams.models.places import Placed
from teams.models.teams import Team

if TYPE_CHECKING:
    from teams.access import Access

LONGEST = dt.timedelta(days=184)  # until it is looked at again
LAPSES_AFTER = dt.timedelta(days=30)  # when nobody looked
WARNED_BEFORE = dt.timedelta(days=7)


class FlagKind(models.TextChoices):
    ATTENTION = "attention", _("attention area")
    RISK = "risk", _("risk")


class FlagSource(models.TextChoices):
    """What made a team choose this place: no place is one for good, and none without a ground."""

    SCREENING = "screening", _("screening of the zones")
    MONITORING = "monitoring", _("monitoring of reports")
    RESIDENTS = "residents", _("what residents say")
    PARTNERS = "partners", _("what partners say")
    EVENT = "event", _("an event or works")


class AreaFlagQuerySet(models.QuerySet["AreaFlag"]):
    def current(self) -> Self:
        return self.filter(ended_at__isnull=True, lapsed_at__isnull=True, starts__lte=timezone.localdate())

    def open(self) -> Self:
        """Not over; it may still have to begin."""
        return self.filter(ended_at__isnull=True, lapsed_at__isnull=True)

    def due(self, day: dt.date) -> Self:
        """To be looked at again."""
        return self.open().filter(review_on__lte=day)

    def run_between(self, start: dt.date, end: dt.date) -> Self:
        """At some moment of a period, both days of it included."""
        over = Coalesce("ended_at", "lapsed_at")
        running = models.Q(over__isnull=True) | models.Q(over__date__gte=start)
        return self.alias(over=over).filter(running, starts__lte=end)

    def readable(self, viewer: "Access") -> Self:
        through = AreaFlag.areas.through.objects
        there = through.filter(area__in=viewer.areas("view")).values("areaflag")
        return self.filter(heard_by(viewer, areas=models.Q(pk__in=there), everywhere=models.Q(pk__in=[])))

    def writable(self, viewer: "Access") -> Self:
        """Those of one's own teams."""
        return self.filter(team_id__in=viewer.team_ids if viewer.user_id else [])

    def of_areas(self, areas: Collection[Area]) -> Self:
        through = AreaFlag.areas.through.objects
        return self.filter(pk__in=through.filter(area__in=areas).values("areaflag"))


@pghistory.track(*history(), model_name="AreaFlagChange")
class AreaFlag(Placed):
    Kind, Source = FlagKind, FlagSource

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=FlagKind, default=FlagKind.ATTENTION)
    areas = models.ManyToManyField(Area, related_name="flags", verbose_name=_("areas"))
    place = models.CharField(
        _("where exactly"), max_length=200, blank=True, help_text=_("A street, a square, a stop. No house number.")
    )
    reason = models.TextField(
        _("reason"), max_length=600, help_text=_("What happens there and what you ask to look at. No names.")
    )
    source = models.CharField(_("chosen after"), max_length=12, choices=FlagSource)
    starts = models.DateField(_("starts"), default=timezone.localdate)
    review_on = models.DateField(_("to be reviewed on"), help_text=_("At most six months from now."))
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="flags", verbose_name=_("team"))
    audience = models.CharField(
        _("for"), max_length=10, choices=Audience, default=Audience.PARTNERS,
        help_text=_("All who work in the area: the city, the OCMW, the police and partners."),
    )  # fmt: skip
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("ended by")
    )
    lapsed_at = models.DateTimeField(_("lapsed"), null=True, blank=True, editable=False)
    outcome = models.TextField(_("what came of it"), max_length=600, blank=True)

    objects = AreaFlagQuerySet.as_manager()

    class Meta:
        ordering = ["review_on", "id"]
        verbose_name = _("attention area or risk")
        verbose_name_plural = _("attention areas and risks")
        constraints = [
            audience_known("areaflag"),
            models.CheckConstraint(condition=models.Q(kind__in=FlagKind.values), name="areaflag_kind_known"),
            models.CheckConstraint(condition=models.Q(source__in=FlagSource.values), name="areaflag_source_known"),
            models.CheckConstraint(
                condition=models.Q(review_on__gt=Coalesce("reviewed_on", "starts")),
                name="areaflag_review_lies_ahead",
                violation_error_message=_("The review must come after the start."),
            ),
            models.CheckConstraint(
                condition=models.Q(review_on__lte=Coalesce("reviewed_on", "starts") + LONGEST),
                name="areaflag_review_within_six_months",
                violation_error_message=_("It is reviewed within 184 days: nothing is an attention area for good."),
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False) & ~models.Q(outcome=""),
                name="areaflag_ended_by_somebody_with_a_word",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(lapsed_at__isnull=True),
                name="areaflag_ends_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.place or str(self.get_kind_display())

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.lapsed_at is not None

    @property
    def is_due(self) -> bool:
        return not self.is_over and self.review_on <= timezone.localdate()

    @property
    def lapses_on(self) -> dt.date:
        """The day on which it goes by itself when nobody looks."""
        return self.review_on + LAPSES_AFTER

    @transaction.atomic
    def prolong(self, *, reason: str, review_on: dt.date) -> None:
        """Looked at today, and it stays: with a reason of its own. The former one stays in the history."""
        flag, today = self._held(), timezone.localdate()
        if (flag.reviewed_on, flag.reason, flag.review_on) == (today, reason, review_on):
            return  # sent twice
        if flag.is_over:
            raise Refused(_g("This is over already. Make a new one if it is needed again."))
        if flag.starts > today:
            raise Refused(_g("This has yet to begin."))
        if not today < review_on <= today + LONGEST:
            raise Refused(_g("It is reviewed within 184 days: nothing is an attention area for good."))
        flag.reason, flag.review_on, flag.reviewed_on = reason, review_on, today
        flag.save(update_fields=["reason", "review_on", "reviewed_on"])

    @transaction.atomic
    def end(self, *, by: User, outcome: str) -> None:
        flag = self._held()
        if flag.ended_at is not None and flag.outcome == outcome:
            return  # sent twice
        if flag.is_over:
            raise Refused(_g("This is over already. Make a new one if it is needed again."))
        flag.ended_at, flag.ended_by, flag.outcome = timezone.now(), by, outcome
        flag.save(update_fields=["ended_at", "ended_by", "outcome"])

    @transaction.atomic
    def lapse(self) -> bool:
        """Whether it lapsed now: nobody looked at it in time."""
        flag = self._held()
        if flag.is_over or timezone.localdate() <= flag.lapses_on:
            return False
        flag.lapsed_at = timezone.now()
        flag.save(update_fields=["lapsed_at"])
        return True

    def _held(self) -> "AreaFlag":
        return AreaFlag.objects.select_for_update(of=("self",)).get(pk=self.pk)
