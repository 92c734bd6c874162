"""What counts from one day up to and including another."""

import datetime as dt

from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DateRange(models.Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class Dated(models.Model):
    """Valid from `starts` up to and including `ends`; without `ends` until further notice."""

    starts = models.DateField(_("starts"), default=timezone.localdate)
    ends = models.DateField(_("ends"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        # Before the constraints: PostgreSQL cannot even compare a period that ends before it starts.
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("The end lies before the start.")})

    @staticmethod
    def valid(on: dt.date) -> models.Q:
        return models.Q(starts__lte=on) & (models.Q(ends__isnull=True) | models.Q(ends__gte=on))


def ends_after_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
        name=f"{name}_ends_after_starts",
        violation_error_message=_("The end lies before the start."),
    )
