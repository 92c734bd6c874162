"""Somebody outside, without a password, answers by the link in a mail."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from signals.handing import refer_outside
from signals.levels import Level
from signals.models import Handover, Signal
from signals.outside import GOOD_FOR, link_for
from signals.workflow import HandoverState, SignalStatus
from tests.cast import Cast

type Make = Callable[..., Signal]


@pytest.fixture
def asked(cast: Cast, report: Make) -> Handover:
    rosa = {"name": "Rosa Peeters", "email": "rosa@voorbeeld.example", "description": "Bij Rosa loopt het over."}
    signal = report("Verstopt rioolputje", **rosa)
    return refer_outside(
        signal=signal, by=cast["coordinator"], outside="Farys", text="Het deksel is van de riolering.",
        email="meldingen@farys.example",
    )  # fmt: skip


@pytest.fixture
def path(asked: Handover) -> str:
    return "/" + link_for(asked).split("/", 3)[3]


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") :]).split())


class TestPage:
    def test_shows_the_words_written_for_them_and_nothing_else_of_the_signal(self, asked: Handover, path: str) -> None:
        shown = Client().get(path).content.decode()
        for word in ("Een melding voor Farys", "Het deksel is van de riolering.", "Overleiestraat", "Stad Kortrijk"):
            assert word in shown
        for hidden in ("Rosa", "voorbeeld.example", "loopt het over", "rioolputje", asked.signal.reference, "Bram"):
            assert hidden not in shown

    def test_is_kept_out_of_search_engines_caches_and_other_sites(self, path: str) -> None:
        for answer in (Client().get(path), Client().get("/signalen/bevestigen/verzonnen/")):
            assert "noindex" in answer.headers["X-Robots-Tag"]
            assert answer.headers["Cache-Control"] == "no-store, private"
            assert answer.headers["Referrer-Policy"] == "same-origin"

    def test_is_throttled(self, path: str) -> None:
        cache.clear()
        assert {Client().get(path).status_code for _time in range(30)} == {200}
        assert Client().get(path).status_code == 429

    def test_does_nothing_by_being_opened(self, asked: Handover, path: str) -> None:
        Client().get(path)
        asked.refresh_from_db()
        assert asked.state == HandoverState.OFFERED

    @pytest.mark.parametrize("level", [Level.LIMITED, Level.SEALED])
    def test_says_the_same_of_what_became_secret_as_of_what_was_invented(
        self, asked: Handover, path: str, level: Level
    ) -> None:
        Signal.objects.filter(pk=asked.signal_id).update(level=level, team=asked.signal.owner.intake_team)
        secret, invented = Client().get(path), Client().get("/signalen/bevestigen/verzonnen/")
        assert secret.status_code == invented.status_code == 404
        assert words_of(secret.content.decode()) == words_of(invented.content.decode())
        assert "Deze link werkt niet meer" in words_of(secret.content.decode())
        assert Client().post(path, {"antwoord": "ja"}).status_code == 404

    def test_grows_too_old(self, path: str) -> None:
        with time_machine.travel(timezone.now() + GOOD_FOR - dt.timedelta(hours=1), tick=False):
            assert Client().get(path).status_code == 200
        with time_machine.travel(timezone.now() + GOOD_FOR + dt.timedelta(hours=1), tick=False):
            assert Client().get(path).status_code == 404


class TestAnswer:
    def test_yes_ends_it_and_says_how_we_know(self, asked: Handover, path: str) -> None:
        shown = Client().post(path, {"antwoord": "ja", "words": "Werkbon 117."}).content.decode()
        assert "Dank u" in shown
        asked.refresh_from_db()
        assert (asked.state, asked.ended_by) == (HandoverState.CONFIRMED, None)
        assert "Werkbon 117." in asked.answer
        assert Signal.objects.get().status == SignalStatus.NOT_OURS

    def test_no_needs_a_reason_and_keeps_what_was_typed(self, asked: Handover, path: str) -> None:
        assert Client().post(path, {"antwoord": "nee", "words": " "}).status_code == 422
        asked.refresh_from_db()
        assert asked.state == HandoverState.OFFERED
        assert Client().post(path, {"antwoord": "nee", "words": "Van de buren."}).status_code == 200
        assert Signal.objects.get().status == SignalStatus.TO_DIVIDE

    def test_given_twice_stays_what_it_was(self, asked: Handover, path: str) -> None:
        Client().post(path, {"antwoord": "ja"})
        assert Client().post(path, {"antwoord": "nee", "words": "Toch niet."}).status_code == 422
        asked.refresh_from_db()
        assert asked.state == HandoverState.CONFIRMED

    def test_comes_too_late_when_it_was_taken_back(self, cast: Cast, asked: Handover, path: str) -> None:
        asked.withdraw(by=cast["coordinator"])
        assert "We trokken deze vraag" in Client().get(path).content.decode()
        assert Client().post(path, {"antwoord": "ja"}).status_code == 422
