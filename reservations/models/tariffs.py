"""What a room costs: for whom (a price group), when (a moment of the week), and from which day to which.

Amounts are what people pay, VAT included, in euros with cents.
"""

from decimal import Decimal

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from teams.models import Organisation
from teams.models.teams import DateRange

NOUGHT = Decimal(0)


@pghistory.track(*history(), model_name="PriceGroupChange")
class PriceGroup(models.Model):
    """Who pays alike: an association of Kortrijk, a private person, our own services."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    pays_deposit = models.BooleanField(_("pays a deposit"), default=True)
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("price group")
        verbose_name_plural = _("price groups")
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="pricegroup_has_a_name")]

    def __str__(self) -> str:
        return self.name


@pghistory.track(*history(), model_name="OrganisationPriceGroupChange")
class OrganisationPriceGroup(models.Model):
    """To which price group an organisation belongs. An association says it itself (`Association.price_group`)."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("organisation")
    )  # fmt: skip
    price_group = models.ForeignKey(PriceGroup, models.PROTECT, related_name="+", verbose_name=_("price group"))

    class Meta:
        verbose_name = _("price group of an organisation")
        verbose_name_plural = _("price groups of organisations")

    def __str__(self) -> str:
        return f"{self.organisation}: {self.price_group}"


class DayKind(models.TextChoices):
    WEEKDAY = "weekday", _("Monday to Friday")
    WEEKEND = "weekend", _("weekends and public holidays")


@pghistory.track(*history(), model_name="PriceMomentChange")
class PriceMoment(models.Model):
    """A part of the week with its own price: day, evening, weekend."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=40, unique=True, help_text=_("As it reads on a bill: evening rate."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("price moment")
        verbose_name_plural = _("price moments")
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="pricemoment_has_a_name")]

    def __str__(self) -> str:
        return self.name


@pghistory.track(*history(), model_name="PriceBandChange")
class PriceBand(models.Model):
    """From this hour on the clock of Brussels its moment holds, until the next band of such a day: bands cannot meet
    nor leave a gap. Before the first of a day the last of that kind of day holds."""

    moment = models.ForeignKey(PriceMoment, models.CASCADE, related_name="bands", verbose_name=_("price moment"))
    day_kind = models.CharField(_("days"), max_length=8, choices=DayKind)
    starts = models.TimeField(_("from"))

    class Meta:
        ordering = ["day_kind", "starts"]
        verbose_name = _("hours of a price moment")
        verbose_name_plural = _("hours of price moments")
        constraints = [
            models.UniqueConstraint(fields=["day_kind", "starts"], name="priceband_one_per_hour"),
            models.CheckConstraint(condition=models.Q(day_kind__in=DayKind.values), name="priceband_day_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_day_kind_display()}, {self.starts:%H:%M}: {self.moment}"


@pghistory.track(*history(), model_name="TariffChange")
class Tariff(models.Model):
    """What rooms of one kind cost. A room without one costs nothing."""

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="tariffs", verbose_name=_("owner"))
    name = models.CharField(_("name"), max_length=80)
    late_percent = models.PositiveSmallIntegerField(
        _("percent due when cancelled late"), default=50, validators=[MaxValueValidator(100)]
    )
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        ordering = ["owner", "name"]
        verbose_name = _("tariff")
        verbose_name_plural = _("tariffs")
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="tariff_one_name_per_owner"),
            models.CheckConstraint(condition=~models.Q(name=""), name="tariff_has_a_name"),
            models.CheckConstraint(condition=models.Q(late_percent__lte=100), name="tariff_late_at_most_all"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reservations:tariff", args=[self.pk])


class VatRate(models.IntegerChoices):
    NONE = 0, "0 %"
    REDUCED = 6, "6 %"
    STANDARD = 21, "21 %"


@pghistory.track(*history(), model_name="PriceListChange")
class PriceList(models.Model):
    """The prices of a tariff from a day to a day, both included. Never two on one day."""

    tariff = models.ForeignKey(Tariff, models.CASCADE, related_name="lists")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("up to and including"), null=True, blank=True)
    vat_rate = models.PositiveSmallIntegerField(_("VAT"), choices=VatRate, default=VatRate.NONE)
    minimum = models.DecimalField(
        _("minimum"), max_digits=8, decimal_places=2, default=NOUGHT, validators=[MinValueValidator(0)],
        help_text=_("A use that costs something costs at least this."),
    )  # fmt: skip
    deposit = models.DecimalField(
        _("deposit"), max_digits=8, decimal_places=2, default=NOUGHT, validators=[MinValueValidator(0)]
    )

    class Meta:
        ordering = ["tariff", "-valid_from"]
        verbose_name = _("price list")
        verbose_name_plural = _("price lists")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="pricelist_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=models.Q(vat_rate__in=VatRate.values), name="pricelist_vat_known"),
            models.CheckConstraint(
                condition=models.Q(minimum__gte=0, deposit__gte=0), name="pricelist_amounts_not_below_nought"
            ),
            ExclusionConstraint(
                name="pricelist_one_a_day",
                expressions=[
                    ("tariff", RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tariff}, {self.valid_from:%d/%m/%Y}"


class Unit(models.TextChoices):
    HOUR = "hour", _("per hour")
    HALF_DAY = "half_day", _("per half-day")  # of four hours, begun is counted
    FLAT = "flat", _("per time")


@pghistory.track(*history(), model_name="PriceChange")
class Price(models.Model):
    price_list = models.ForeignKey(PriceList, models.CASCADE, related_name="prices")
    price_group = models.ForeignKey(PriceGroup, models.PROTECT, related_name="+", verbose_name=_("price group"))
    moment = models.ForeignKey(PriceMoment, models.PROTECT, related_name="+", verbose_name=_("price moment"))
    unit = models.CharField(_("unit"), max_length=8, choices=Unit, default=Unit.HOUR)
    amount = models.DecimalField(_("amount"), max_digits=8, decimal_places=2, validators=[MinValueValidator(0)])

    class Meta:
        ordering = ["price_list", "price_group__order", "moment__order"]
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        constraints = [
            models.UniqueConstraint(fields=["price_list", "price_group", "moment"], name="price_once_in_a_list"),
            models.CheckConstraint(condition=models.Q(unit__in=Unit.values), name="price_unit_known"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="price_not_below_nought"),
        ]

    def __str__(self) -> str:
        return f"{self.price_group}, {self.moment}: {self.amount}"


@pghistory.track(*history(), model_name="DiscountReasonChange")
class DiscountReason(models.Model):
    """Why somebody pays less: a part of it, or an amount. Who keeps the building gives it, or only who manages it."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    percent = models.PositiveSmallIntegerField(
        _("percent"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    amount = models.DecimalField(
        _("amount"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    managers_only = models.BooleanField(_("only who manages the building gives it"), default=False)
    is_in_use = models.BooleanField(_("can be given"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("discount reason")
        verbose_name_plural = _("discount reasons")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__gte=1, percent__lte=100, percent__isnull=False, amount__isnull=True)
                | models.Q(percent__isnull=True, amount__isnull=False, amount__gt=0),
                name="discountreason_percent_or_amount",
                violation_error_message=_("Give a percent from 1 to 100, or an amount: one of both."),
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="discountreason_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
