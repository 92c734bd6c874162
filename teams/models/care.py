"""The care grid: per care area and year, what there is and what is needed, for whom."""

from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from areas.models.sets import AreaQuerySet, SetKind
from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from teams.models.people import User

if TYPE_CHECKING:
    from teams.access import Access

FIRST_YEAR = 2007
YEARS_AHEAD = 2
# A smaller share of a care area is the width of a drawn line.
WORTH_SAYING = "0.005"


class Listed(models.Model):
    """One line of a list that an administrator keeps."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track(*history(), model_name="TargetGroupChange")
class TargetGroup(Listed):
    class Meta(Listed.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


@pghistory.track(*history(), model_name="CareNeedChange")
class CareNeed(Listed):
    class Meta(Listed.Meta):
        verbose_name = _("need")
        verbose_name_plural = _("needs")


def care_areas(viewer: "Access") -> AreaQuerySet:
    """Care areas that hold a part of an area which the viewer may view: rights stand on the areas of the city."""
    here = Area.objects.filter(
        crosswalk__to_area__in=viewer.areas("view"), crosswalk__share__gte=WORTH_SAYING, set__kind=SetKind.CARE
    )
    return Area.objects.filter(pk__in=here.values("pk"))


def years() -> range:
    return range(FIRST_YEAR, timezone.localdate().year + YEARS_AHEAD + 1)


class GridState(models.TextChoices):
    DRAFT = "draft", _("draft")
    FIXED = "fixed", _("fixed")


class CareGridQuerySet(models.QuerySet["CareGrid"]):
    def readable(self, viewer: "Access") -> Self:
        return self.filter(area__in=care_areas(viewer))


@pghistory.track(*history(), model_name="CareGridChange")
class CareGrid(models.Model):
    """One year of one care area. What is fixed stays as it was."""

    State = GridState

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="care_grids", verbose_name=_("area"))
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=10, choices=GridState, default=GridState.DRAFT)
    fixed_at = models.DateTimeField(_("fixed at"), null=True, blank=True)
    fixed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CareGridQuerySet.as_manager()

    class Meta:
        ordering = ["area", "-year"]
        verbose_name = _("care grid")
        verbose_name_plural = _("care grids")
        constraints = [
            models.UniqueConstraint(fields=["area", "year"], name="caregrid_once_a_year"),
            models.CheckConstraint(condition=models.Q(state__in=GridState.values), name="caregrid_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="draft", fixed_at=None, fixed_by=None)
                | models.Q(state="fixed", fixed_at__isnull=False, fixed_by__isnull=False),
                name="caregrid_fixed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area.name} {self.year}"

    @property
    def is_fixed(self) -> bool:
        return self.state == GridState.FIXED

    @classmethod
    def held(cls, area: Area, year: int) -> "CareGrid":
        """The grid of a year, made when nobody wrote in it yet, and held until the transaction ends."""
        if year not in years():
            raise Refused(_g("A grid of %(year)s cannot be made.") % {"year": year})
        cls.objects.get_or_create(area=area, year=year)
        return cls.objects.select_for_update().get(area=area, year=year)

    def refuse_when_fixed(self) -> None:
        if self.is_fixed:
            raise Refused(
                _g("The grid of %(year)s is fixed: it stays as it was. Write in the grid of another year.")
                % {"year": self.year}
            )

    @transaction.atomic
    def fix(self, *, by: User) -> None:
        """Once more changes nothing: the first one to fix it did."""
        held = CareGrid.objects.select_for_update().get(pk=self.pk)
        if held.is_fixed:
            return
        held.state, held.fixed_at, held.fixed_by = GridState.FIXED, timezone.now(), by
        held.save(update_fields=["state", "fixed_at", "fixed_by"])

    @transaction.atomic
    def take_over(self, *, by: User, year: int | None = None) -> "CareGrid":
        """Every line goes to the next year, those of others too: each stays its organisation's. A line that was taken
        over before is not again, also when it was removed there since."""
        from teams.models.care_entries import GridEntry

        target = CareGrid.held(self.area, year or self.year + 1)
        target.refuse_when_fixed()
        there = GridEntry.objects.filter(grid=target, copied_from__isnull=False).values("copied_from")
        mine = GridEntry.objects.standing().filter(grid=self).exclude(pk__in=there)
        GridEntry.objects.bulk_create([each.copied(target, by=by) for each in mine])
        return target
