from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from areas.models.sets import Area, AreaSet


class Crosswalk(models.Model):
    """Which share of an area's surface lies in which area of another set.

    The shares of one area in one set sum to exactly 1. There is always a row without `to_area`: the
    share that lies outside that set, even when it is 0.
    """

    from_area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="crosswalk", verbose_name=_("area"))
    to_set = models.ForeignKey(AreaSet, on_delete=models.CASCADE, related_name="+", verbose_name=_("other area set"))
    to_area = models.ForeignKey(
        Area, on_delete=models.CASCADE, related_name="+", null=True, blank=True, verbose_name=_("other area")
    )
    share = models.DecimalField(_("share"), max_digits=7, decimal_places=6)

    class Meta:
        ordering = ["from_area", "to_set", F("share").desc()]
        verbose_name = _("overlap")
        verbose_name_plural = _("overlaps")
        constraints = [
            models.UniqueConstraint(
                fields=["from_area", "to_set", "to_area"], nulls_distinct=False, name="crosswalk_once"
            ),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="crosswalk_share_between_0_and_1"),
            models.CheckConstraint(
                condition=Q(to_area__isnull=True) | Q(share__gt=0), name="crosswalk_only_outside_may_be_0"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_area_id} -> {self.to_area_id}: {self.share}"

    @property
    def percent(self) -> int:
        return round(self.share * 100)
