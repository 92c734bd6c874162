"""The inbox of who keeps a building."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from reservations import actions, moves
from reservations.inbox import moments, number
from reservations.keepers import keepers_of
from reservations.models import Booking, Series
from teams.access import access_of
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked
from tests.reservations.test_series_book import written

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
        with django_assert_max_num_queries(18):  # type: ignore[attr-defined]
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


class TestSeries:
    def asked(self, rooms: Rooms, cast: Cast, times: int = 5) -> Series:
        return written(rooms.hall, cast["gebiedswerker"], times)

    def say(self, client: Client, what: str, series: Series, **sent: Any) -> int:
        return client.post(reverse(f"reservations:series-{what}", args=[series.pk]), sent).status_code

    def test_is_one_request_with_its_conflicts(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        series = self.asked(rooms, cast)
        asked(rooms, cast, days=60, title="Kaarting")
        booked(rooms.half_a, ahead(10), by=cast["gebouwbeheerder"], title="Quiz")
        access = access_of(cast["gebouwbeheerder"])
        found = moments(access)
        assert ([len(each.lines[0].dates) for each in found], number(access)) == ([5, 1], 2)
        page = sign_in(cast["gebouwbeheerder"]).get(reverse("reservations:requests")).content.decode()
        assert (page.count(f'id="reeks-{series.pk}"'), "2 vragen een antwoord" in page, "Quiz" in page) == (
            1,
            True,
            True,
        )

    def test_says_how_many_there_are_and_shows_them_all_by_pages(
        self, rooms: Rooms, cast: Cast, monkeypatch: pytest.MonkeyPatch, sign_in: SignIn
    ) -> None:
        monkeypatch.setattr("reservations.views.requests.A_PAGE", 2)
        self.asked(rooms, cast)
        for day in (60, 61, 62):
            asked(rooms, cast, days=day, title=f"Kaarting{day}")
        client, url = sign_in(cast["gebouwbeheerder"]), reverse("reservations:requests")
        pages = [client.get(url, {"page": page}).content.decode() for page in (1, 2)]
        assert all("4 vragen een antwoord" in page for page in pages)
        assert [sum(f"Kaarting{day}" in page for day in (60, 61, 62)) for page in pages] == [1, 2]

    def test_gets_one_yes_and_who_asked_one_mail(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        series = self.asked(rooms, cast)
        booked(rooms.half_a, ahead(10), by=cast["gebouwbeheerder"])
        Message.objects.all().delete()
        dates = [f"{each.reference}:{each.sequence}" for each in series.bookings.all()]
        client = sign_in(cast["gebouwbeheerder"])
        assert self.say(client, "confirmation", series, datum=dates) == 302
        assert sorted(series.bookings.values_list("state", flat=True)) == ["confirmed"] * 4 + ["requested"]
        assert "4 data" in Message.objects.get(to=cast["gebiedswerker"].email).body
        assert "1 staat hier nog" in client.get(reverse("reservations:requests")).content.decode()

    def test_gets_one_no_with_its_reason(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        series, client = self.asked(rooms, cast), sign_in(cast["gebouwbeheerder"])
        Message.objects.all().delete()
        dates = {"elke-datum": [f"{each.reference}:{each.sequence}" for each in series.bookings.all()], "alle": "1"}
        self.say(client, "refusal", series, **dates)
        assert not Message.objects.exists()
        self.say(client, "refusal", series, antwoord="Te luid.", **dates)
        assert set(series.bookings.values_list("state", flat=True)) == {"refused"}
        assert "Te luid." in Message.objects.get().body

    def test_is_answered_by_keepers_alone_and_only_as_it_stood(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        series = self.asked(rooms, cast)
        one = series.bookings.all()[0]
        old = f"{one.reference}:{one.sequence}"
        assert self.say(sign_in(cast["gebiedswerker"]), "confirmation", series, datum=old) == 403
        assert self.say(sign_in(cast["coordinator.politie"]), "refusal", series, datum=old, antwoord="x") == 403
        actions.change(one, by=cast["gebiedswerker"], title="Anders")
        assert self.say(sign_in(cast["gebouwbeheerder"]), "confirmation", series, datum=old) == 302
        assert not series.bookings.filter(state="confirmed").exists()


def test_a_version_of_very_many_digits_asks_nothing(rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
    one = asked(rooms, cast)
    url = reverse("reservations:booking-confirmation", args=[one.reference])
    assert sign_in(cast["gebouwbeheerder"]).post(url, {"versie": "9" * 5000}).status_code == 302


def test_what_runs_is_not_moved(rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
    els = cast["gebiedswerker"]
    one = booked(rooms.bissegem, timezone.now() - dt.timedelta(hours=1), 3, by=els)
    url = reverse("reservations:booking-move", args=[one.reference])
    typed = {"dag": ahead(5).date().isoformat(), "van": "19:30", "tot": "22:00", "personen": "10"}
    answer = sign_in(els).post(url, typed)
    assert (answer.status_code, "Het is al begonnen" in answer.content.decode()) == (409, True)


def test_a_request_moved_to_another_house_is_told_there_and_gone_here(rooms: Rooms, cast: Cast) -> None:
    one = asked(rooms, cast)
    moves.move(one, by=cast["gebiedswerker"], room=rooms.ocmw, starts=one.starts, ends=one.ends)
    told = set(Message.objects.filter(subject__startswith="Een aanvraag voor Centrum").values_list("to", flat=True))
    assert told == {user.email for user in keepers_of(rooms.ocmw.building)}
    assert Message.objects.get(to=cast["gebouwbeheerder"].email).subject.endswith("is weg")


def test_what_has_begun_is_cancelled_by_its_keeper_alone(rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
    els = cast["gebiedswerker"]
    one = booked(rooms.bissegem, timezone.now() - dt.timedelta(hours=1), 3, by=els)
    url = reverse("reservations:booking-cancellation", args=[one.reference])
    assert 'name="antwoord"' not in sign_in(els).get(one.get_absolute_url()).content.decode()
    assert sign_in(els).post(url).status_code == 409
    assert sign_in(cast["gebouwbeheerder"]).post(url).status_code == 302
