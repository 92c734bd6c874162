"""What the great hall costs in tests: 10 by day, 12.50 in the evening, 20 in the weekend, each per hour."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from reservations.models import (
    Booking,
    OrganisationPriceGroup,
    Price,
    PriceGroup,
    PriceList,
    PriceMoment,
    Room,
    Tariff,
)
from reservations.prices import quoting
from reservations.prices.seed import sow
from teams.models import Organisation
from tests.reservations.rooms import Rooms, booked

AMOUNTS = {"dag": "10", "avond": "12.50", "weekend": "20"}


def price(rooms: Rooms, *, times: int = 1, **details: Any) -> PriceList:
    """A tariff on the hall of Marke; the choir is an association of Kortrijk, the three organisations pay nothing."""
    sow()
    groups = {group.code: group for group in PriceGroup.objects.all()}
    tariff = Tariff.objects.create(owner=rooms.hall.building.owner, name="Grote zaal", late_percent=50)
    first = timezone.localdate() - dt.timedelta(days=800)
    made = PriceList.objects.create(tariff=tariff, valid_from=first, **details)
    Price.objects.bulk_create(
        Price(
            price_list=made, price_group=groups[code], moment=moment,
            amount=Decimal(AMOUNTS[moment.code]) * times if code == "kortrijk" else 0,
        )
        for code in ("kortrijk", "eigen")
        for moment in PriceMoment.objects.all()
    )  # fmt: skip
    Room.objects.filter(pk=rooms.hall.pk).update(tariff=tariff)
    rooms.hall.tariff = tariff
    rooms.choir.price_group = groups["kortrijk"]
    rooms.choir.save(update_fields=["price_group"])
    OrganisationPriceGroup.objects.bulk_create(
        OrganisationPriceGroup(organisation=each, price_group=groups["eigen"]) for each in Organisation.objects.all()
    )
    return made


def said(rooms: Rooms, starts: dt.datetime, hours: float = 2, **details: Any) -> Booking:
    """A booking of the choir in the hall, with the price it was told."""
    booking = booked(rooms.hall, starts, hours, **{"association": rooms.choir, **details})
    quoting.say([booking])
    return booking


def workday(starts: dt.datetime) -> dt.datetime:
    """The first Tuesday from then on: no weekend, and seldom a holiday."""
    return starts + dt.timedelta(days=(1 - starts.weekday()) % 7)
