"""The price on the page where somebody books: before they say yes, of the room they chose and of each room offered."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reservations.finding import Option
from reservations.forms.booking import ASSOCIATION, BookingForm
from reservations.forms.wish import MomentForm
from reservations.models import Booking, Room
from reservations.prices.book import PriceMissing, Said, prices_of
from reservations.prices.money import NOTHING
from reservations.prices.rights import keeps_price_groups
from reservations.serial import Date
from teams.access import access_of
from teams.models import User


@dataclass(frozen=True)
class Cost:
    """What to show: a price, that it is free, or why there is none."""

    said: Said | None = None
    missing: PriceMissing | None = None

    @classmethod
    def of(cls, found: Said | PriceMissing) -> "Cost":
        return cls(missing=found) if isinstance(found, PriceMissing) else cls(said=found)


def costs_shown(form: BookingForm, room: Room | None, options: Iterable[Option], data: Any, by: User) -> dict[str, Any]:
    """For the page to book: of the room that was chosen, and of every room offered. `mends` is for who may mend it."""
    cost = cost_of(form, room, data, by) if room else None
    costs = costs_of(form, options, by)
    missing = next((each.missing for each in (cost, *costs.values()) if each and each.missing), None)
    return {
        "cost": cost,
        "costs": costs,
        "missing": missing,
        "mends": bool(missing) and keeps_price_groups(access_of(by)),
    }


def cost_of(form: BookingForm, room: Room, data: Any, by: User) -> Cost | None:
    """Of this room at what is typed; None while the moment is not known."""
    wish = MomentForm(data)
    if not wish.is_valid():
        return None
    moment, held = wish.cleaned_data, holder_of(form, by)
    if not any(held.values()):
        return None
    use = Booking(room=room, starts=moment["starts"], ends=moment["ends"], **held)
    return Cost.of(prices_of([use])[use.pk])


def costs_of(form: BookingForm, options: Iterable[Option], by: User) -> dict[str, Cost]:
    return costs_for(options, holder_of(form, by))


def costs_for(options: Iterable[Option], held: Mapping[str, int | None]) -> dict[str, Cost]:
    """By the key of each room offered; in as many questions for twenty as for one."""
    if not any(held.values()):
        return {}
    uses = {
        each.key: Booking(
            room=each.room, starts=each.starts, ends=each.ends,
            association_id=held["association_id"], organisation_id=held["organisation_id"],
        )
        for each in options
    }  # fmt: skip
    found = prices_of(list(uses.values()))
    return {key: Cost.of(found[use.pk]) for key, use in uses.items()}


def holder_of(form: BookingForm, by: User) -> dict[str, Any]:
    """Whose it would be: what is chosen, when it is one of the choices; else their own organisation."""
    kind, _colon, key = str(form["holder"].value() or "").partition(":")
    offered = {str(value) for value, _label in _flat(form.fields["holder"].choices)}  # type: ignore[attr-defined]
    if kind == ASSOCIATION and f"{kind}:{key}" in offered:
        return {"association_id": int(key), "organisation_id": None}
    return {"association_id": None, "organisation_id": by.organisation_id}


def _flat(choices: Iterable[tuple[Any, Any]]) -> Iterable[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list):
            yield from label
        else:
            yield value, label


@dataclass(frozen=True)
class DatesCost:
    """Of the dates that are free: together, and by the day; of what is offered for the others, by its key. `missing`
    is the first that has no price."""

    total: Decimal
    by_day: dict[dt.date, Cost]
    by_option: dict[str, Cost]
    missing: PriceMissing | None = None

    @property
    def costs_something(self) -> bool:
        return bool(self.total or self.missing)


def costs_of_dates(dates: Iterable[Date]) -> DatesCost:
    dates = list(dates)
    free = [each.booking for each in dates if each.is_free]
    offered = {
        option.key: Booking(
            room=option.room, starts=option.starts, ends=option.ends,
            organisation_id=each.booking.organisation_id, association_id=each.booking.association_id,
        )
        for each in dates
        for option in each.options
    }  # fmt: skip
    found = prices_of([*free, *offered.values()])
    by_day = {each.on: Cost.of(found[each.booking.pk]) for each in dates if each.is_free}
    total = sum((cost.said.price.total for cost in by_day.values() if cost.said), NOTHING)
    missing = next((each for each in found.values() if isinstance(each, PriceMissing)), None)
    return DatesCost(total, by_day, {key: Cost.of(found[use.pk]) for key, use in offered.items()}, missing)
