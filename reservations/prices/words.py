"""The price as a mail says it."""

from django.utils.translation import gettext as _

from reservations.models import Booking, QuoteReason
from reservations.prices.money import euros
from reservations.prices.quoting import current_of, price_of


def in_mail(booking: Booking) -> list[str]:
    """Lines of a mail; none of a room that costs nothing."""
    quote = current_of(booking)
    if quote is None:
        return []
    if quote.why == QuoteReason.CANCELLED and not quote.total:
        return [_("Nothing is due for it any more.")]
    words = [line.words for line in price_of(quote).lines]
    if quote.discount_reason:
        words.append(f"{quote.discount_reason}: {euros(-quote.discount)}")
    lines = [_("Price: %(amount)s (%(words)s).") % {"amount": euros(quote.total), "words": ", ".join(words)}]
    if quote.deposit:
        lines.append(_("Deposit: %(amount)s, which you get back.") % {"amount": euros(quote.deposit)})
    return lines
