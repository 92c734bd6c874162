"""What the rooms of the demo city cost: examples, for the sources name no prices. Every booking of these months has the
price it would have been told, and a month is closed.

By fixed numbers: the same bookings give the same amounts.
"""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from kortrijk_gebied.bulk import copy_in
from reservations.models import (
    Association,
    Booking,
    DiscountReason,
    OrganisationPriceGroup,
    Price,
    PriceGroup,
    PriceList,
    PriceMoment,
    Quote,
    QuoteReason,
    Room,
    Tariff,
    Unit,
    VatRate,
)
from reservations.models.quotes import DUE
from reservations.moments import whole_day
from reservations.prices.book import Said, prices_of
from reservations.prices.months import Month, close
from reservations.prices.quoting import made
from reservations.prices.reckoning import Price as Reckoned
from reservations.prices.seed import sow
from teams.models import Function, Organisation, User

# name, kinds of house, smallest and largest capacity, per group: day, evening, weekend; unit of the weekend
H, F = Unit.HOUR, Unit.FLAT
type Amounts = dict[str, tuple[str, str, str]]
TARIFFS: list[tuple[str, int, int, Unit, str, str, Amounts]] = [
    ("Grote zaal", 100, 10_000, F, "0", "150", {
        "eigen": ("0", "0", "0"), "kortrijk": ("8", "12.50", "90"), "elders": ("12", "18.75", "150"),
        "prive": ("20", "30", "275"), "commercieel": ("40", "60", "550"),
    }),
    ("Polyvalente zaal", 40, 99, F, "0", "75", {
        "eigen": ("0", "0", "0"), "kortrijk": ("5", "7.50", "50"), "elders": ("7.50", "11.25", "80"),
        "prive": ("12", "18", "150"), "commercieel": ("25", "35", "300"),
    }),
    ("Vergaderlokaal", 0, 39, H, "5", "0", {
        "eigen": ("0", "0", "0"), "kortrijk": ("2.50", "3.75", "5"), "elders": ("4", "6", "8"),
        "prive": ("7.50", "10", "12.50"), "commercieel": ("15", "20", "25"),
    }),
]  # fmt: skip
HOUSES = ("community_centre", "youth_centre", "neighbourhood_house")
FROM_ELSEWHERE = 7  # one in so many associations
DISCOUNTS = [("Wijkfeest of buurtwerking", 50, None, False), ("Benefiet voor een goed doel", 25, None, False),
             ("Zaal was niet in orde", None, "20", False), ("Beslissing van het college", 100, None, True)]  # fmt: skip
BACK = 2  # months


def is_loaded() -> bool:
    return Tariff.objects.exists()


@transaction.atomic
def load() -> int:
    """How many bookings have a price."""
    city = Organisation.objects.filter(code="stad").first()
    if city is None:
        return 0
    sow()
    _groups()
    for number, row in enumerate(TARIFFS):
        _tariff(city, row, taken={each for name, *_rest in TARIFFS[:number] for each in _rooms_of(name)})
    for name, percent, amount, managers_only in DISCOUNTS:
        DiscountReason.objects.create(
            name=name, percent=percent, amount=Decimal(amount) if amount else None, managers_only=managers_only
        )
    said = _quotes()
    _close(city)
    return said


def _groups() -> None:
    groups = {each.code: each for each in PriceGroup.objects.all()}
    PriceGroup.objects.update(is_example=True)
    OrganisationPriceGroup.objects.bulk_create(
        OrganisationPriceGroup(
            organisation=each, price_group=groups["commercieel" if each.code == "fluvius" else "eigen"]
        )
        for each in Organisation.objects.all()
    )
    clubs = list(Association.objects.filter(is_example=True, price_group__isnull=True).order_by("name"))
    # One has none yet: what its bookings would cost nobody can say.
    for number, club in enumerate(clubs[:-1]):
        club.price_group = groups["elders" if number % FROM_ELSEWHERE == 3 else "kortrijk"]
    Association.objects.bulk_update(clubs[:-1], ["price_group"])


def _rooms_of(tariff: str) -> list[int]:
    return list(Room.objects.filter(tariff__name=tariff).values_list("pk", flat=True))


def _tariff(city: Organisation, row: tuple[str, int, int, Unit, str, str, Amounts], taken: set[int]) -> None:
    name, smallest, largest, weekend, minimum, deposit, amounts = row
    tariff = Tariff.objects.create(owner=city, name=name, is_example=True)
    first = timezone.localdate().replace(month=1, day=1)
    prices = PriceList.objects.create(
        tariff=tariff, valid_from=first.replace(year=first.year - 1), vat_rate=VatRate.NONE,
        minimum=Decimal(minimum), deposit=Decimal(deposit),
    )  # fmt: skip
    groups = {each.code: each for each in PriceGroup.objects.all()}
    moments = list(PriceMoment.objects.order_by("order"))
    Price.objects.bulk_create(
        Price(
            price_list=prices, price_group=groups[code], moment=moment, amount=Decimal(amount),
            unit=weekend if number == 2 else Unit.HOUR,
        )
        for code, row_of in amounts.items()
        for number, (moment, amount) in enumerate(zip(moments, row_of, strict=True))
    )  # fmt: skip
    rooms = Room.objects.filter(building__owner=city, building__kind__in=HOUSES).prefetch_related("setups")
    chosen = [
        room.pk
        for room in rooms
        if room.pk not in taken and smallest <= max((each.capacity for each in room.setups.all()), default=0) <= largest
    ]
    Room.objects.filter(pk__in=chosen).update(tariff=tariff)


def _quotes() -> int:
    """Of associations alone: our own services pay nothing."""
    today = timezone.localdate()
    first = _months_back(today, BACK)
    found = Booking.objects.filter(
        association__price_group__isnull=False, room__tariff__isnull=False, starts__gte=whole_day(first)[0],
        state__in=[*DUE, "requested", "held", "in_treatment"],
    )  # fmt: skip
    bookings = list(found.select_related("room__building", "association").order_by("starts", "reference"))
    said = prices_of(bookings)
    rows = []
    for booking in bookings:
        price = said[booking.pk]
        if isinstance(price, Said):
            rows += _as_it_went(booking, price)
    copy_in(Quote, rows)
    return len(bookings)


def _as_it_went(booking: Booking, said: Said) -> list[Quote]:
    first = made(booking, said, by=booking.created_by)
    first.made_at = booking.created_at
    if booking.state != Booking.State.CANCELLED:
        return [first]
    first.is_current = False
    due = said.price.cancelled_late(said.late_percent) if booking.cancelled_late else Reckoned()
    after = Said(due, said.price_list, said.price_group)
    last = made(booking, after, by=booking.cancelled_by, why=QuoteReason.CANCELLED)
    last.number, last.made_at = 2, booking.cancelled_at or booking.created_at
    return [first, last]


def _months_back(day: dt.date, number: int) -> dt.date:
    first = day.replace(day=1)
    for _month in range(number):
        first = (first - dt.timedelta(days=1)).replace(day=1)
    return first


def _close(city: Organisation) -> None:
    """The month before the last one, if that far back had a price; the last one waits for whoever looks."""
    keepers = User.objects.filter(organisation=city, memberships__function=Function.BUILDING_MANAGER)
    month = Month.of(city, _months_back(timezone.localdate(), BACK))
    if (keeper := keepers.order_by("pk").first()) and month.may_close:
        close(month, by=keeper)
