"""What a booking costs, as it was said, and what a month came to once it was closed. Nothing here is changed later:
another price is another quote, and what changes in a closed month is a line of the next."""

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from reservations.models.associations import Association
from reservations.models.bookings import Booking
from reservations.models.states import BookingState
from reservations.models.tariffs import DiscountReason, PriceGroup, PriceList, VatRate
from teams.models import Organisation, User


class QuoteReason(models.TextChoices):
    BOOKED = "booked", _("asked for or booked")
    MOVED = "moved", _("moved")
    CHANGED = "changed", _("for somebody else")
    DISCOUNT = "discount", _("a discount was given or taken back")
    CANCELLED = "cancelled", _("cancelled")


# What somebody asked for, and what was never had, is not due.
DUE = frozenset({BookingState.CONFIRMED, BookingState.NO_SHOW, BookingState.CANCELLED})


class QuoteQuerySet(models.QuerySet["Quote"]):
    def current(self) -> models.QuerySet["Quote"]:
        return self.filter(is_current=True)


class Quote(models.Model):
    """The price of a booking, frozen when it was said; of a room that costs nothing there is none. One is current.

    `lines` is a list of what `reckoning.Line.stored` makes; they add up to `subtotal`.
    """

    Why = QuoteReason

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="quotes")
    number = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=9, choices=QuoteReason, default=QuoteReason.BOOKED)
    is_current = models.BooleanField(default=True)
    price_list = models.ForeignKey(PriceList, models.PROTECT, null=True, related_name="quotes")
    price_group = models.ForeignKey(PriceGroup, models.PROTECT, null=True, related_name="quotes")
    lines = models.JSONField(default=list)
    subtotal = models.DecimalField(max_digits=10, decimal_places=2)
    discount = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    discount_reason = models.ForeignKey(DiscountReason, models.PROTECT, null=True, related_name="quotes")
    note = models.CharField(_("why this discount"), max_length=200, blank=True)
    total = models.DecimalField(max_digits=10, decimal_places=2)
    vat_rate = models.PositiveSmallIntegerField(choices=VatRate, default=VatRate.NONE)
    vat = models.DecimalField(max_digits=10, decimal_places=2, default=0, help_text="within the total")
    deposit = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["booking", "number"]
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        constraints = [
            models.UniqueConstraint(fields=["booking", "number"], name="quote_numbered_per_booking"),
            models.UniqueConstraint(
                fields=["booking"], condition=models.Q(is_current=True), name="quote_one_is_current"
            ),
            models.CheckConstraint(
                condition=models.Q(total=models.F("subtotal") - models.F("discount")), name="quote_adds_up"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    total__gte=0, discount__gte=0, vat__gte=0, deposit__gte=0, vat__lte=models.F("total")
                ),
                name="quote_not_below_nought",
            ),
            models.CheckConstraint(
                condition=models.Q(discount=0) | models.Q(discount_reason__isnull=False),
                name="quote_discount_has_a_reason",
            ),
            models.CheckConstraint(condition=models.Q(why__in=QuoteReason.values), name="quote_reason_known"),
            models.CheckConstraint(condition=models.Q(vat_rate__in=VatRate.values), name="quote_vat_known"),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.number}"


@pghistory.track(*history(), model_name="MonthListChange")
class MonthList(models.Model):
    """A month that was closed for the houses of one owner: what its lines say stands."""

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="month_lists")
    month = models.DateField(help_text="its first day")
    closed_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["owner", "month"]
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        constraints = [
            models.UniqueConstraint(fields=["owner", "month"], name="monthlist_closed_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="monthlist_begins_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.month:%Y-%m}"


class MonthLine(models.Model):
    """What a holder owes for one booking in one month, or what is put right of a month before."""

    month_list = models.ForeignKey(MonthList, models.CASCADE, related_name="lines")
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    association = models.ForeignKey(Association, models.PROTECT, null=True, related_name="month_lines")
    is_correction = models.BooleanField(default=False)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    place = models.CharField(max_length=220)
    words = models.CharField(max_length=1000, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    vat_rate = models.PositiveSmallIntegerField(choices=VatRate)
    vat = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        ordering = ["month_list", "starts", "booking"]
        verbose_name = _("line of a month")
        verbose_name_plural = _("lines of a month")
        constraints = [
            models.UniqueConstraint(
                fields=["month_list", "booking", "organisation", "association", "vat_rate"],
                nulls_distinct=False, name="monthline_once",
            ),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, association__isnull=True)
                | models.Q(organisation__isnull=True, association__isnull=False),
                name="monthline_has_one_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0) | models.Q(is_correction=True), name="monthline_less_only_to_correct"
            ),
            models.CheckConstraint(condition=models.Q(vat_rate__in=VatRate.values), name="monthline_vat_known"),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="monthline_ends_after_it_starts"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.booking_id} {self.amount}"
