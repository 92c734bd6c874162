"""What bookings would cost, from the price lists as they stand: in as many questions for 52 as for one, and in none
for rooms that cost nothing."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations.models import Association, Booking, OrganisationPriceGroup, PriceBand, PriceGroup, PriceList
from reservations.moments import on_clock
from reservations.prices.money import NOTHING
from reservations.prices.reckoning import NoPrice, Price, Rate, Terms, reckon


@dataclass(frozen=True)
class Said:
    """The price of one booking, and where it was read. Without a list the room costs nothing."""

    price: Price
    price_list: PriceList | None = None
    price_group: PriceGroup | None = None

    @property
    def is_free(self) -> bool:
        return not self.price.total

    @property
    def late_percent(self) -> int:
        return self.price_list.tariff.late_percent if self.price_list else 0


class PriceMissing(Refused):
    """The room costs something, and what is not known: of the holder the price group, or the price itself."""

    def __init__(self, booking: Booking, group: PriceGroup | None) -> None:
        building = booking.room.building
        self.holder = booking.holder
        self.is_group_missing = group is None
        words = {
            "holder": self.holder.name, "room": booking.room.name, "group": group.name if group else "",
            "day": date_format(on_clock(booking.starts)),
            "whom": " ".join(filter(None, (building.name, building.contact_phone))),
        }  # fmt: skip
        said = (
            _("%(room)s is not free of charge, and no price group is chosen for %(holder)s yet. Ask %(whom)s.")
            if group is None
            else _("%(room)s has no price yet on %(day)s for %(group)s. Ask %(whom)s.")
        )
        super().__init__(said % words)


type Answers = Mapping[uuid.UUID, Said | PriceMissing]


def prices_of(bookings: Collection[Booking]) -> Answers:
    """By the key of each booking, written or not."""
    found: dict[uuid.UUID, Said | PriceMissing] = {each.pk: Said(Price()) for each in bookings}
    if priced := [each for each in bookings if each.room.tariff_id]:
        book = Book(priced)
        found |= {each.pk: book.say(each) for each in priced}
    return found


class Book:
    """The lists that these bookings need, read once."""

    def __init__(self, bookings: Collection[Booking]) -> None:
        tariffs = {each.room.tariff_id for each in bookings}
        self._lists: dict[int, list[PriceList]] = defaultdict(list)
        lists = PriceList.objects.filter(tariff__in=tariffs).select_related("tariff")
        for each in lists.prefetch_related("prices__moment"):
            self._lists[each.tariff_id].append(each)
        self._week: dict[str, list[tuple[dt.time, int]]] = defaultdict(list)
        for band in PriceBand.objects.order_by("day_kind", "starts"):
            self._week[band.day_kind].append((band.starts, band.moment_id))
        self._groups = PriceGroup.objects.in_bulk()
        self._of_holder = groups_of(bookings)

    def say(self, booking: Booking) -> Said | PriceMissing:
        group = self._groups.get(self._of_holder.get(_holder(booking)) or 0)
        if group is None:
            return PriceMissing(booking, None)
        day = on_clock(booking.starts).date()
        found = next((each for each in self._lists[booking.room.tariff_id or 0] if _holds(each, day)), None)
        if found is None:
            return PriceMissing(booking, group)
        try:
            price = reckon(booking.starts, booking.ends, self._terms(found, group))
        except NoPrice:
            return PriceMissing(booking, group)
        return Said(price if group.pays_deposit else replace(price, deposit=NOTHING), found, group)

    def _terms(self, found: PriceList, group: PriceGroup) -> Terms:
        mine = (each for each in found.prices.all() if each.price_group_id == group.pk)
        rates = {each.moment_id: Rate(each.moment.name, each.unit, each.amount) for each in mine}
        return Terms(self._week, rates, found.vat_rate, found.minimum, found.deposit)


def _holds(found: PriceList, day: dt.date) -> bool:
    return found.valid_from <= day and (found.valid_to is None or day <= found.valid_to)


def _holder(booking: Booking) -> tuple[str, int]:
    if booking.association_id:
        return "association", booking.association_id
    return "organisation", booking.organisation_id or 0


def groups_of(bookings: Collection[Booking]) -> dict[tuple[str, int], int | None]:
    """The price group of each holder, as it is chosen now."""
    found: dict[tuple[str, int], int | None] = {}
    keys = {_holder(each) for each in bookings}
    if clubs := {key for kind, key in keys if kind == "association"}:
        rows = Association.objects.filter(pk__in=clubs).values_list("pk", "price_group_id")
        found |= {("association", key): group for key, group in rows}
    if own := {key for kind, key in keys if kind == "organisation"}:
        of = OrganisationPriceGroup.objects.filter(organisation__in=own)
        found |= {("organisation", key): group for key, group in of.values_list("organisation_id", "price_group_id")}
    return found
