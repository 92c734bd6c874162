"""What was refused for want of room is offered again when it comes free: the one that waits longest first. Who may
not say yes there gets it as a request, and the keeper hears it."""

from collections.abc import Collection

from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import Job, enqueue
from kortrijk_gebied.jobs.registry import handles
from kortrijk_gebied.refusals import Refused
from reservations.models import Booking, BookingState, RefusalReason
from reservations.models.bookings import BookingQuerySet
from reservations.rights import Rights
from teams.access import access_of

KIND = "offer-freed-rooms"
WANT_OF_ROOM = (RefusalReason.OCCUPIED, RefusalReason.CLOSED, RefusalReason.ALLOCATED)


def waiting_for(spaces: Collection[int]) -> BookingQuerySet:
    """Refused bookings still to come whose holder wants these spaces all the same."""
    return (
        Booking.objects.filter(
            state=BookingState.REFUSED, wants_offer=True, refusal__in=WANT_OF_ROOM, starts__gt=timezone.now(),
            room__spaces__in=spaces,
        )
        .order_by("created_at", "starts")
        .distinct()
    )  # fmt: skip


def look_again(spaces: Collection[int]) -> None:
    """Something came free there. Looked at after this transaction, by a worker: it has locks of its own to take."""
    if waiting_for(spaces).exists():
        enqueue(KIND, key=f"{KIND}:{uuid7()}", payload={"spaces": sorted(spaces)})


@handles(KIND)
def offer(job: Job) -> None:
    from reservations.actions import ask_again, hold
    from reservations.locking import Busy

    for each in waiting_for(job.payload["spaces"]).select_related("room__building", "created_by", "contact"):
        if not _hears(each):
            continue
        try:
            (hold if _says_yes(each) else ask_again)(each, by=None)
        except Busy:
            raise  # nobody knows yet: the job is tried again
        except Refused:
            continue  # still taken, or by who waited longer
        job.count(offered=1)


def _hears(booking: Booking) -> bool:
    """A room is not kept for an account that was stopped."""
    person = booking.created_by
    return person.is_active if person else booking.contact is not None


def _says_yes(booking: Booking) -> bool:
    """Else it would be kept for who cannot confirm it: the keeper is asked instead."""
    person = booking.created_by
    return person is not None and Rights.of(access_of(person)).books_at_once(booking.room)
