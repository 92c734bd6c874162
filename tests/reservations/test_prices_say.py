"""What a booking costs: said before it is made, kept as it was said, and changed only beside what was said."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from reservations import actions, booking
from reservations.models import (
    Association,
    Booking,
    Price,
    PriceGroup,
    PriceList,
    Quote,
)
from reservations.placing import place
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

    def test_has_a_deposit_for_groups_that_pay_one(self, priced: Rooms) -> None:
        PriceGroup.objects.filter(code="kortrijk").update(pays_deposit=False)
        assert said(priced, soon()).quotes.get().deposit == 0

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

    def test_is_nothing_in_a_room_without_a_price(self, priced: Rooms, cast: Cast) -> None:
        made = said(priced, soon(), by=cast["gebiedswerker"])
        keeper = cast["gebouwbeheerder"]
        actions.move(made, by=keeper, room=priced.bissegem, starts=made.starts, ends=made.ends, by_the_house=True)
        body = Message.objects.get(subject__endswith="verplaatst").body
        assert "Ze kost niets." in body
        assert "Prijs" not in body

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

    def test_is_refused_when_the_list_is_over(self, priced: Rooms, cast: Cast) -> None:
        PriceList.objects.update(valid_to=soon().date() - dt.timedelta(days=1))
        with pytest.raises(Refused, match="nog geen prijs voor de groep"):
            booking.book(_wish(priced, soon()), by=cast["gebouwbeheerder"])

    def test_is_refused_of_a_price_too(self, priced: Rooms, cast: Cast) -> None:
        Price.objects.filter(moment__code="avond").delete()
        with pytest.raises(Refused, match="nog geen prijs voor de groep"):
            booking.book(_wish(priced, soon()), by=cast["gebouwbeheerder"])
