from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.models.sets import Area, AreaSet, tracked


@tracked("SectorWardChange")
class SectorWard(models.Model):
    """The police ward of a statistical sector. No ward borders were found; this table draws them.

    After a change, `areas.wards.rebuild_wards` makes each ward the union of its sectors.
    """

    sector = models.OneToOneField(
        Area, on_delete=models.CASCADE, related_name="ward_row", verbose_name=_("statistical sector")
    )
    ward = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="sector_rows", verbose_name=_("police ward"))

    class Meta:
        ordering = ["sector"]
        verbose_name = _("sector in a ward")
        verbose_name_plural = _("sectors per ward")
        constraints = [
            models.CheckConstraint(condition=~models.Q(sector=models.F("ward")), name="sector_ward_are_two_areas"),
        ]

    def __str__(self) -> str:
        return f"{self.sector} ({self.ward})"

    def clean(self) -> None:
        if self.sector.set.kind != AreaSet.Kind.SECTOR:
            raise ValidationError({"sector": _("Choose a statistical sector.")})
        if self.ward.set.kind != AreaSet.Kind.WARD:
            raise ValidationError({"ward": _("Choose a police ward.")})
