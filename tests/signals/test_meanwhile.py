"""Two people at one signal: the second learns who did what, keeps the text, and may go on with one press."""

import datetime as dt
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from signals.models import Signal
from teams.models import Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

SEEN = re.compile(r'id="(\w+)-form"(?:(?!</form>).)*?name="gezien" value="(\d+)"', re.S)


def seen(client: Client, signal: Signal, move: str = "closure") -> str:
    """What the form of a move on the page says of how much its writer had seen."""
    page = client.get(reverse("signals:signal", args=[signal.reference])).text
    return str(dict(SEEN.findall(page))[move])


def send(client: Client, signal: Signal, move: str, **typed: Any) -> HttpResponse:
    return client.post(reverse(f"signals:signal-{move}", args=[signal.reference]), typed)  # type: ignore[return-value]  # a test response


def anew(answer: HttpResponse) -> str:
    found = re.search(r'name="gezien" value="(\d+)"', answer.text)
    assert found
    return found[1]


class TestSecond:
    def test_reads_who_did_what_when_and_keeps_the_text(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal, client = report("Woonkwaliteit"), sign_in(cast["coordinator"])
        before = seen(client, signal)
        signal.add_note(by=cast["gebiedswerker"], text="De eigenaar belt vandaag terug.")
        answer = send(client, signal, "closure", outcome="Wij sluiten dit af.", gezien=before)
        assert answer.status_code == 422
        assert f"{cast['gebiedswerker'].name}, " in answer.text
        assert "De eigenaar belt vandaag terug." in answer.text
        assert "Wij sluiten dit af." in answer.text
        assert Signal.objects.get(pk=signal.pk).is_open

    def test_does_it_all_the_same_with_one_more_press(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal, client = report("Woonkwaliteit"), sign_in(cast["coordinator"])
        before = seen(client, signal)
        signal.add_note(by=cast["gebiedswerker"], text="De eigenaar belt vandaag terug.")
        answer = send(client, signal, "closure", outcome="Klaar.", gezien=before)
        assert send(client, signal, "closure", outcome="Klaar.", gezien=anew(answer)).status_code == 302
        assert not Signal.objects.get(pk=signal.pk).is_open

    def test_who_may_no_longer_learns_why_and_keeps_the_text(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal, client = report("Woonkwaliteit"), sign_in(cast["coordinator"])
        before = seen(client, signal)
        signal.close(by=cast["agent"], outcome="Opgelost aan de telefoon.")
        answer = send(client, signal, "closure", outcome="Mijn eigen zin.", gezien=before)
        again = send(client, signal, "closure", outcome="Mijn eigen zin.", gezien=anew(answer))
        for said in (answer, again):
            assert said.status_code == 422
            assert "Mijn eigen zin." in said.text
        assert f"{cast['agent'].name}, " in answer.text
        assert "Opgelost aan de telefoon." in answer.text
        assert "staat al op “afgerond”" in again.text

    def test_is_not_stopped_by_what_it_did_itself(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal, client = report("Woonkwaliteit"), sign_in(cast["coordinator"])
        before = seen(client, signal)
        signal.add_note(by=cast["coordinator"], text="Zelf gebeld.")
        assert send(client, signal, "closure", outcome="Klaar.", gezien=before).status_code == 302

    def test_is_not_stopped_by_what_does_not_matter(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal, client = report(), sign_in(cast["coordinator"])
        before = seen(client, signal)
        signal.lift(by=cast["coordinator.rand"])
        assert send(client, signal, "closure", outcome="Klaar.", gezien=before).status_code == 302

    def test_may_always_add_a_note(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal, client = report("Woonkwaliteit"), sign_in(cast["coordinator"])
        before = seen(client, signal, "note")
        signal.close(by=cast["agent"], outcome="Klaar.")
        assert send(client, signal, "notes", text="Nog dit.", level="0", gezien=before).status_code == 302

    def test_learns_nothing_it_may_not_read(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal, client = report("Woonkwaliteit"), sign_in(cast["coordinator"])
        before = seen(client, signal)
        signal.add_note(
            by=cast["wijkinspecteur"], text="ZEEHOND", level=2, team=Team.objects.get(code="wijkwerking-noord")
        )  # fmt: skip
        assert send(client, signal, "closure", outcome="Klaar.", gezien=before).status_code == 302

    @pytest.mark.parametrize("odd", ["", "-1", "vier", "9" * 40, "²"])
    def test_with_an_odd_number_is_no_worse_off(self, cast: Cast, report: Make, sign_in: SignIn, odd: str) -> None:
        signal, client = report("Woonkwaliteit"), sign_in(cast["coordinator"])
        assert send(client, signal, "closure", outcome="Klaar.", gezien=odd).status_code == 302


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.mark.parametrize("acts", [("closure", "cancellation"), ("closure", "outside"), ("waiting", "closure")])
    def test_one_does_it_and_the_other_is_told(
        self, cast: Cast, report: Make, sign_in: SignIn, acts: tuple[str, str]
    ) -> None:
        """Two real connections: neither passes before the other has been heard."""
        signal, tomorrow = report(), timezone.localdate() + dt.timedelta(days=1)
        typed: dict[str, dict[str, str]] = {
            "closure": {"outcome": "Klaar."},
            "cancellation": {"reason": "Vergissing."},
            "outside": {"outside": "De Lijn", "text": "Hun bushokje."},
            "waiting": {"waiting_for": "weather", "reason": "Vorst.", "until": tomorrow.isoformat()},
        }
        clients = [sign_in(cast["coordinator"]), sign_in(cast["uitvoerder"])]
        start = Barrier(2)
        before = [seen(client, signal) for client in clients]

        def act(number: int) -> HttpResponse:
            try:
                start.wait()
                return send(clients[number], signal, acts[number], **typed[acts[number]], gezien=before[number])
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(act, range(2)))
        assert sorted(answer.status_code for answer in answers) == [302, 422]
