"""Prices for the pages of a browser: a tariff, somebody with much to pay, and a booking with all a price can say."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from reservations.models import (
    Association,
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
from teams.models import User
from tests.reservations.rooms import booked

LONG = "Koninklijke harmoniemuziekvereniging-Kasteelbrakelsesteenwegverlengde"
A_DAY = dt.timedelta(days=1)
MANY = 30


@transaction.atomic
def prices(people: dict[str, User]) -> dict[str, str]:
    hall = Room.objects.filter(building__code="oc-marke").order_by("pk")[0]
    tariff = Tariff.objects.create(owner=hall.building.owner, name=LONG, is_example=True)
    first = timezone.localdate() - 90 * A_DAY
    listed = PriceList.objects.create(tariff=tariff, valid_from=first, deposit=150, minimum=5, vat_rate=21)
    Price.objects.bulk_create(
        Price(price_list=listed, price_group=group, moment=moment, amount=Decimal("1234.50"))
        for group in PriceGroup.objects.all()
        for moment in PriceMoment.objects.all()
    )
    room = Room.objects.create(building=hall.building, code="met-een-prijs", name="Zaal met een prijs", tariff=tariff)
    room.spaces.add(Space.objects.create(building=hall.building, name="Zaal met een prijs"))
    group = PriceGroup.objects.get(code="kortrijk")
    club = Association.objects.create(name=LONG, price_group=group, is_example=True)
    starts = (timezone.now() - 60 * A_DAY).replace(day=1, hour=12, minute=0, second=0, microsecond=0)
    made = [booked(room, starts + number * A_DAY, 3, association=club, title=LONG) for number in range(MANY)]
    quoting.say(made)
    reason = DiscountReason.objects.create(name=LONG, percent=10)
    quoting.give_discount(made[0], reason, by=people["gebouwbeheerder"], note=f"{LONG} " * 2)
    month = f"?maand={starts:%Y-%m}&eigenaar=stad"
    return {
        "tariff": tariff.get_absolute_url(),
        "priced": made[0].get_absolute_url(),
        "priced-room": room.get_absolute_url(),
        "book-priced": f"{reverse('reservations:booking-add')}?zaal={room.pk}&dag={timezone.localdate() + 60 * A_DAY}"
        f"&van=19:00&tot=22:00&voor=vereniging:{club.pk}",
        "month": f"{reverse('reservations:month-list')}{month}",
        "month-of": f"{reverse('reservations:holder-month', args=['vereniging', club.pk])}{month}",
    }
