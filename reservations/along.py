"""Things that go along with every date of a series, or with a booking that stands already."""

from collections.abc import Callable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations import lending
from reservations.locking import Busy, lock_equipment, lock_rooms, undisturbed
from reservations.models import Booking, BookingState, Loan
from reservations.models.states import LIVE
from teams.models import User

type Things = Callable[[Booking], list[Loan]]
"""What goes along with each date of a series; not written yet."""


def lend_with_each(bookings: Sequence[Booking], things: Things, *, by: User) -> list[Booking]:
    """These dates of a series were just written. A date never fails for a chair: those that cannot have all of their
    things have none, and are given back. The spaces are locked."""
    wanted = {each.pk: things(each) for each in bookings if each.occupies or each.state == BookingState.REQUESTED}
    lock_equipment({loan.equipment_id for loans in wanted.values() for loan in loans})
    without = []
    for each in bookings:
        try:
            if its := wanted.get(each.pk):
                lending.lend(its, by=by)
        except Busy:
            raise
        except Refused:
            without.append(each)
    return without


@undisturbed()
def add_to(booking: Booking, loans: Sequence[Loan], *, by: User) -> list[Loan]:
    """Things that go along with a booking that stands already: as when it was made, all of them or none."""
    lock_rooms({booking.room_id})
    now_so = Booking.objects.select_for_update(of=("self",)).select_related("room__building")
    booking.refresh_from_db(from_queryset=now_so)
    if booking.state not in LIVE or booking.ends <= timezone.now():
        raise Refused(
            _("This booking is %(state)s: nothing can go along any more.") % {"state": booking.get_state_display()}
        )
    for each in loans:
        each.booking, each.starts, each.ends = booking, booking.starts, booking.ends
    return lending.lend(loans, by=by)
