"""The columns of a signal, and what the database demands of them."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from signals.levels import Level
from signals.models.base import Secret, level_known
from signals.models.categories import Category
from signals.models.reports import Located, whole_point
from signals.workflow import ENDED, OPEN, SignalStatus, WaitingFor
from teams.calendars import calendar_of
from teams.models import Organisation, Team, User


class Matter(Secret, Located):
    reference = models.CharField(_("reference"), max_length=12, unique=True, editable=False)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="signals", verbose_name=_("category"), db_index=False
    )
    description = models.TextField(_("description"), max_length=5000)
    status = models.CharField(_("status"), max_length=12, choices=SignalStatus, default=SignalStatus.TO_DIVIDE)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="signals", verbose_name=_("owner"))
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="signals", verbose_name=_("team")
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="signals", verbose_name=_("area"), db_index=False
    )
    area_ids = ArrayField(models.IntegerField(), default=list, blank=True)  # in every set valid at its date
    working_team_ids = ArrayField(models.IntegerField(), default=list, blank=True)  # teams with a task that counts
    routine = models.BooleanField(default=False)
    rule = models.ForeignKey("signals.RoutingRule", models.SET_NULL, null=True, blank=True, related_name="signals")
    route_reason = models.TextField(blank=True)  # which rule sent it where, and why, as it was then
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    report_count = models.PositiveIntegerField(default=1)
    reported_at = models.DateTimeField(_("reported"), default=timezone.now)
    last_reported_at = models.DateTimeField(default=timezone.now)
    surfaced_at = models.DateTimeField(null=True, blank=True)
    surfaced_why = models.CharField(max_length=12, blank=True)
    waiting_until = models.DateField(_("until"), null=True, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    waiting_for = models.CharField(_("waiting for"), max_length=12, choices=WaitingFor, blank=True)
    waiting_reason = models.CharField(_("why"), max_length=300, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)  # tasks that ended before are of an earlier round
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.TextField(_("outcome"), blank=True, max_length=2000)
    invented = models.BooleanField(_("example"), default=False)  # made up for the demo, and says so

    class Meta:
        abstract = True
        verbose_name = _("signal")
        verbose_name_plural = _("signals")
        constraints = [
            level_known("signal"),
            whole_point("signal"),
            models.CheckConstraint(condition=models.Q(status__in=SignalStatus.values), name="signal_status_known"),
            models.CheckConstraint(
                condition=models.Q(status__in=ENDED, closed_at__isnull=False)
                | models.Q(status__in=OPEN, closed_at__isnull=True, closed_by__isnull=True),
                name="signal_closed_at_when_ended",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=ENDED) | ~models.Q(outcome=""),
                name="signal_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(status=SignalStatus.WAITING, waiting_until__isnull=False)
                & models.Q(waiting_since__isnull=False, waiting_for__in=WaitingFor.values)
                & ~models.Q(waiting_reason="")
                | ~models.Q(status=SignalStatus.WAITING)
                & models.Q(waiting_until__isnull=True, waiting_since__isnull=True, waiting_for="", waiting_reason=""),
                name="signal_waits_until_a_day_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=SignalStatus.REOPENED) | models.Q(reopened_at__isnull=False),
                name="signal_reopened_at_when_reopened",
            ),
            models.CheckConstraint(
                condition=~models.Q(level=Level.SEALED) | models.Q(team__isnull=False),
                name="signal_sealed_has_a_team",
            ),
            models.CheckConstraint(
                condition=models.Q(surfaced_at__isnull=True, surfaced_why="")
                | models.Q(surfaced_at__isnull=False) & ~models.Q(surfaced_why=""),
                name="signal_surfaced_with_reason",
            ),
            models.CheckConstraint(condition=models.Q(report_count__gte=1), name="signal_has_a_report"),
            models.CheckConstraint(
                condition=models.Q(last_reported_at__gte=models.F("reported_at")),
                name="signal_last_report_not_first",
            ),
        ]
        indexes = [  # those that begin with a key of another row stand in for its own (db_index=False)
            models.Index(fields=["area", "due_at"], name="signal_open_in_area", condition=models.Q(status__in=OPEN)),
            models.Index(fields=["owner", "status"], name="signal_open_of_owner", condition=models.Q(status__in=OPEN)),
            models.Index(fields=["team", "due_at"], name="signal_open_of_team", condition=models.Q(status__in=OPEN)),
            models.Index(fields=["area", "-reported_at"], name="signal_area_reported"),
            models.Index(fields=["category", "-reported_at"], name="signal_category_reported"),
            models.Index(
                fields=["latitude", "longitude"], name="signal_open_spot", condition=models.Q(status__in=OPEN)
            ),
            # For who looks for an address: apart by who may read it, so that nobody passes over what others keep.
            models.Index(
                fields=["latitude", "longitude"],
                name="signal_spot_running",
                condition=models.Q(level=Level.OPEN, closed_at__isnull=True),
            ),
            models.Index(
                fields=["latitude", "longitude"],
                name="signal_spot_ended",
                condition=models.Q(level=Level.OPEN, closed_at__isnull=False),
            ),
            models.Index(
                fields=["owner", "latitude", "longitude"],
                name="signal_spot_kept",
                condition=models.Q(level__gt=Level.OPEN),
            ),
            GinIndex(fields=["area_ids"], name="signal_area_ids"),
            GinIndex(fields=["working_team_ids"], name="signal_working_teams"),
            models.Index(
                fields=["waiting_until"], name="signal_waiting", condition=models.Q(status=SignalStatus.WAITING)
            ),
            models.Index(fields=["-closed_at"], name="signal_ended", condition=models.Q(status__in=ENDED)),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def title(self) -> str:
        return f"{self.category.name} · {self.place}" if self.place else self.category.name

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def stands_still(self) -> bool:
        """Whether its term does: while an answer of the reporter is awaited."""
        return self.waiting_for == WaitingFor.REPORTER

    def due_of_an_offer(self, team: Team | None) -> dt.datetime | None:
        """The signal's own term. When that is over, a new team still gets as many of its working days; without
        a team, its owner gets as many of its own."""
        now = timezone.now()
        if self.due_at is None or self.due_at > now:
            return self.due_at
        days = self.rule.term_for(self.category) if self.rule else self.category.term_days
        return calendar_of(team.organisation_id if team else self.owner_id).deadline(now, days)
