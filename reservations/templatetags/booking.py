"""Small pieces of page about bookings."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from reservations.models import Booking, BookingState, Feature, Room
from reservations.words import when_in_words

register = template.Library()

S = BookingState
COLORS = {
    S.REQUESTED: "info", S.HELD: "warning", S.IN_TREATMENT: "info", S.CONFIRMED: "success", S.REFUSED: "danger",
}  # fmt: skip


@register.simple_tag
def state_tag(booking: Booking) -> SafeString:
    """Its state, in a word; the colour only goes along."""
    color = COLORS.get(BookingState(booking.state), "neutral")
    words = capfirst(booking.get_state_display())
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', color, words)


@register.simple_tag
def when(booking: Booking) -> str:
    return when_in_words(booking.starts, booking.ends)


@register.filter
def feature_words(owner: Room | Booking) -> str:
    return ", ".join(str(Feature(each).label) for each in owner.features)
