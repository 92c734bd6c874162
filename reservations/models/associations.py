"""Who books besides the three organisations: clubs, committees, schools."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.history import history


@pghistory.track(*history(), model_name="AssociationChange")
class Association(models.Model):
    name = models.CharField(_("name"), max_length=120, unique=True)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="associations", verbose_name=_("area")
    )
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("association")
        verbose_name_plural = _("associations")
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="association_has_a_name")]

    def __str__(self) -> str:
        return self.name
