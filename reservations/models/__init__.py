from reservations.models.activities import Activity, ActivityDate, ActivityKind, Target
from reservations.models.allocations import AllocatedRange, Allocation, AllocationState
from reservations.models.associations import Association, AssociationKind, ConsentBy, Contact
from reservations.models.bookings import Booking
from reservations.models.buildings import Building
from reservations.models.equipment import Equipment, Loan
from reservations.models.feeds import Feed, FeedKind
from reservations.models.grants import BuildingGrant
from reservations.models.loan_states import LoanState
from reservations.models.meetings import MeetingBooking
from reservations.models.occupancy import Closure, Occupancy
from reservations.models.opening import OpeningPeriod, OpeningSpan, OpenRange, PeriodKind, SchoolHoliday
from reservations.models.photos import Photo
from reservations.models.quotes import MonthLine, MonthList, Quote, QuoteReason
from reservations.models.rooms import Feature, Layout, Room, RoomSetup, Space
from reservations.models.seasons import Group, Outcome, Season, SeasonRequest
from reservations.models.series import Frequency, SchoolWeek, Series
from reservations.models.states import BookingState, CancelledBy, RefusalReason
from reservations.models.tariffs import (
    DayKind,
    DiscountReason,
    OrganisationPriceGroup,
    Price,
    PriceBand,
    PriceGroup,
    PriceList,
    PriceMoment,
    Tariff,
    Unit,
    VatRate,
)

__all__ = [
    "Activity",
    "ActivityDate",
    "ActivityKind",
    "AllocatedRange",
    "Allocation",
    "AllocationState",
    "Association",
    "AssociationKind",
    "Booking",
    "BookingState",
    "Building",
    "BuildingGrant",
    "CancelledBy",
    "Closure",
    "ConsentBy",
    "Contact",
    "DayKind",
    "DiscountReason",
    "Equipment",
    "Feature",
    "Feed",
    "FeedKind",
    "Frequency",
    "Group",
    "Layout",
    "Loan",
    "LoanState",
    "MeetingBooking",
    "MonthLine",
    "MonthList",
    "Occupancy",
    "OpenRange",
    "OpeningPeriod",
    "OpeningSpan",
    "OrganisationPriceGroup",
    "Outcome",
    "PeriodKind",
    "Photo",
    "Price",
    "PriceBand",
    "PriceGroup",
    "PriceList",
    "PriceMoment",
    "Quote",
    "QuoteReason",
    "RefusalReason",
    "Room",
    "RoomSetup",
    "SchoolHoliday",
    "SchoolWeek",
    "Season",
    "SeasonRequest",
    "Series",
    "Space",
    "Target",
    "Tariff",
    "Unit",
    "VatRate",
]
