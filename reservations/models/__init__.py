from reservations.models.associations import Association
from reservations.models.bookings import Booking
from reservations.models.buildings import Building
from reservations.models.grants import BuildingGrant
from reservations.models.occupancy import Closure, Occupancy
from reservations.models.opening import OpeningPeriod, OpeningSpan, OpenRange, PeriodKind, SchoolHoliday
from reservations.models.photos import Photo
from reservations.models.rooms import Feature, Layout, Room, RoomSetup, Space
from reservations.models.series import Frequency, SchoolWeek, Series
from reservations.models.states import BookingState, CancelledBy, RefusalReason

__all__ = [
    "Association",
    "Booking",
    "BookingState",
    "Building",
    "BuildingGrant",
    "CancelledBy",
    "Closure",
    "Feature",
    "Frequency",
    "Layout",
    "Occupancy",
    "OpenRange",
    "OpeningPeriod",
    "OpeningSpan",
    "PeriodKind",
    "Photo",
    "RefusalReason",
    "Room",
    "RoomSetup",
    "SchoolHoliday",
    "SchoolWeek",
    "Series",
    "Space",
]
