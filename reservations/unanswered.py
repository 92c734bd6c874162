"""Requests whose moment came while nobody said yes or no: closed as refused, so that whoever asked hears it, the room
is free again, and the keeper sees what was missed."""

import datetime as dt
from contextlib import suppress

from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs import rounds
from kortrijk_gebied.refusals import Refused
from reservations.actions import refuse
from reservations.models import Booking, BookingState, RefusalReason, Room
from reservations.models.bookings import BookingQuerySet
from reservations.sight import seen_by
from teams.access import Access

WAITS = (BookingState.REQUESTED, BookingState.IN_TREATMENT)
AT_ONCE = 200
SHOWN_FOR = dt.timedelta(days=14)


def close_unanswered() -> int:
    """How many. Beat wakes it every minute; what is answered at this very moment is left to who answers."""
    over = Booking.objects.filter(state__in=WAITS, starts__lte=timezone.now()).order_by("starts")[:AT_ONCE]
    return rounds.each(over, _close, about="requests that nobody answered")


def _close(booking: Booking) -> bool:
    booking.seen = booking.sequence
    with suppress(Refused):
        refuse(booking, by=None, answer=apology(), reason=RefusalReason.UNANSWERED)
        return True
    return False


def apology() -> str:
    return _("Nobody of the building answered before the moment came. We apologise.")


def missed(viewer: Access) -> BookingQuerySet:
    """In the rooms that the viewer keeps, the last first."""
    kept = Room.objects.granted(viewer, "approve")
    lately = timezone.now() - SHOWN_FOR
    found = seen_by(viewer).filter(state=BookingState.REFUSED, refusal=RefusalReason.UNANSWERED, room__in=kept)
    return found.filter(starts__gt=lately).order_by("-starts")
