"""Prices for the matrix: a tariff in a house of the city, and a booking that has a price."""

import datetime as dt

from django.utils import timezone

from reservations.models import (
    Association,
    Building,
    DiscountReason,
    Price,
    PriceGroup,
    PriceList,
    PriceMoment,
    Room,
    Space,
    Tariff,
)
from reservations.prices import quoting
from reservations.prices.seed import sow
from tests.cast import Cast
from tests.reservations.rooms import booked

type Arguments = list[object]


def everything(people: Cast) -> dict[str, Arguments]:
    """Els asked it for the choir."""
    sow()
    house = Building.objects.filter(owner__code="stad")[0]
    group, moments = PriceGroup.objects.get(code="kortrijk"), list(PriceMoment.objects.all())
    tariff = Tariff.objects.create(owner=house.owner, name="Proef")
    listed = PriceList.objects.create(tariff=tariff, valid_from=timezone.localdate() - dt.timedelta(days=30))
    Price.objects.bulk_create(Price(price_list=listed, price_group=group, moment=each, amount=9) for each in moments)
    reason = DiscountReason.objects.create(name="Proef", percent=10)
    room = Room.objects.create(building=house, code="zaal-met-een-prijs", name="Zaal met een prijs", tariff=tariff)
    room.spaces.add(Space.objects.create(building=house, name="Zaal met een prijs"))
    choir = Association.objects.create(name="Koor voor de proef", price_group=group)
    made = booked(room, month(), 1, association=choir, by=people["gebiedswerker"], title="Proef", is_shared=True)
    quoting.say([made])
    return {
        "tariff": [tariff.pk], "price list": [tariff.pk, listed.pk], "month of a choir": ["vereniging", choir.pk],
        "booking of a choir": [made.reference], "reservations_discountreason": [reason.pk],
    }  # fmt: skip


def month() -> dt.datetime:
    """In the middle of the month after the next one."""
    return (timezone.now().replace(day=1) + dt.timedelta(days=70)).replace(day=15, hour=12, minute=0, second=0)
