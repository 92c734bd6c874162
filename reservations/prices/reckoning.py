"""What a use costs, by its stays and the terms of a price list. Nothing here asks the database.

Each line is rounded to the cent by itself, and the total is the sum of the lines: what stands on paper adds up. So a
use cut in two where the moment changes costs the same, but for the minimum, which is of each use.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reservations.models.tariffs import Unit
from reservations.prices.bands import Stay, Week, stays
from reservations.prices.money import CENT, NOTHING, cents, euros, part, vat_within

HOUR, HALF_DAY = 60, 240  # minutes
USE, MINIMUM, LATE = "use", "minimum", "late"


class NoPrice(Exception):
    """The list says nothing of this moment for this price group."""


@dataclass(frozen=True)
class Rate:
    name: str  # of the moment
    unit: str
    amount: Decimal


@dataclass(frozen=True)
class Terms:
    """A price list for one price group; `rates` by the key of the moment."""

    week: Week
    rates: Mapping[int, Rate]
    vat_rate: int = 0
    minimum: Decimal = NOTHING
    deposit: Decimal = NOTHING


@dataclass(frozen=True)
class Line:
    """Of `quantity` minutes, half-days or times; of a late cancellation it is the percent."""

    kind: str
    total: Decimal
    moment: str = ""
    unit: str = ""
    quantity: int = 0
    amount: Decimal = NOTHING

    @property
    def words(self) -> str:
        """`2 uur avondtarief à € 12,50`"""
        if self.kind == MINIMUM:
            return _("up to the minimum of %(amount)s") % {"amount": euros(self.amount)}
        if self.kind == LATE:
            return _("cancelled late: %(percent)s %% of %(amount)s") % {
                "percent": self.quantity, "amount": euros(self.amount),
            }  # fmt: skip
        lasts = {Unit.HOUR: _hours, Unit.HALF_DAY: _half_days, Unit.FLAT: _times}[Unit(self.unit)](self.quantity)
        return _("%(lasts)s %(moment)s at %(amount)s") % {
            "lasts": lasts, "moment": self.moment, "amount": euros(self.amount)
        }  # fmt: skip

    def stored(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "total": str(self.total), "moment": self.moment, "unit": self.unit,
            "quantity": self.quantity, "amount": str(self.amount),
        }  # fmt: skip

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Line":
        amounts = {name: Decimal(stored[name]) for name in ("total", "amount")}
        return cls(**{**stored, **amounts})


@dataclass(frozen=True)
class Price:
    """What it comes to. The VAT is within the total; the deposit is beside it, and is given back."""

    lines: Sequence[Line] = field(default_factory=list)
    vat_rate: int = 0
    deposit: Decimal = NOTHING
    discount: Decimal = NOTHING

    @property
    def subtotal(self) -> Decimal:
        return sum((line.total for line in self.lines), NOTHING)

    @property
    def total(self) -> Decimal:
        return self.subtotal - self.discount

    @property
    def vat(self) -> Decimal:
        return vat_within(self.total, self.vat_rate)

    @property
    def in_words(self) -> str:
        return ", ".join(line.words for line in self.lines)

    def less(self, *, percent: int | None = None, amount: Decimal | None = None) -> "Price":
        """With a discount; it never goes below nothing."""
        wanted = part(self.subtotal, percent) if percent is not None else amount or NOTHING
        return replace(self, discount=min(cents(wanted), self.subtotal))

    def cancelled_late(self, percent: int) -> "Price":
        """A part of what it would have cost, the discount counted; the deposit is not needed any more."""
        due = part(self.total, percent)
        lines = [Line(LATE, due, quantity=percent, amount=self.total)] if due else []
        return Price(lines, self.vat_rate)


def reckon(starts: dt.datetime, ends: dt.datetime, terms: Terms) -> Price:
    """Raises `NoPrice` when a moment has none."""
    lines = [_line(stay, terms) for stay in stays(starts, ends, terms.week)]
    if not lines:
        raise NoPrice
    subtotal = sum((line.total for line in lines), NOTHING)
    if NOTHING < subtotal < terms.minimum:
        lines.append(Line(MINIMUM, terms.minimum - subtotal, amount=terms.minimum))
    return Price(lines, terms.vat_rate, terms.deposit if subtotal else NOTHING)


def _line(stay: Stay, terms: Terms) -> Line:
    rate = terms.rates.get(stay.moment)
    if rate is None:
        raise NoPrice
    if rate.unit == Unit.HOUR:
        quantity, total = stay.minutes, cents(rate.amount * stay.minutes / HOUR)
    elif rate.unit == Unit.HALF_DAY:
        quantity = -(-stay.minutes // HALF_DAY)  # what is begun is counted
        total = rate.amount * quantity
    else:
        quantity, total = 1, rate.amount
    return Line(USE, total.quantize(CENT), rate.name, rate.unit, quantity, rate.amount)


def _hours(minutes: int) -> str:
    """`2 uur`, `1,5 uur`; what is no quarter in hours and minutes."""
    if minutes % 15:
        hours, rest = divmod(minutes, HOUR)
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
    hours_of = Decimal(minutes) / HOUR
    number = number_format(hours_of.normalize() if hours_of % 1 else int(hours_of), use_l10n=True)
    return ngettext("%(number)s hour", "%(number)s hours", int(-(-minutes // HOUR))) % {"number": number}


def _half_days(number: int) -> str:
    return ngettext("%(number)s half-day", "%(number)s half-days", number) % {"number": number}


def _times(number: int) -> str:
    return ngettext("%(number)s time", "%(number)s times", number) % {"number": number}
