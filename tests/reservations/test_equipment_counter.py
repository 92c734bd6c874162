"""At the counter: whom to call about what is late, and how things went along beside how they came back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kortrijk_gebied.audit.models import ReadEntry
from reservations.models import Association, Contact, Loan, LoanState
from reservations.retention import erase_loans
from teams.access import access_of
from teams.models import User
from tests.cast import Cast
from tests.reservations.register import contact_of
from tests.reservations.rooms import Rooms, ahead, booked
from tests.reservations.stock import lent, thing

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


@pytest.fixture
def choir(rooms: Rooms) -> Association:
    return rooms.choir


def of_the_choir(rooms: Rooms, choir: Association, by: User, *, state: str = "out", **details: Any) -> Loan:
    """With a room of the OCMW, which who keeps the tables of Marke does not keep."""
    booking = booked(rooms.ocmw, ahead(-4), by=by, association=choir, organisation=None, team=None, **details)
    starts, ends = booking.starts, booking.ends
    made = Loan(
        equipment=thing(rooms.hall), booking=booking, quantity=3, starts=starts, ends=ends, state=state,
        picked_up_at=starts if state == "out" else None, created_by=by,
    )  # fmt: skip
    made.save(force_insert=True)
    return made


class TestWhomToCall:
    @pytest.mark.parametrize("shared", [True, False])
    def test_of_an_association_with_a_room_elsewhere_is_named_with_a_number(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms, choir: Association, shared: bool
    ) -> None:
        late = of_the_choir(rooms, choir, cast["verpleegkundige"], is_shared=shared, title="Geheime quiz")
        contact_of(choir)
        client = sign_in(cast["gebouwbeheerder"])
        for page in (reverse("reservations:loan-counter"), late.get_absolute_url()):
            text = client.get(page).text
            assert choir.name in text
            assert "Mieke Vandorpe" in text
            assert 'href="tel:056001234"' in text
            assert ("Geheime quiz" in text) is shared

    def test_who_asked_comes_before_others_of_it(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms, choir: Association
    ) -> None:
        contact_of(choir, name="Anna Eerst", email="anna@koor.example", phone="056 99 99 99")
        asked = contact_of(choir, may_ask=False)
        of_the_choir(rooms, choir, cast["verpleegkundige"], contact=asked)
        text = sign_in(cast["gebouwbeheerder"]).get(reverse("reservations:loan-counter")).text
        assert "Mieke Vandorpe" in text
        assert "Anna Eerst" not in text

    def test_is_read_by_the_keeper_alone(self, cast: Cast, sign_in: SignIn, rooms: Rooms, choir: Association) -> None:
        late = of_the_choir(rooms, choir, cast["verpleegkundige"])
        contact_of(choir)
        answer = sign_in(cast["agent"]).get(late.get_absolute_url())
        assert answer.status_code == 200
        assert "Mieke Vandorpe" not in answer.text

    def test_is_in_the_read_log_and_opens_with_what_is_lent(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms, choir: Association
    ) -> None:
        """Wannes keeps no room where the choir comes, but his tables are there: so long he reads whom to call."""
        wannes, mieke = User.objects.get(email__startswith="sociaalhuis@"), contact_of(choir)
        loan = lent(
            thing(rooms.ocmw), ahead(-4), by=cast["verpleegkundige"], state="out", association=choir, organisation=None
        )
        assert list(Contact.objects.readable(access_of(wannes))) == [mieke]
        assert "Mieke Vandorpe" in sign_in(wannes).get(reverse("reservations:loan-counter")).text
        entry = ReadEntry.objects.get()
        assert (entry.object_id, entry.surface, entry.reference) == (mieke.pk, "loan", choir.name)
        loan.delete()
        assert not Contact.objects.readable(access_of(wannes)).exists()

    def test_of_nobody_with_a_number_says_so(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms, choir: Association
    ) -> None:
        User.objects.update(phone="")
        of_the_choir(rooms, choir, cast["verpleegkundige"])
        assert "geen telefoonnummer" in sign_in(cast["gebouwbeheerder"]).get(reverse("reservations:loan-counter")).text

    def test_is_asked_of_the_database_once_for_all(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms, choir: Association
    ) -> None:
        client, asked = sign_in(cast["gebouwbeheerder"]), []
        contact_of(choir)
        for number in (1, 1, 5):
            for _each in range(number):
                lent(thing(rooms.hall), ahead(-4), by=cast["agent"], state="out", association=choir, organisation=None)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("reservations:loan-counter")).status_code == 200
            asked.append(len(queries))
        assert asked[1] == asked[2]  # the first of all begins the read log


class TestCondition:
    def press(self, client: Client, loan: Loan, what: str, **sent: str) -> Any:
        return client.post(reverse(f"reservations:loan-{what}", args=[loan.pk]), sent, follow=True)

    def test_in_order_takes_one_press_each_way(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        client, counter = sign_in(cast["gebouwbeheerder"]), reverse("reservations:loan-counter")
        loan = lent(thing(rooms.hall), ahead(0, "00:00"), 47, by=cast["gebiedswerker"], quantity=4)
        for says in ("Meegeven, alles in orde", "Alles terug"):
            form = next(each for each in client.get(counter).text.split("<form ") if f">{says}<" in each)
            sent = dict(re.findall(r'type="hidden" name="(next|aantal)" value="([^"]+)"', form))
            client.post(re.search(r'action="([^"]+)"', form)[1], sent)  # type: ignore[index]
        loan.refresh_from_db()
        assert (loan.state, loan.returned_quantity, loan.picked_up_condition) == (LoanState.RETURNED, 4, "")
        assert client.get(loan.get_absolute_url()).text.count("alles in orde") == 1

    def test_that_got_worse_is_seen(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        client, tables = sign_in(cast["gebouwbeheerder"]), thing(rooms.hall)
        loan = lent(tables, ahead(0, "00:00"), 47, by=cast["gebiedswerker"], quantity=4)
        self.press(client, loan, "pickup", staat="Een kras")
        assert "Een kras" in client.get(reverse("reservations:loan-counter")).text
        text = self.press(client, loan, "return", aantal="3", staat="Een poot af").text
        assert all(said in text for said in ("Een kras", "Een poot af"))
        kept = client.get(tables.get_absolute_url()).text
        assert all(said in kept for said in ("Een kras", "Een poot af", "3 van 4 in orde"))
        assert "Een kras" not in sign_in(cast["coordinator"]).get(tables.get_absolute_url()).text

    def test_too_long_to_keep_hands_nothing_out(self, cast: Cast, sign_in: SignIn, rooms: Rooms) -> None:
        loan = lent(thing(rooms.hall), ahead(0, "00:00"), 47, by=cast["gebiedswerker"])
        answer = self.press(sign_in(cast["gebouwbeheerder"]), loan, "pickup", staat="x" * 401)
        loan.refresh_from_db()
        assert (answer.status_code, loan.state) == (422, LoanState.CONFIRMED)
        assert "x" * 401 in answer.text

    def test_is_forgotten_with_the_rest(self, cast: Cast, rooms: Rooms) -> None:
        over: dict[str, Any] = {
            "state": "returned",
            "returned_at": ahead(-3),
            "returned_quantity": 1,
            "picked_up_condition": "Van Jan",
        }
        loan = lent(thing(rooms.hall), ahead(-4), by=cast["gebiedswerker"], **over)
        erase_loans(ahead(0))
        loan.refresh_from_db()
        assert loan.picked_up_condition == ""
