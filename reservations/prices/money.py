"""Euros with cents, in decimals. The one place that rounds, and the one that writes an amount in words."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
HUNDRED = Decimal(100)


def cents(amount: Decimal) -> Decimal:
    """To the cent; half a cent goes up, away from nought."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def part(amount: Decimal, percent: int) -> Decimal:
    return cents(amount * percent / HUNDRED)


def vat_within(amount: Decimal, rate: int) -> Decimal:
    """The VAT that an amount holds: people are told what they pay, and that is what they pay."""
    return cents(amount * rate / (HUNDRED + rate))


def euros(amount: Decimal) -> str:
    """`€ 1.234,50`, with a space that does not break."""
    sign = "-" if amount < 0 else ""
    return f"{sign}€\N{NO-BREAK SPACE}{number_format(abs(amount), 2, use_l10n=True, force_grouping=True)}"
