"""The inbox of who keeps a building."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from reservations.inbox import moments
from reservations.models import Booking
from teams.access import access_of
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.django_db
type SignIn = Callable[..., Client]


def asked(rooms: Rooms, cast: Cast, days: int = 3, room: str = "hall", **details: object) -> Booking:
    more = {"by": cast["gebiedswerker"], "state": "requested", **details}
    return booked(getattr(rooms, room), ahead(days), **more)  # type: ignore[arg-type]


class TestInbox:
    def test_is_for_keepers_and_shows_their_buildings_alone(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        asked(rooms, cast, title="Kaarting")
        asked(rooms, cast, room="police", title="Zebra", by=cast["wijkinspecteur"], is_shared=True)
        url = reverse("reservations:requests")
        assert sign_in(cast["gebiedswerker"]).get(url).status_code == 403
        page = sign_in(cast["gebouwbeheerder"]).get(url).content.decode()
        assert "Kaarting" in page
        assert "Zebra" not in page
        assert "1 vraagt een antwoord" in sign_in(cast["gebouwbeheerder"]).get(reverse("rooms")).content.decode()

    def test_puts_what_wants_one_moment_together_oldest_first(self, rooms: Rooms, cast: Cast) -> None:
        late, other, early = asked(rooms, cast), asked(rooms, cast, days=9), asked(rooms, cast, room="half_a")
        Booking.objects.filter(pk=early.pk).update(created_at=timezone.now() - dt.timedelta(days=2))
        found = moments(access_of(cast["gebouwbeheerder"]))
        assert [[line.booking for line in each.lines] for each in found] == [[early, late], [other]]

    def test_asks_the_same_questions_for_one_as_for_many(
        self, rooms: Rooms, cast: Cast, django_assert_max_num_queries: Callable[..., object]
    ) -> None:
        for day in range(3, 15):
            asked(rooms, cast, days=day)
            booked(rooms.half_a, ahead(day), by=cast["gebouwbeheerder"])
        with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
            assert len(moments(access_of(cast["gebouwbeheerder"]))) == 12

    def test_says_what_took_the_room_meanwhile(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        one = asked(rooms, cast)
        booked(rooms.half_a, ahead(3), by=cast["gebouwbeheerder"], title="Quiz")
        page = sign_in(cast["gebouwbeheerder"]).get(reverse("reservations:requests")).content.decode()
        assert "Quiz" in page
        response = sign_in(cast["gebouwbeheerder"]).post(
            reverse("reservations:booking-confirmation", args=[one.reference])
        )
        assert response.status_code == 409
        assert "OC Bissegem" in response.content.decode()


class TestAnswer:
    def say(self, client: Client, what: str, booking: Booking, **sent: str) -> int:
        url = reverse(f"reservations:booking-{what}", args=[booking.reference])
        return client.post(url, {"next": reverse("reservations:requests"), **sent}).status_code

    def test_yes_is_told_to_who_asked(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        one = asked(rooms, cast)
        assert self.say(sign_in(cast["gebouwbeheerder"]), "confirmation", one) == 302
        mail = Message.objects.get()
        assert (mail.to, mail.subject) == (cast["gebiedswerker"].email, f"Reservatie {one.reference}: bevestigd")

    def test_no_needs_a_reason(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        one, client = asked(rooms, cast), sign_in(cast["gebouwbeheerder"])
        assert self.say(client, "refusal", one) == 422
        reason = "We hebben dan niemand om het huis te openen en te sluiten."
        assert self.say(client, "refusal", one, reden=reason, antwoord="Bel gerust.") == 302
        one.refresh_from_db()
        assert (one.state, one.answer) == ("refused", f"{reason} Bel gerust.")
        assert reason in Message.objects.get().body

    def test_in_treatment_lets_nobody_in_between(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        one, other, client = asked(rooms, cast), asked(rooms, cast), sign_in(cast["gebouwbeheerder"])
        assert self.say(client, "treatment", one) == 302
        assert self.say(client, "confirmation", other) == 409
        assert self.say(client, "return", one) == 302
        assert self.say(client, "confirmation", other) == 302

    def test_yes_over_a_hold_tells_its_holder(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        until = timezone.now() + dt.timedelta(hours=5)
        hold = booked(rooms.hall, ahead(3), by=cast["projectmedewerker"], state="held", hold_until=until)
        one, client = asked(rooms, cast), sign_in(cast["gebouwbeheerder"])
        assert self.say(client, "confirmation", one) == 409
        assert self.say(client, "confirmation", one, toch="1") == 302
        hold.refresh_from_db()
        assert hold.state == "expired"
        assert Message.objects.filter(to=cast["projectmedewerker"].email, subject__endswith="ging naar iemand anders")

    def test_is_for_keepers_alone(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        one = asked(rooms, cast)
        for what in ("confirmation", "treatment", "refusal"):
            assert self.say(sign_in(cast["gebiedswerker"]), what, one, antwoord="x") == 403
