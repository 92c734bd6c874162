"""The price as a mail says it."""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from reservations.models import Booking, Quote, QuoteReason
from reservations.moments import on_clock
from reservations.prices.money import NOTHING, euros
from reservations.prices.quoting import current_of, price_of
from reservations.prices.rights import amounts_seen
from teams.access import access_of
from teams.models import User


def in_mail(booking: Booking, to: User | None = None) -> list[str]:
    """Lines of a mail; none of a room that costs nothing, nor to who would not see it on the page. Without `to` it is
    for the contact of who holds it."""
    if to and not Booking.objects.filter(amounts_seen(access_of(to)), pk=booking.pk).exists():
        return []
    quote = current_of(booking)
    if quote is None:
        return []
    if quote.why == QuoteReason.CANCELLED and not quote.total:
        return [_("Nothing is due for it any more.")]
    if not quote.total:
        return [_("It costs nothing.")]
    words = [line.words for line in price_of(quote).lines]
    if quote.discount_reason:
        words.append(f"{quote.discount_reason}: {euros(-quote.discount)}")
    lines = [_("Price: %(amount)s (%(words)s).") % {"amount": euros(quote.total), "words": ", ".join(words)}]
    if quote.deposit:
        lines.append(_("Deposit: %(amount)s, which you get back.") % {"amount": euros(quote.deposit)})
    return lines


def of_series_in_mail(bookings: Collection[Booking], to: User) -> list[str]:
    """Of the dates of one act together, and date by date when not all cost the same."""
    seen = Booking.objects.filter(amounts_seen(access_of(to)), pk__in=[each.pk for each in bookings])
    quotes = Quote.objects.current().filter(booking__in=seen).select_related("booking").order_by("booking__starts")
    by_amount: dict[Decimal, list[str]] = defaultdict(list)
    for quote in quotes:
        by_amount[quote.total].append(date_format(on_clock(quote.booking.starts)))
    if not by_amount:
        return []
    is_over = all(quote.why == QuoteReason.CANCELLED for quote in quotes)
    if is_over and not any(by_amount):
        return [_("Nothing is due for it any more.")]
    if not any(by_amount):
        return [_("It costs nothing.")]
    count = sum(len(days) for days in by_amount.values())
    total = sum((amount * len(days) for amount, days in by_amount.items()), NOTHING)
    words = {"amount": euros(total), "count": count, "each": euros(next(iter(by_amount)))}
    if len(by_amount) == 1:
        one = _("Price: %(amount)s."), _("Price: %(amount)s for %(count)s dates, %(each)s each.")
        return [one[count > 1] % words]
    head = _("Still due: %(amount)s for %(count)s dates.") if is_over else _("Price: %(amount)s for %(count)s dates.")
    lines = [head % words]
    return lines + [f"{euros(amount)}: {get_text_list(days, _('and'))}" for amount, days in sorted(by_amount.items())]
