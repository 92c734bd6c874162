"""Who came: seats used, how many were expected, no-shows, and what was cancelled too late.

That a room is taken everybody sees; for how many, or that nobody came, is told only of bookings whose words the viewer
may read and of buildings they keep. The others are left out of these figures, and how many they are is said.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from reservations.models import Booking, BookingState, Room, RoomSetup
from reservations.moments import whole_day
from reservations.use.hours import USED
from teams.access import Access

S = BookingState


@dataclass(frozen=True)
class People:
    """`expected_of_counted` is what was expected of the bookings of which somebody counted who came."""

    uses: int = 0
    hidden: int = 0
    persons: int = 0
    seats: int = 0
    counted: int = 0
    came: int = 0
    expected_of_counted: int = 0
    no_shows: int = 0
    cancelled: int = 0
    cancelled_late: int = 0

    @property
    def known(self) -> int:
        return self.uses - self.hidden

    @property
    def seats_share(self) -> float | None:
        return self.persons / self.seats if self.seats else None

    @property
    def came_share(self) -> float | None:
        return self.came / self.expected_of_counted if self.expected_of_counted else None

    def __add__(self, other: "People") -> "People":
        return People(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def people_of(viewer: Access, rooms: Sequence[int], first: dt.date, last: dt.date) -> dict[int, People]:
    """By room. Two queries."""
    begun = Booking.objects.filter(
        room__in=rooms, starts__gte=whole_day(first)[0], starts__lt=whole_day(last)[1]
    ).order_by()  # fmt: skip
    kept = Room.objects.granted(viewer, "approve").values("pk")
    told = begun.filter(Q(pk__in=Booking.objects.readable(viewer).values("pk")) | Q(room__in=kept))
    taken, counted = Q(state__in=USED), Q(state__in=USED, headcount__isnull=False)
    rows = told.annotate(there=_seats()).values("room").annotate(
        told=Count("pk", filter=taken),
        # Who came when somebody counted, else who was expected.
        persons_=Sum(Coalesce("headcount", "persons"), filter=taken, default=0),
        seats_=Sum("there", filter=taken, default=0),
        counted_=Count("pk", filter=counted),
        came_=Sum("headcount", filter=counted, default=0),
        expected_=Sum("persons", filter=counted, default=0),
        no_shows_=Count("pk", filter=Q(state=S.NO_SHOW)),
        cancelled_=Count("pk", filter=Q(state=S.CANCELLED)),
        late_=Count("pk", filter=Q(state=S.CANCELLED, cancelled_late=True)),
    )  # fmt: skip
    uses = dict(begun.filter(taken).values_list("room").annotate(Count("pk")))
    found = {
        row["room"]: People(
            uses.get(row["room"], 0), uses.get(row["room"], 0) - row["told"], row["persons_"], row["seats_"],
            row["counted_"], row["came_"], row["expected_"], row["no_shows_"], row["cancelled_"], row["late_"],
        )
        for row in rows
    }  # fmt: skip
    return {room: People(uses=number, hidden=number) for room, number in uses.items()} | found


def _seats() -> Coalesce:
    """The seats there are: in the set-up that was asked, else in the largest."""
    there = RoomSetup.objects.filter(room=OuterRef("room")).order_by("-capacity")
    asked = Subquery(there.filter(layout=OuterRef("layout")).values("capacity")[:1])
    return Coalesce(asked, Subquery(there.values("capacity")[:1]), F("persons"), output_field=IntegerField())
