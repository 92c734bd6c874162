"""The price while somebody books, and a discount on what was booked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from reservations.choosing import room_said
from reservations.forms.booking import BookingForm
from reservations.forms.discount import DiscountForm
from reservations.forms.names import NAMES
from reservations.prices.asking import cost_of
from reservations.prices.quoting import give_discount
from reservations.prices.rights import keeps_price_groups
from reservations.rights import Rights
from reservations.sight import booking_for
from teams.decorators import signed_in, viewer


@member
@require_POST
def price_said(request: HttpRequest) -> HttpResponse:
    """The price alone, each time a moment or a holder is chosen. Writes nothing."""
    access, by = viewer(request), signed_in(request)
    room = room_said(request.POST.get(NAMES["room"], ""))
    form = BookingForm(request.POST, by=by, viewer=access, rights=Rights.of(access))
    cost = cost_of(form, room, request.POST, by) if room else None
    context = {"cost": cost, "room": room, "mends": bool(cost and cost.missing) and keeps_price_groups(access)}
    return render(request, "reservations/cost.html", context)


@member
@require_POST
def booking_discount(request: HttpRequest, reference: str) -> HttpResponse:
    """Who says yes to bookings of this house gives it."""
    access = viewer(request)
    found = booking_for(access, reference)
    if not Rights.of(access).decides(found.room):
        raise PermissionDenied
    form = DiscountForm(request.POST, booking=found, viewer=access)
    if not form.is_valid():
        messages.error(request, _("Choose a discount from the list."))
        return redirect(found)
    data = form.cleaned_data
    try:
        give_discount(found, data["korting"], by=signed_in(request), note=data["toelichting"].strip())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("The discount counts from now on.") if data["korting"] else _("There is no discount any more.")
        messages.success(request, said)
    return redirect(found)
