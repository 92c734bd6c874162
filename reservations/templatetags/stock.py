"""Small pieces of page about loans."""

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reservations.models import Booking, Loan, LoanState
from reservations.words import when_in_words

register = template.Library()

COLORS = {
    LoanState.ASKED: "info", LoanState.CONFIRMED: "success", LoanState.OUT: "warning",
}  # fmt: skip


@register.simple_tag
def loan_tag(loan: Loan) -> SafeString:
    """Its state, in a word; the colour only goes along."""
    color = "danger" if loan.is_late else COLORS.get(LoanState(loan.state), "neutral")
    words = _("too late") if loan.is_late else loan.get_state_display()
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', color, capfirst(words))


@register.simple_tag
def moments(starts: dt.datetime, ends: dt.datetime) -> str:
    return when_in_words(starts, ends)


@register.inclusion_tag("reservations/loans_of.html")
def loans_of(booking: Booking) -> dict[str, Any]:
    """What goes along with a room: to who may open the booking."""
    return {"loans": booking.loans.select_related("equipment").order_by("pk")}
