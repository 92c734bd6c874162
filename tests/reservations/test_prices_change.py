"""What was said of a price when the booking moves, is cancelled, or gets a discount: another quote beside it."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.refusals import Refused
from reservations import actions
from reservations.models import Association, Booking, BuildingGrant, CancelledBy, DiscountReason, Quote
from reservations.prices import quoting
from tests.cast import Cast
from tests.reservations.prices import price, said, workday
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.django_db
type SignIn = Callable[..., Client]


@pytest.fixture
def priced(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> Rooms:
    monkeypatch.setattr("reservations.prices.bands.is_holiday", lambda _day: False)
    price(rooms, deposit=Decimal(100))
    return rooms


def soon(days: int = 20) -> dt.datetime:
    return workday(ahead(days, "19:00"))


def totals(of: Booking) -> list[tuple[str, object]]:
    return [(quote.why, quote.total) for quote in of.quotes.order_by("number")]


class TestAMove:
    def test_is_another_quote_beside_the_first(self, priced: Rooms) -> None:
        made = said(priced, soon())
        morning = soon(27).replace(hour=9)
        actions.move(made, by=None, room=priced.hall, starts=morning, ends=morning + dt.timedelta(hours=2))
        assert totals(made) == [("booked", 25), ("moved", 20)]
        assert made.quotes.get(is_current=True).total == 20

    def test_by_the_house_never_costs_more(self, priced: Rooms) -> None:
        made = said(priced, soon())
        longer = soon() + dt.timedelta(hours=4)
        actions.move(made, by=None, room=priced.hall, starts=soon(), ends=longer, by_the_house=True)
        assert totals(made) == [("booked", 25)]
        actions.move(made, by=None, room=priced.bissegem, starts=soon(), ends=longer, by_the_house=True)
        assert made.quotes.get(is_current=True).total == 0

    def test_by_the_house_waits_for_no_price(self, priced: Rooms) -> None:
        made = booked(priced.bissegem, soon(), association=priced.choir)
        Association.objects.update(price_group=None)
        actions.move(made, by=None, room=priced.hall, starts=made.starts, ends=made.ends, by_the_house=True)
        assert made.room == priced.hall

    def test_takes_the_discount_along(self, priced: Rooms, cast: Cast) -> None:
        made = said(priced, soon())
        half = DiscountReason.objects.create(name="Wijkfeest", percent=50)
        quoting.give_discount(made, half, by=cast["gebouwbeheerder"], note="straatfeest")
        actions.move(made, by=None, room=priced.hall, starts=soon(), ends=soon() + dt.timedelta(hours=4))
        last = made.quotes.get(is_current=True)
        assert (last.subtotal, last.total, last.discount_reason, last.note) == (
            Decimal(50),
            Decimal(25),
            half,
            "straatfeest",
        )

    def test_by_the_house_to_what_costs_less_with_the_discount_is_the_new_price(
        self, priced: Rooms, cast: Cast
    ) -> None:
        """What it would cost is compared with the discount on both sides."""
        made = said(priced, soon())
        half = DiscountReason.objects.create(name="Wijkfeest", percent=50)
        quoting.give_discount(made, half, by=cast["gebouwbeheerder"])
        by_day = soon().replace(hour=14)
        actions.move(
            made, by=None, room=priced.hall, starts=by_day, ends=by_day + dt.timedelta(hours=2), by_the_house=True
        )
        assert totals(made)[-1] == ("moved", 10)

    def test_to_another_holder_costs_what_it_costs_them(self, priced: Rooms, cast: Cast) -> None:
        made = said(priced, soon())
        actions.change(made, by=None, association=None, organisation=cast["gebiedswerker"].organisation)
        assert totals(made) == [("booked", 25), ("changed", 0)]


class TestACancellation:
    def test_in_time_leaves_nothing_due(self, priced: Rooms) -> None:
        made = said(priced, soon())
        actions.cancel(made, by=None)
        assert totals(made) == [("booked", 25), ("cancelled", 0)]

    @pytest.mark.parametrize(
        ("state", "kind", "due"),
        [
            ("confirmed", CancelledBy.HOLDER, Decimal("12.50")),
            ("confirmed", CancelledBy.KEEPER, Decimal(0)),
            ("confirmed", CancelledBy.CLOSURE, Decimal(0)),
            ("requested", CancelledBy.HOLDER, Decimal(0)),
            ("held", CancelledBy.HOLDER, Decimal(0)),  # nobody said yes yet
        ],
    )
    def test_late_is_a_part_of_what_was_confirmed(
        self, priced: Rooms, state: str, kind: CancelledBy, due: Decimal
    ) -> None:
        hold: dict[str, Any] = {"hold_until": soon()} if state == "held" else {}
        made = said(priced, soon(), state=state, **hold)
        with time_machine.travel(made.starts - dt.timedelta(days=2)):
            actions.cancel(made, by=None, kind=kind)
        assert totals(made)[-1] == ("cancelled", due)

    def test_leaves_the_deposit(self, priced: Rooms) -> None:
        made = said(priced, soon())
        with time_machine.travel(made.starts - dt.timedelta(days=2)):
            actions.cancel(made, by=None)
        assert made.quotes.get(is_current=True).deposit == 0


class TestADiscount:
    @pytest.fixture
    def half(self) -> DiscountReason:
        return DiscountReason.objects.create(name="Wijkfeest", percent=50)

    def test_is_given_by_who_says_yes_there(
        self, priced: Rooms, cast: Cast, sign_in: SignIn, half: DiscountReason
    ) -> None:
        made = said(priced, soon(), by=cast["gebiedswerker"])
        page = reverse("reservations:booking-discount", args=[made.reference])
        assert sign_in(cast["gebiedswerker"]).post(page, {"korting": half.pk}).status_code == 403
        keeper = sign_in(cast["gebouwbeheerder"])
        for _twice in range(2):
            keeper.post(page, {"korting": half.pk, "toelichting": "straatfeest"})
        assert totals(made) == [("booked", 25), ("discount", Decimal("12.50"))]
        assert made.quotes.get(is_current=True).made_by == cast["gebouwbeheerder"]
        keeper.post(page, {"korting": ""})
        assert totals(made)[-1] == ("discount", 25)

    def test_that_only_managers_give_is_no_choice_for_others(
        self, priced: Rooms, cast: Cast, sign_in: SignIn, half: DiscountReason
    ) -> None:
        DiscountReason.objects.update(managers_only=True)
        made = said(priced, soon())
        page = reverse("reservations:booking-discount", args=[made.reference])
        BuildingGrant.objects.filter(permission__codename="manage_building").delete()
        sign_in(cast["gebouwbeheerder"]).post(page, {"korting": half.pk})
        assert totals(made) == [("booked", 25)]

    def test_of_what_is_cancelled_is_refused(self, priced: Rooms, cast: Cast, half: DiscountReason) -> None:
        made = said(priced, soon())
        actions.cancel(made, by=None)
        with pytest.raises(Refused, match="niets om korting op te geven"):
            quoting.give_discount(made, half, by=cast["gebouwbeheerder"])


class TestTheDatabase:
    def test_keeps_one_current_quote_that_adds_up(self, priced: Rooms) -> None:
        made = said(priced, soon())
        for wrong in (
            {"number": 2, "total": 1, "subtotal": 1},
            {"is_current": False, "number": 2, "total": 9, "subtotal": 1},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Quote.objects.create(booking=made, **wrong)
