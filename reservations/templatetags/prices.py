"""Small pieces of page about what things cost."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone

from reservations.forms.discount import DiscountForm
from reservations.models import Booking, BookingState, Building, Quote, QuoteReason, Room, Tariff
from reservations.models.quotes import DUE
from reservations.prices import money
from reservations.prices.quoting import price_of as price_in
from reservations.prices.reckoning import Price
from reservations.prices.rights import amounts_seen
from reservations.prices.table import WITH_PRICES, Table, current_list
from reservations.rights import Rights
from teams.decorators import viewer

register = template.Library()


@register.filter
def euros(amount: Decimal) -> str:
    return money.euros(Decimal(amount))


@register.filter
def price_in_quote(quote: Quote) -> Price:
    return price_in(quote)


@register.filter
def of_key(costs: dict[str, Any], key: str) -> Any:
    return (costs or {}).get(key)


@register.inclusion_tag("reservations/price_of.html", takes_context=True)
def price_of(context: dict[str, Any], booking: Booking) -> dict[str, Any]:
    """What this booking costs, for who sees its amounts; and the discount, for who decides in the house."""
    request = context["request"]
    access = viewer(request)
    if not Booking.objects.filter(amounts_seen(access), pk=booking.pk).exists():
        return {"shown": False}
    quotes = list(booking.quotes.select_related("discount_reason", "price_group", "made_by").order_by("number"))
    current = next((each for each in quotes if each.is_current), None)
    decides = Rights.of(access).decides(booking.room)
    open_to_discount = current is not None and current.why != QuoteReason.CANCELLED and current.subtotal > 0
    form = None
    if decides and current and open_to_discount:
        given = {"korting": current.discount_reason_id, "toelichting": current.note}
        form = DiscountForm(booking=booking, viewer=access, initial=given)
    return {
        "shown": current is not None or booking.room.tariff_id is None, "quote": current, "booking": booking,
        "before": [each for each in quotes if each != current], "form": form, "csrf_token": context.get("csrf_token"),
        "is_due": booking.state in DUE, "nobody_came": booking.state == BookingState.NO_SHOW,
    }  # fmt: skip


@register.inclusion_tag("reservations/building_prices.html")
def building_prices(building: Building) -> dict[str, Any]:
    """By tariff, with the rooms that have it; those without one cost nothing."""
    lists = [f"tariff__lists__{each}" for each in WITH_PRICES]
    by_tariff: dict[Tariff | None, list[Room]] = {}
    for room in building.rooms.in_use().select_related("tariff").prefetch_related(*lists).order_by("name"):
        by_tariff.setdefault(room.tariff, []).append(room)
    today = timezone.localdate()
    priced = [(tariff, Table.of(current_list(tariff, today)), rooms) for tariff, rooms in by_tariff.items() if tariff]
    return {"priced": priced, "free": by_tariff.get(None, [])}


@register.inclusion_tag("reservations/room_prices.html")
def room_prices(room: Room) -> dict[str, Any]:
    """What it costs, for every price group: of what holds today, or else of what is to come."""
    if room.tariff is None:
        return {"room": room, "table": None}
    lists = [f"lists__{each}" for each in WITH_PRICES]
    found = Tariff.objects.prefetch_related(*lists).get(pk=room.tariff.pk)
    return {"room": room, "table": Table.of(current_list(found, timezone.localdate())), "tariff": room.tariff}
