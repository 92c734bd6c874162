"""The rounds of a day: when somebody has to be in each zone, and who that is."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from teams.models.people import User
from teams.models.rota import Rota, RotaVersion


class MomentOf(models.Func):
    template, arg_joiner, output_field = "(%(expressions)s)", " + ", models.DateTimeField()


class HoursOf(models.Func):
    function, output_field = "TSRANGE", DateTimeRangeField()


@pghistory.track(*history(), model_name="ShiftPatternChange")
class ShiftPattern(models.Model):
    """A round that every zone has on certain days of the week, within one day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rota = models.ForeignKey(Rota, models.CASCADE, related_name="patterns", verbose_name=_("rota"))
    name = models.CharField(_("name of the round"), max_length=40)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("weekdays"), help_text="Monday is 0")
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    on_closed_days = models.BooleanField(
        _("also on public holidays and closing days"), default=False,
        help_text=_("Otherwise nobody walks it on a day on which your organisation is closed, and it is no gap."),
    )  # fmt: skip

    class Meta:
        ordering = ["starts", "name", "pk"]
        verbose_name = _("round of a day")
        verbose_name_plural = _("rounds of a day")
        constraints = [
            models.UniqueConstraint(
                fields=["rota", "name"],
                name="shiftpattern_name_once",
                violation_error_message=_("This rota has a round with that name already."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")),
                name="shiftpattern_ends_after_starts",
                violation_error_message=_("The end lies before the start."),
            ),
            models.CheckConstraint(
                condition=models.Q(weekdays__contained_by=list(range(7)), weekdays__len__gte=1),
                name="shiftpattern_weekdays_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def days(self) -> str:
        return ", ".join(str(WEEKDAYS[day]) for day in self.weekdays)


class RotaShift(models.Model):
    """One person's round in one zone on one day. In another zone than that of the turn it is cover for a colleague.
    Frozen with its version, as a turn is."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(RotaVersion, models.CASCADE, related_name="shifts")
    user = models.ForeignKey(User, models.CASCADE, related_name="rota_shifts", verbose_name=_("person"))
    zone = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("zone"))
    name = models.CharField(_("name of the round"), max_length=40)
    day = models.DateField(_("day"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    is_cover = models.BooleanField(_("in place of a colleague"), default=False)

    # The public holiday or closing day it falls on, where a page says so.
    closed_for: str = ""

    class Meta:
        ordering = ["day", "starts", "zone__position", "user__name", "pk"]
        verbose_name = _("round of a person")
        verbose_name_plural = _("rounds of persons")
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="rotashift_ends_after_starts"),
            ExclusionConstraint(
                name="rotashift_one_place_at_a_time",
                expressions=[
                    ("version", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (HoursOf(MomentOf("day", "starts"), MomentOf("day", "ends")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["version", "day"], name="rotashift_of_day")]

    def __str__(self) -> str:
        return f"{self.user}, {self.zone.name}, {self.day:%Y-%m-%d}"


@pghistory.track(*history(), model_name="RotaCalendarChange", exclude=["hashed"])
class RotaCalendar(models.Model):
    """The own turns and rounds in another calendar, by an address that is a key. It is shown once, to who made it;
    here stands only what it can be recognised by."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(User, models.CASCADE, related_name="rota_calendars")
    hashed = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "pk"]
        verbose_name = _("calendar of the own rota")
        verbose_name_plural = _("calendars of the own rota")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="rotacalendar_revoked_at_by",
            ),
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(revoked_at__isnull=True), name="rotacalendar_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner}, {self.created_at:%Y-%m-%d}"
