"""Evidence for an action by figures."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from teams.models.inventory import Action


@pghistory.track(*history(), model_name="ActionFigureChange")
class ActionFigure(models.Model):
    """Evidence by a figure: what was measured, when and by whom."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.ForeignKey(Action, models.CASCADE, related_name="figures")
    name = models.CharField(_("what was measured"), max_length=120)
    value = models.DecimalField(_("figure"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=200)
    measured_on = models.DateField(_("measured on"))

    class Meta:
        ordering = ["name", "measured_on", "pk"]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="action_figure_has_a_name"),
            models.CheckConstraint(condition=~models.Q(source=""), name="action_figure_has_a_source"),
            models.UniqueConstraint(fields=["action", "name", "measured_on"], name="action_figure_once_a_day"),
        ]

    def __str__(self) -> str:
        return self.name
