"""What a booking costs, and what it would cost elsewhere or at another time: said before somebody moves it there."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations.finding import Option
from reservations.models import Booking
from reservations.prices.asking import Cost, costs_for
from reservations.prices.money import NOTHING, euros
from reservations.prices.quoting import current_of, less
from reservations.prices.rights import amounts_seen
from teams.access import Access


@dataclass(frozen=True)
class MoveCosts:
    """`now` is what was said of it. By its key what it would cost in each room offered, the discount it has counted."""

    now: Decimal
    by_option: dict[str, Cost]

    @property
    def costs_something(self) -> bool:
        return bool(self.now) or any(
            each.missing or (each.said and not each.said.is_free) for each in self.by_option.values()
        )


def costs_of_move(booking: Booking, options: Iterable[Option], viewer: Access) -> MoveCosts | None:
    """None for who does not see what it costs."""
    if not _sees(viewer, booking):
        return None
    quote = current_of(booking)
    reason = quote.discount_reason if quote else None
    costs = costs_for(
        options, {"association_id": booking.association_id, "organisation_id": booking.organisation_id}
    )  # fmt: skip
    discounted = {
        key: replace(each, said=replace(each.said, price=less(each.said.price, reason))) if each.said else each
        for key, each in costs.items()
    }
    return MoveCosts(quote.total if quote else NOTHING, discounted)


class OtherPrice(Refused):
    """It stays where it is: moved it costs something else, and nobody said yes to that yet."""

    def __init__(self, was: Decimal, now: Decimal) -> None:
        self.now, self.agreed = now, str(now)
        words = {"was": euros(was), "now": euros(now)}
        super().__init__(
            _("It costs %(was)s now, and %(now)s once moved. Move it again to say yes to that price.") % words
        )


@contextmanager
def at_the_price(booking: Booking, yes_to: str, viewer: Access) -> Iterator[None]:
    """Moves it within, and only when the price stays or is the one that was said yes to. Tried rather than foretold:
    so what somebody says yes to is to the cent what is kept. Who does not see amounts is asked nothing."""
    sees, was = _sees(viewer, booking), _total(booking)
    with transaction.atomic():
        yield
        if sees and (now := _total(booking)) != was and str(now) != yes_to:
            raise OtherPrice(was, now)


def _sees(viewer: Access, booking: Booking) -> bool:
    return Booking.objects.filter(amounts_seen(viewer), pk=booking.pk).exists()


def _total(booking: Booking) -> Decimal:
    quote = current_of(booking)
    return quote.total if quote else NOTHING
