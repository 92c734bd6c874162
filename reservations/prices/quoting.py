"""What was said of a price, kept: at the booking, at each change, and what is due when it is cancelled.

Whoever calls this holds the booking: its spaces or its row are locked.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations.models import Booking, BookingState, DiscountReason, Quote, QuoteReason
from reservations.prices.book import PriceMissing, Said, prices_of
from reservations.prices.money import NOTHING
from reservations.prices.reckoning import Line, Price
from teams.models import User

type By = User | None


def say(bookings: Collection[Booking]) -> None:
    """The first quote of bookings just written: what was asked for is asked for at this price, and stays so when the
    list changes before the keeper says yes. Raises `PriceMissing`, unless it may wait."""
    said = prices_of(bookings)
    rows = []
    for booking in bookings:
        found = said[booking.pk]
        if isinstance(found, PriceMissing):
            if may_wait(booking):
                continue
            raise found
        if found.price_list:
            rows.append(made(booking, found, by=booking.created_by))
    if rows:
        Quote.objects.bulk_create(rows)


def may_wait(booking: Booking) -> bool:
    """Who asks from outside cannot mend a price that is not known: they hear it when the keeper says yes, and nobody
    can say yes before it is."""
    return bool(booking.contact_id and booking.room.tariff_id) and booking.state == BookingState.REQUESTED


def say_if_unsaid(booking: Booking) -> None:
    """What was refused for want of room and comes free now had no price yet."""
    if booking.room.tariff_id and current_of(booking) is None:
        _next(booking, _found(booking), QuoteReason.BOOKED, by=booking.created_by)


def moved(booking: Booking, *, by: By, never_more: bool = False) -> None:
    """The price of where and when it is now. Whom the building moves (`never_more`) pays at most what was said."""
    before = current_of(booking)
    if before is None and not booking.room.tariff_id:
        return
    try:
        found = _found(booking)
    except PriceMissing:
        if never_more:  # a leaking roof does not wait for a price
            return
        raise
    said, discount = (before.total, before.discount_reason) if before else (NOTHING, None)
    if never_more and less(found.price, discount).total > said:
        return
    _next(booking, found, QuoteReason.MOVED, by=by)


def changed_holder(booking: Booking, *, by: By) -> None:
    if booking.room.tariff_id or current_of(booking):
        _next(booking, _found(booking), QuoteReason.CHANGED, by=by)


def cancelled(booking: Booking, *, by: By, was: str) -> None:
    """In time nothing is due, late a part of what was confirmed."""
    before = current_of(booking)
    if before is None:
        return
    late = booking.cancelled_late and was == BookingState.CONFIRMED and before.price_list is not None
    price = price_of(before).cancelled_late(before.price_list.tariff.late_percent) if late else Price()  # type: ignore[union-attr]
    found = Said(price, before.price_list, before.price_group)
    _write(booking, made(booking, found, by=by, why=QuoteReason.CANCELLED))


@transaction.atomic
def give_discount(booking: Booking, reason: DiscountReason | None, *, by: User, note: str = "") -> None:
    """Or take it back, without a reason. Given again it is the same one."""
    Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    before = current_of(booking)
    if before is None or before.why == QuoteReason.CANCELLED:
        raise Refused(_("There is nothing to give a discount on."))
    if (before.discount_reason, before.note) == (reason, note if reason else ""):
        return
    found = Said(_without(before), before.price_list, before.price_group)
    row = made(booking, found, by=by, why=QuoteReason.DISCOUNT, reason=reason, note=note)
    _write(booking, row)


def current_of(booking: Booking) -> Quote | None:
    """The price as it stands; None of a room that costs nothing."""
    return booking.quotes.current().select_related("price_list__tariff", "price_group", "discount_reason").first()


def price_of(quote: Quote) -> Price:
    lines = [Line.read(line) for line in quote.lines]
    return Price(lines, quote.vat_rate, quote.deposit, quote.discount)


def made(
    booking: Booking, said: Said, *, by: By, why: str = QuoteReason.BOOKED, reason: DiscountReason | None = None,
    note: str = "",
) -> Quote:  # fmt: skip
    """Not written yet; the first, until `_write` numbers it."""
    price = less(said.price, reason)
    return Quote(
        booking=booking, number=1, why=why, price_list=said.price_list, price_group=said.price_group,
        lines=[line.stored() for line in price.lines], subtotal=price.subtotal, discount=price.discount,
        discount_reason=reason, note=note if reason else "", total=price.total, vat_rate=price.vat_rate,
        vat=price.vat, deposit=price.deposit, made_by=by,
    )  # fmt: skip


def less(price: Price, reason: DiscountReason | None) -> Price:
    """With the discount that goes along."""
    return price.less(percent=reason.percent, amount=reason.amount) if reason else price


def _without(quote: Quote) -> Price:
    price = price_of(quote)
    return Price(price.lines, price.vat_rate, price.deposit)


def _found(booking: Booking) -> Said:
    found = prices_of([booking])[booking.pk]
    if isinstance(found, PriceMissing):
        raise found
    return found


def _next(booking: Booking, found: Said, why: QuoteReason, *, by: By) -> None:
    """A discount goes along: it was given to who holds it, not to the hour."""
    before = current_of(booking)
    kept = before if before and why == QuoteReason.MOVED else None
    reason, note = (kept.discount_reason, kept.note) if kept else (None, "")
    _write(booking, made(booking, found, by=by, why=why, reason=reason, note=note))


def _write(booking: Booking, row: Quote) -> None:
    booking.quotes.current().update(is_current=False)
    row.number = (booking.quotes.aggregate(last=Max("number"))["last"] or 0) + 1
    row.save(force_insert=True)
