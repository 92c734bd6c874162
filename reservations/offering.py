"""What was refused for want of room is offered again when it comes free: the one that waits longest first."""

from collections.abc import Collection

from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import Job, enqueue
from kortrijk_gebied.jobs.registry import handles
from kortrijk_gebied.refusals import Refused
from reservations.models import Booking, BookingState, RefusalReason
from reservations.models.bookings import BookingQuerySet

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
    from reservations.actions import hold
    from reservations.locking import Busy

    for each in waiting_for(job.payload["spaces"]).select_related("room__building"):
        try:
            hold(each, by=None)
        except Busy:
            raise  # nobody knows yet: the job is tried again
        except Refused:
            continue  # still taken, or by who waited longer
        job.count(offered=1)
