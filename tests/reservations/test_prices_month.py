"""What is due in a month: by holder, frozen when it is closed, put right in the month after."""

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db.models import Sum
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from kortrijk_gebied.refusals import Refused
from reservations import actions
from reservations.models import Booking, BuildingGrant, DiscountReason, MonthLine, MonthList, OrganisationPriceGroup
from reservations.prices import quoting
from reservations.prices.months import Month, close, lines_of
from teams.access import Access, access_of
from tests.cast import Cast
from tests.reservations.prices import price, said
from tests.reservations.rooms import Rooms, at, booked

pytestmark = pytest.mark.django_db
type SignIn = Callable[..., Client]
EURO = "€\N{NO-BREAK SPACE}"
MARCH, APRIL, MAY = (dt.date(2027, month, 1) for month in (3, 4, 5))
TUESDAY = at(dt.date(2027, 3, 2), "19:00")
WORD = "kwibbel"


@pytest.fixture(autouse=True)
def _in_june() -> Any:
    """Three months later: nothing of it is to come."""
    with time_machine.travel(at(dt.date(2027, 6, 2), "12:00"), tick=False):
        yield


@pytest.fixture
def priced(rooms: Rooms) -> Rooms:
    price(rooms, vat_rate=21)
    return rooms


def city(rooms: Rooms) -> Any:
    return rooms.hall.building.owner


def month(rooms: Rooms, first: dt.date = MARCH) -> Month:
    return Month.of(city(rooms), first)


def amounts(rooms: Rooms, first: dt.date = MARCH, viewer: Access | None = None) -> list[tuple[str, object]]:
    return [(line.booking.reference, line.amount) for line in lines_of(month(rooms, first), viewer)]


def cancelled(rooms: Rooms, *, late: bool) -> Booking:
    made = said(rooms, TUESDAY + dt.timedelta(days=7))
    with time_machine.travel(made.starts - dt.timedelta(days=2 if late else 20)):
        actions.cancel(made, by=None)
    return made


class TestAMonth:
    def test_asks_what_was_had_or_given_up_too_late(self, priced: Rooms) -> None:
        had = said(priced, TUESDAY)
        nobody = said(priced, TUESDAY + dt.timedelta(days=1), state="no_show")
        late = cancelled(priced, late=True)
        assert amounts(priced) == [(had.reference, 25), (nobody.reference, 25), (late.reference, Decimal("12.50"))]

    def test_asks_nothing_of_the_rest(self, priced: Rooms) -> None:
        for state in ("requested", "in_treatment", "expired"):
            said(priced, TUESDAY, state=state)
        cancelled(priced, late=False)
        said(priced, TUESDAY + dt.timedelta(days=40))
        assert amounts(priced) == []

    def test_is_by_the_clock_of_brussels(self, priced: Rooms) -> None:
        """Half past midnight on the first of April is March in UTC."""
        made = said(priced, at(APRIL, "00:30"), 1)
        assert (amounts(priced, MARCH), [each for each, _amount in amounts(priced, APRIL)]) == ([], [made.reference])

    def test_says_what_was_charged_and_the_vat_in_it(self, priced: Rooms) -> None:
        made = said(priced, TUESDAY, state="no_show")
        half = DiscountReason.objects.create(name="Wijkfeest", percent=50)
        quoting.give_discount(made, half, by=None)  # type: ignore[arg-type]
        (line,) = lines_of(month(priced))
        assert line.words == f"2 uur avondtarief à {EURO}12,50 · Wijkfeest: -{EURO}12,50 · niemand kwam opdagen"
        assert (line.amount, line.vat_rate, line.vat) == (Decimal("12.50"), 21, Decimal("2.17"))


