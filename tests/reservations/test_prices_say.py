"""What a booking costs: said before it is made, kept as it was said, and changed only beside what was said."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from reservations import actions, booking
from reservations.models import Association, Booking, BuildingGrant, CancelledBy, DiscountReason, Price, Quote
from reservations.placing import place
from reservations.prices import quoting
from tests.cast import Cast
from tests.reservations.booking_pages import address, send, typed
from tests.reservations.prices import price, said, workday
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.django_db
type SignIn = Callable[..., Client]
EURO = "€\N{NO-BREAK SPACE}"


@pytest.fixture
def priced(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> Rooms:
    monkeypatch.setattr("reservations.prices.bands.is_holiday", lambda _day: False)
    price(rooms, deposit=Decimal(100))
    return rooms


def soon(days: int = 20) -> dt.datetime:
    return workday(ahead(days, "19:00"))


def totals(of: Booking) -> list[tuple[str, object]]:
    return [(quote.why, quote.total) for quote in of.quotes.order_by("number")]


class TestAQuoteAtBooking:
    def test_is_told_before_somebody_says_yes(self, priced: Rooms, cast: Cast, sign_in: SignIn) -> None:
        asked = f"zaal={priced.hall.pk}&dag={soon().date()}&van=19:00&tot=21:00&voor=vereniging:{priced.choir.pk}"
        page = sign_in(cast["gebiedswerker"]).get(f"{address()}&{asked}").content.decode()
        assert f"2 uur avondtarief à {EURO}12,50" in page
        assert f"{EURO}25,00" in page
        assert f"waarborg van {EURO}100,00" in page
        assert "minder dan 7 dagen vooraf, dan is 50 % verschuldigd" in page

    def test_stands_beside_every_room_that_is_offered(self, priced: Rooms, cast: Cast, sign_in: SignIn) -> None:
        asked = f"dag={soon().date()}&van=19:00&tot=21:00&personen=20&voor=vereniging:{priced.choir.pk}"
        page = sign_in(cast["gebiedswerker"]).get(f"{address()}&{asked}").content.decode()
        assert page.count(f"<strong>{EURO}25,00</strong>") == 1
        assert page.count(">gratis<") >= 2

    def test_follows_the_fields(self, priced: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client, sent = sign_in(cast["gebiedswerker"]), typed(priced.hall, soon(), voor=f"vereniging:{priced.choir.pk}")
        answer = client.post(reverse("reservations:price-said"), {**sent, "tot": "22:00"}).content.decode()
        assert f"{EURO}37,50" in answer
        assert "Gratis" in client.post(reverse("reservations:price-said"), {**sent, "voor": "eigen"}).content.decode()
        assert "Kies een dag" in client.post(reverse("reservations:price-said"), {**sent, "dag": ""}).content.decode()

    def test_is_kept_with_the_booking(self, priced: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebouwbeheerder"])
        send(client, priced.hall, soon(), voor=f"vereniging:{priced.choir.pk}")
        quote = Quote.objects.get()
        assert (quote.total, quote.deposit, quote.number, quote.made_by) == (
            Decimal(25),
            Decimal(100),
            1,
            cast["gebouwbeheerder"],
        )
        assert f"{EURO}25,00" in client.get(quote.booking.get_absolute_url()).content.decode()

    def test_stays_when_the_list_changes(self, priced: Rooms) -> None:
        made = said(priced, soon(), state="requested")
        Price.objects.update(amount=99)
        actions.confirm(made, by=None)
        assert totals(made) == [("booked", 25)]

    def test_is_none_of_a_room_without_tariff(self, priced: Rooms, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebouwbeheerder"])
        send(client, priced.meeting, soon(), voor=f"vereniging:{priced.choir.pk}")
        assert not Quote.objects.exists()
        assert "Deze zaal is gratis." in client.get(Booking.objects.get().get_absolute_url()).content.decode()

    def test_of_a_series_is_said_by_the_date_and_together(self, priced: Rooms, cast: Cast, sign_in: SignIn) -> None:
        booked(priced.hall, soon() + dt.timedelta(weeks=1))
        page = send(
            sign_in(cast["gebouwbeheerder"]), priced.hall, soon(), voor=f"vereniging:{priced.choir.pk}",
            herhaal="weekly", keren="4",
        ).content.decode()  # fmt: skip
        assert f"{EURO}75,00" in page
        assert page.count(f"vrij, {EURO}25,00") == 3

    def test_takes_as_many_questions_for_ten_as_for_two(self, priced: Rooms) -> None:
        counts = []
        for first, number in ((0, 2), (10, 10)):
            wishes = [_wish(priced, soon() + dt.timedelta(weeks=first + each)) for each in range(number)]
            with CaptureQueriesContext(
                connection,
            ) as questions:
                place(wishes)
            counts.append(len(questions))
        assert counts[0] == counts[1]
        assert Quote.objects.count() == 12

    def test_goes_with_the_mail_that_confirms(self, priced: Rooms, cast: Cast) -> None:
        made = said(priced, soon(), state="requested", by=cast["gebiedswerker"])
        actions.confirm(made, by=cast["gebouwbeheerder"])
        body = Message.objects.get().body
        assert f"Prijs: {EURO}25,00 (2 uur avondtarief à {EURO}12,50)." in body
        assert f"Waarborg: {EURO}100,00, wordt achteraf terugbetaald." in body

    def test_comes_with_what_comes_free_after_all(self, priced: Rooms) -> None:
        refused = booked(priced.hall, soon(), association=priced.choir, state="refused", refusal="occupied")
        actions.hold(refused, by=None)
        assert totals(refused) == [("booked", 25)]


def _wish(rooms: Rooms, starts: dt.datetime) -> Booking:
    return Booking(
        room=rooms.hall, starts=starts, ends=starts + dt.timedelta(hours=2), title="Repetitie", persons=10,
        association=rooms.choir, state=Booking.State.CONFIRMED,
    )  # fmt: skip


class TestAPriceGroupThatIsMissing:
    """An association without price group asks for a hall that costs something: nobody can say what it costs."""

    @pytest.fixture
    def unknown(self, priced: Rooms) -> Rooms:
        Association.objects.update(price_group=None)
        return priced

    def test_is_refused_with_whom_to_ask(self, unknown: Rooms, cast: Cast, sign_in: SignIn) -> None:
        answer = send(sign_in(cast["gebiedswerker"]), unknown.hall, soon(), voor=f"vereniging:{unknown.choir.pk}")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "voor Zangkoor Sint-Brixius is nog geen prijsgroep gekozen. Vraag het aan OC Marke" in page
        assert 'value="Repetitie"' in page
        assert not Booking.objects.exists()

    def test_links_who_can_mend_it_to_where(self, unknown: Rooms, cast: Cast, sign_in: SignIn) -> None:
        mend = f"{reverse('reservations:price-holders')}?zoek=Zangkoor"
        for who, may in (("gebouwbeheerder", True), ("gebiedswerker", False)):
            answer = send(sign_in(cast[who]), unknown.hall, soon(), voor=f"vereniging:{unknown.choir.pk}")
            assert (mend in answer.content.decode()) is may

    def test_is_said_before_sending_too(self, unknown: Rooms, cast: Cast, sign_in: SignIn) -> None:
        sent = typed(unknown.hall, soon(), voor=f"vereniging:{unknown.choir.pk}")
        answer = sign_in(cast["gebiedswerker"]).post(reverse("reservations:price-said"), sent).content.decode()
        assert "nog geen prijsgroep gekozen" in answer

    def test_keeps_nobody_from_a_room_that_is_free_of_charge(self, unknown: Rooms, cast: Cast, sign_in: SignIn) -> None:
        send(sign_in(cast["gebouwbeheerder"]), unknown.meeting, soon(), voor=f"vereniging:{unknown.choir.pk}")
        assert Booking.objects.get().holder == unknown.choir

    def test_is_refused_of_a_price_too(self, priced: Rooms, cast: Cast) -> None:
        Price.objects.filter(moment__code="avond").delete()
        with pytest.raises(Refused, match="nog geen prijs voor de groep"):
            booking.book(_wish(priced, soon()), by=cast["gebouwbeheerder"])


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
