from reservations.models.associations import Association
from reservations.models.bookings import Booking
from reservations.models.buildings import Building
from reservations.models.equipment import Equipment, Loan
from reservations.models.feeds import Feed, FeedKind
from reservations.models.grants import BuildingGrant
from reservations.models.loan_states import LoanState
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
    "Equipment",
    "Feature",
    "Feed",
    "FeedKind",
    "Frequency",
    "Layout",
    "Loan",
    "LoanState",
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
