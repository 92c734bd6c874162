"""What is known of the people and homes of an area, from elsewhere: one number, with its year and its source."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.models.sets import Area
from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7

FIRST_YEAR = 1980


@pghistory.track(*history(), model_name="ProfileFigureChange")
class ProfileFigure(models.Model):
    """Of an area, or, without one, of the whole city."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(
        Area, models.CASCADE, null=True, blank=True, related_name="figures", verbose_name=_("area")
    )
    topic = models.CharField(_("topic"), max_length=80)
    indicator = models.CharField(_("indicator"), max_length=160)
    target_group = models.CharField(_("target group"), max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        ordering = ["topic", "indicator", "target_group", "-year", "pk"]
        verbose_name = _("profile figure")
        verbose_name_plural = _("profile figures")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "topic", "indicator", "target_group", "year"],
                nulls_distinct=False,
                name="profilefigure_once",
            ),
            models.CheckConstraint(
                condition=models.Q(year__gte=FIRST_YEAR, year__lte=2100), name="profilefigure_year_in_range"
            ),
            models.CheckConstraint(
                condition=~models.Q(topic="") & ~models.Q(indicator="") & ~models.Q(source=""),
                name="profilefigure_says_what_and_whence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.target_group} {self.year}"
