"""Which bookings somebody may open. A keeper opens every one of the building, and reads what is theirs to read."""

from copy import copy

from django.apps import apps
from django.db import models
from django.shortcuts import get_object_or_404

from kortrijk_gebied.history import Step, steps_of
from reservations.models import Booking, Room, Series
from reservations.models.bookings import BookingQuerySet
from reservations.models.uses import readable_to
from teams.access import Access


def seen_by(viewer: Access) -> BookingQuerySet:
    """Annotated with `is_readable`: of what is not shared a keeper sees whose it is and when, not what for."""
    readable = Booking.objects.readable(viewer)
    words = models.Exists(readable.filter(pk=models.OuterRef("pk")))
    found = Booking.objects.annotate(is_readable=words)
    seen = models.Q(is_readable=True)
    if viewer.user_id is not None:
        seen |= models.Q(room__in=Room.objects.granted(viewer, "approve"))
    return found.filter(seen).select_related(
        "room__building__owner", "organisation", "association", "team", "created_by", "contact"
    )


def booking_for(viewer: Access, reference: str) -> Booking:
    return get_object_or_404(seen_by(viewer), reference=reference.upper())


def series_for(viewer: Access, pk: object) -> Series:
    """A series is open to who may open one of its dates; its words are for who may read those."""
    mine = seen_by(viewer).filter(series=models.OuterRef("pk"))
    found = Series.objects.select_related("room__building__owner", "organisation", "association", "team", "created_by")
    words = Series.objects.readable(viewer).filter(pk=models.OuterRef("pk"))
    return get_object_or_404(found.annotate(is_readable=models.Exists(words)).filter(models.Exists(mine)), pk=pk)


def history_for(viewer: Access, found: Booking) -> list[Step]:
    """What became of it. What was written while it was not shared stays with who could read it then, whatever was
    shared since: each step is shown to who may read what stood before and after."""
    changes = apps.get_model("reservations", "BookingChange").objects
    mine = changes.filter(readable_to(viewer), pgh_obj=found)
    known = set(mine.values_list("pgh_id", flat=True))

    def shows(_row: object, state: object) -> bool:
        return getattr(state, "pgh_id", None) is None or state.pgh_id in known  # type: ignore[attr-defined]

    return steps_of([found], shows=shows)


def held_by(viewer: Access) -> models.Q:
    """What is one's own: made by oneself, or held by a team of one's."""
    return models.Q(created_by_id=viewer.user_id) | models.Q(team_id__in=viewer.team_ids)


STEPS = (10, 25, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)


def for_proposals(booking: Booking, *, is_readable: bool) -> Booking:
    """With which rooms are looked for, to propose to a viewer. Of what they may not read the list of rooms that suit
    would tell how many come and what they need: so for a round number above it, and in any set-up."""
    if is_readable:
        return booking
    blurred = copy(booking)
    blurred.persons = next((step for step in STEPS if step >= booking.persons), booking.persons)
    blurred.layout, blurred.features = "", []
    return blurred
