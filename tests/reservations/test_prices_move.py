"""What it costs stands on the page before somebody moves it, and in the one mail about a series."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.jobs.models import Message
from reservations import actions
from reservations.models import Booking, DiscountReason, Frequency, OrganisationPriceGroup, PriceGroup, Series
from reservations.prices import quoting
from reservations.serial import use_of
from reservations.series_changes import cancel_from, change_from
from teams.models import Organisation, User
from tests.cast import Cast
from tests.reservations.booking_pages import typed
from tests.reservations.prices import price, said, workday
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.django_db
type SignIn = Callable[..., Client]
EURO = "€\N{NO-BREAK SPACE}"


@pytest.fixture
def priced(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> Rooms:
    monkeypatch.setattr("reservations.prices.bands.is_holiday", lambda _day: False)
    price(rooms)
    return rooms


def soon(days: int = 20) -> dt.datetime:
    return workday(ahead(days, "19:00"))


def address(of: Booking) -> str:
    return reverse("reservations:booking-move", args=[of.reference])


def sent(of: Booking, hours: float = 4, **more: Any) -> dict[str, Any]:
    return typed(of.room, of.starts, hours, **more)


class TestOnThePageToMove:
    def test_is_what_it_costs_now_and_what_it_would_cost_elsewhere(
        self, priced: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        made = said(priced, soon(), by=cast["gebiedswerker"])
        page = sign_in(cast["gebouwbeheerder"]).get(address(made)).content.decode()
        assert f"Dat kost <strong>{EURO}25,00</strong>." in page
        assert ">gratis<" in page  # Bissegem

    def test_has_the_discount_that_goes_along(self, priced: Rooms, cast: Cast, sign_in: SignIn) -> None:
        """Half of what the list says of the other room too."""
        priced.bissegem.tariff = priced.hall.tariff
        priced.bissegem.save(update_fields=["tariff"])
        made = said(priced, soon(), by=cast["gebiedswerker"])
        half = DiscountReason.objects.create(name="Wijkfeest", percent=50)
        quoting.give_discount(made, half, by=cast["gebouwbeheerder"])
        page = sign_in(cast["gebouwbeheerder"]).get(address(made)).content.decode()
        assert f"<strong>{EURO}12,50</strong> <span" in page
        assert f"korting van {EURO}12,50 meegerekend" in page

    def test_is_said_yes_to_before_it_is_moved(self, priced: Rooms, cast: Cast, sign_in: SignIn) -> None:
        made, client = said(priced, soon()), sign_in(cast["gebouwbeheerder"])
        asks = client.post(address(made), sent(made))
        page = asks.content.decode()
        assert asks.status_code == 409
        assert f"Het kost nu {EURO}25,00, en na het verplaatsen {EURO}50,00." in page
        assert f"Verplaats voor {EURO}50,00" in page
        made.refresh_from_db()
        assert made.ends - made.starts == dt.timedelta(hours=2)
        assert not Message.objects.exists()
        assert client.post(address(made), sent(made, prijs="50.00")).status_code == 302
        assert made.quotes.get(is_current=True).total == 50

    def test_said_yes_to_another_amount_asks_again(self, priced: Rooms, cast: Cast, sign_in: SignIn) -> None:
        made = said(priced, soon())
        asks = sign_in(cast["gebouwbeheerder"]).post(address(made), sent(made, prijs="25.00"))
        assert asks.status_code == 409
        assert made.quotes.count() == 1

    def test_that_stays_asks_nothing(self, priced: Rooms, cast: Cast, sign_in: SignIn) -> None:
        made = said(priced, soon())
        later = typed(made.room, made.starts + dt.timedelta(minutes=30), 2)
        assert sign_in(cast["gebouwbeheerder"]).post(address(made), later).status_code == 302

    def test_beside_the_button_of_a_room_needs_no_second_yes(self, priced: Rooms, cast: Cast, sign_in: SignIn) -> None:
        made = said(priced, soon())
        choice = f"{priced.bissegem.pk}@{made.starts.isoformat()}"
        moved = sign_in(cast["gebouwbeheerder"]).post(address(made), sent(made, 2, keuze=choice))
        made.refresh_from_db()
        assert (moved.status_code, made.room) == (302, priced.bissegem)


class TestAmountsOfAnotherOrganisation:
    """Els made it while she was with the OCMW; she may still move what is shared, and sees no amount of theirs."""

    @pytest.fixture
    def theirs(self, priced: Rooms, cast: Cast) -> Booking:
        ocmw = Organisation.objects.get(code="ocmw")
        OrganisationPriceGroup.objects.filter(organisation=ocmw).update(
            price_group=PriceGroup.objects.get(code="kortrijk")
        )
        made = booked(priced.hall, soon(), by=cast["gebiedswerker"], association=None, organisation=ocmw)
        quoting.say([made])
        return made

    def test_are_not_on_the_page_to_move_it(self, theirs: Booking, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        pages = [client.get(address(theirs)), client.post(address(theirs), sent(theirs, zoek="1"))]
        pages.append(client.post(address(theirs), sent(theirs)))
        assert not [page for page in pages if "€" in page.content.decode().split('id="content"')[-1]]
        assert {page.status_code for page in pages} == {200, 409}  # the hall asks a yes; never a price

    @pytest.mark.parametrize("role", ["gebouwbeheerder", "verpleegkundige"])
    def test_are_for_who_keeps_the_house_and_who_owes_them(
        self, theirs: Booking, cast: Cast, sign_in: SignIn, role: str
    ) -> None:
        """The control."""
        Booking.objects.update(created_by=cast["verpleegkundige"], is_shared=False)
        assert f"{EURO}25,00" in sign_in(cast[role]).get(address(theirs)).content.decode()

    def test_are_in_no_mail_to_who_is_with_them_no_more(self, theirs: Booking, cast: Cast) -> None:
        actions.cancel(theirs, by=cast["gebouwbeheerder"])
        assert "verschuldigd" not in Message.objects.get(to=cast["gebiedswerker"].email).body


class TestInTheOneMailAboutASeries:
    @pytest.fixture
    def series(self, priced: Rooms, cast: Cast) -> Series:
        """Three Tuesdays of the choir in the hall."""
        first = soon().date()
        made: Series = Series.objects.create(
            room=priced.hall, first_on=first, times=3, frequency=Frequency.WEEKLY, weekdays=[1], title="Repetitie",
            start_time=dt.time(19), end_time=dt.time(21), persons=20, association=priced.choir,
            skips_public_holidays=False, created_by=cast["gebiedswerker"],
        )  # fmt: skip
        for number in range(3):
            starts = soon() + dt.timedelta(weeks=number)
            said(priced, starts, series=made, series_on=starts.date(), persons=20, by=cast["gebiedswerker"])
        return made

    def moved(self, series: Series, by: User, end: int) -> str:
        use = use_of(series)
        change_from(series, None, by=by, room=series.room, start=dt.time(19), end=dt.time(end), use=use)
        return Message.objects.get(to=series.created_by.email).body  # type: ignore[union-attr]

    def test_is_together_and_of_each(self, series: Series, cast: Cast) -> None:
        body = self.moved(series, cast["gebouwbeheerder"], 22)
        assert f"Prijs: {EURO}112,50 voor 3 data, telkens {EURO}37,50." in body

    def test_is_by_date_when_not_all_cost_the_same(self, series: Series, cast: Cast) -> None:
        half = DiscountReason.objects.create(name="Wijkfeest", percent=50)
        quoting.give_discount(series.bookings.order_by("starts")[1], half, by=cast["gebouwbeheerder"])
        body = self.moved(series, cast["gebouwbeheerder"], 22)
        assert f"Prijs: {EURO}93,75 voor 3 data." in body
        assert f"{EURO}18,75: " in body
        assert f"{EURO}37,50: " in body

    def test_is_nothing_when_cancelled_in_time_and_what_is_due_when_late(self, series: Series, cast: Cast) -> None:
        last = series.bookings.order_by("-starts")[0]
        nele, els = cast["gebouwbeheerder"], cast["gebiedswerker"]
        cancel_from(series, last.series_on, by=nele, kind="keeper")  # type: ignore[arg-type]
        assert "Er is niets meer voor verschuldigd." in Message.objects.get(to=els.email).body
        Message.objects.all().delete()
        with time_machine.travel(soon() - dt.timedelta(days=2)):
            cancel_from(series, None, by=nele, kind="holder")  # type: ignore[arg-type]
        body = Message.objects.get(to=els.email).body
        assert f"Nog verschuldigd: {EURO}12,50 voor 2 data." in body

    def test_is_of_what_its_reader_may_see(self, series: Series, cast: Cast) -> None:
        ocmw = Organisation.objects.get(code="ocmw")
        for each in (series, *series.bookings.all()):
            each.association, each.organisation = None, ocmw
            each.save(update_fields=["association", "organisation"])
        assert "€" not in self.moved(series, cast["gebouwbeheerder"], 22)
