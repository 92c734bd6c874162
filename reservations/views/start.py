"""Where one begins: find a room, see one's own bookings, and for keepers what asks for an answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kortrijk_gebied.access import member
from reservations.forms.names import chosen
from reservations.forms.wish import WishForm, usual
from reservations.inbox import number
from reservations.models import Booking, BookingState
from reservations.moves import next_in_words
from reservations.rights import Rights
from reservations.sight import held_by
from teams.decorators import viewer

MOST = 20
GOES_ON = (BookingState.REQUESTED, BookingState.IN_TREATMENT, BookingState.CONFIRMED)
ASKS = (BookingState.HELD, BookingState.REFUSED, BookingState.EXPIRED)


@member
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    access, now = viewer(request), timezone.now()
    mine = Booking.objects.readable(access).filter(held_by(access), ends__gt=now).select_related("room__building")
    ahead = mine.filter(state__in=GOES_ON)
    keeps = bool(Rights.of(access).keeps)
    context = {
        "form": WishForm(initial={**usual(), **{name: value for name, value in chosen(request.GET).items() if value}}),
        "asks": [(each, next_in_words(each)) for each in mine.filter(state__in=ASKS)[:MOST]],
        "ahead": ahead[:MOST],
        "more": max(ahead.count() - MOST, 0),
        "keeps": keeps,
        "waiting": number(access) if keeps else 0,
    }
    return render(request, "reservations/start.html", context)