class TestAClosedMonth:
    def test_stays_as_it_was_and_the_next_puts_it_right(self, priced: Rooms, cast: Cast) -> None:
        made, other = said(priced, TUESDAY), said(priced, TUESDAY + dt.timedelta(days=1))
        close(month(priced), by=cast["gebouwbeheerder"])
        quoting.give_discount(made, DiscountReason.objects.create(name="Wijkfeest", percent=50), by=cast["agent"])
        assert amounts(priced) == [(made.reference, 25), (other.reference, 25)]
        (line,) = lines_of(month(priced, APRIL))
        assert (line.amount, line.is_correction, line.booking) == (Decimal("-12.50"), True, made)
        assert line.words == f"rechtzetting: {EURO}25,00 werd {EURO}12,50"
        close(month(priced, APRIL), by=cast["gebouwbeheerder"])
        assert amounts(priced, MAY) == []
        assert MonthLine.objects.filter(booking=made).aggregate(all=Sum("amount"), vat=Sum("vat")) == {
            "all": Decimal("12.50"), "vat": Decimal("2.17"),
        }  # fmt: skip

    def test_takes_in_what_was_noted_after_it(self, priced: Rooms, cast: Cast) -> None:
        close(month(priced), by=cast["gebouwbeheerder"])
        late = said(priced, TUESDAY)
        assert amounts(priced, APRIL) == [(late.reference, 25)]
        assert amounts(priced, MAY) == []

    def test_gives_back_to_one_holder_what_another_owes_now(self, priced: Rooms, cast: Cast) -> None:
        made = said(priced, TUESDAY)
        close(month(priced), by=cast["gebouwbeheerder"])
        Booking.objects.filter(pk=made.pk).update(association=None, organisation=city(priced))
        lines = lines_of(month(priced, APRIL))
        assert [(str(line.association or line.organisation), line.amount) for line in lines] == [
            ("Zangkoor Sint-Brixius", Decimal(-25)), ("Stad Kortrijk", Decimal(25)),
        ]  # fmt: skip

    def test_is_closed_once(self, priced: Rooms, cast: Cast) -> None:
        said(priced, TUESDAY)
        first = close(month(priced), by=cast["gebouwbeheerder"])
        assert close(month(priced), by=cast["gebouwbeheerder"]) == first
        assert MonthLine.objects.count() == 1

    def test_is_over_and_has_its_turn(self, priced: Rooms, cast: Cast) -> None:
        with pytest.raises(Refused, match="nog niet voorbij"):
            close(month(priced, dt.date(2027, 6, 1)), by=cast["gebouwbeheerder"])
        close(month(priced), by=cast["gebouwbeheerder"])
        with pytest.raises(Refused, match="op volgorde afgesloten"):
            close(month(priced, MAY), by=cast["gebouwbeheerder"])

    def test_is_at_first_none_before_something_had_a_price(self, priced: Rooms, cast: Cast) -> None:
        """Else every month since would have to be closed before the one in which something is due."""
        said(priced, TUESDAY)
        early = month(priced, dt.date(2027, 2, 1))
        assert (early.may_close, month(priced).may_close) == (False, True)
        with pytest.raises(Refused, match="De eerste maand om af te sluiten is maart 2027"):
            close(early, by=cast["gebouwbeheerder"])
        assert not MonthList.objects.exists()

    def test_is_closed_by_who_manages_every_house_with_a_price(
        self, priced: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        page, sent = reverse("reservations:month-closing"), {"maand": "2027-03", "eigenaar": "stad"}
        assert sign_in(cast["gebiedswerker"]).post(page, sent).status_code == 403
        keeper = sign_in(cast["gebouwbeheerder"])
        manage = BuildingGrant.objects.filter(
            content_object=priced.hall.building, permission__codename="manage_building"
        )
        kept = list(manage)
        manage.delete()
        assert keeper.post(page, sent).status_code == 403
        BuildingGrant.objects.bulk_create(kept)
        keeper.post(page, sent)
        assert MonthList.objects.get().closed_by == cast["gebouwbeheerder"]


class TestWhoSees:
    """Amounts are of whom they are asked, and of the keepers of the house. What a use is for stands on no list."""

    @pytest.fixture
    def sealed(self, priced: Rooms, cast: Cast) -> Booking:
        """The OCMW in the hall of the city, for something that is nobody else's."""
        ocmw = cast["verpleegkundige"].organisation
        OrganisationPriceGroup.objects.filter(organisation=ocmw).update(price_group=priced.choir.price_group)
        made = booked(priced.hall, TUESDAY, by=cast["verpleegkundige"], title=f"{WORD} gesprek", note=WORD)
        quoting.say([made])
        return made

    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("gebouwbeheerder", True), ("verpleegkundige", True), ("coordinator.ocmw", True), ("gebiedswerker", False),
            ("wijkinspecteur", False), ("beheerder", False), ("dpo", False), ("fluvius", False),
        ],
    )  # fmt: skip
    def test_what_an_organisation_owes(
        self, priced: Rooms, cast: Cast, sign_in: SignIn, sealed: Booking, who: str, sees: bool
    ) -> None:
        client, asked = sign_in(cast[who]), {"maand": "2027-03", "eigenaar": "stad"}
        one = [sealed.organisation_id]
        pages = [client.get(reverse("reservations:month-list"), asked)]
        pages += [client.get(reverse("reservations:month-sheet"), asked)]
        for name in ("holder-month", "holder-month-sheet", "holder-month-paper"):
            answer = client.get(reverse(f"reservations:{name}", args=["organisatie", *one]), asked)
            assert answer.status_code == (200 if sees else 404)
            pages.append(answer)
        texts = [
            b"".join(page.streaming_content).decode() if page.streaming  # type: ignore[attr-defined]
            else page.content.decode("utf-8", "ignore")
            for page in pages[:4]
        ]  # fmt: skip
        assert all(("25,00" in text) is sees for text in texts[:2])
        assert not any(WORD in text for text in texts)
        assert sees or not any("OCMW Kortrijk" in text or sealed.reference in text for text in texts)

    def test_is_on_the_booking_too_for_the_keeper_who_may_not_read_it(
        self, priced: Rooms, cast: Cast, sign_in: SignIn, sealed: Booking
    ) -> None:
        page = sign_in(cast["gebouwbeheerder"]).get(sealed.get_absolute_url()).content.decode()
        assert f"{EURO}25,00" in page
        assert WORD not in page

    def test_what_an_association_owes_who_asked_for_it(self, priced: Rooms, cast: Cast) -> None:
        made = said(priced, TUESDAY, by=cast["gebiedswerker"], association=priced.choir)
        seen = {
            who: amounts(priced, viewer=access_of(cast[who])) for who in ("gebiedswerker", "agent", "gebouwbeheerder")
        }
        due = [(made.reference, 25)]
        assert seen == {"gebiedswerker": due, "agent": [], "gebouwbeheerder": due}

    def test_of_shared_bookings_of_others_no_amount_stands_on_their_page(
        self, priced: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        made = said(priced, TUESDAY, is_shared=True)
        page = sign_in(cast["agent"]).get(made.get_absolute_url())
        assert page.status_code == 200
        assert "25,00" not in page.content.decode()


class TestOnPaper:
    @pytest.fixture
    def paper(self, priced: Rooms, cast: Cast, sign_in: SignIn) -> PdfReader:
        for number in range(40):
            said(priced, TUESDAY + dt.timedelta(days=number % 25, hours=-(number // 25) * 4))
        page = reverse("reservations:holder-month-paper", args=["vereniging", priced.choir.pk])
        answer = sign_in(cast["gebouwbeheerder"]).get(page, {"maand": "2027-03", "eigenaar": "stad"})
        assert answer.headers["Content-Disposition"] == 'attachment; filename="zangkoor-sint-brixius-2027-03.pdf"'
        return PdfReader(io.BytesIO(answer.content))

    def test_has_a_line_for_each_booking_its_totals_and_its_pages(self, paper: PdfReader, priced: Rooms) -> None:
        text = "\n".join(page.extract_text() for page in paper.pages).replace("\N{NO-BREAK SPACE}", " ")
        assert all(each.reference in text for each in Booking.objects.all())
        total = sum(line.amount for line in lines_of(month(priced)))
        assert f"{total:,.2f}".replace(",", "x").replace(".", ",").replace("x", ".") in text
        assert "Aan 21 % btw" in text
        assert f"van {len(paper.pages)}" in text
        assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]


class TestForASpreadsheet:
    def test_is_as_a_spreadsheet_of_this_country_reads_it(self, priced: Rooms, cast: Cast, sign_in: SignIn) -> None:
        """A name can never become a formula."""
        priced.choir.name = "=HYPERLINK(1)"
        priced.choir.save(update_fields=["name"])
        price_list = priced.hall.tariff and priced.hall.tariff.lists.get()
        assert price_list
        price_list.prices.update(amount=Decimal("1234.50"))
        said(priced, TUESDAY, 1)
        asked = {"maand": "2027-03", "eigenaar": "stad"}
        answer = sign_in(cast["gebouwbeheerder"]).get(reverse("reservations:month-sheet"), asked)
        sheet = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        head, line = sheet.splitlines()
        assert head.startswith('"voor wie";"soort";"nummer";"dag"')
        assert line.startswith('"\'=HYPERLINK(1)";"vereniging"')
        assert '"1234,50";"21";"214,25";""' in line
