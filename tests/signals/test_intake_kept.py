"""A session that ends while somebody talks costs no word: what was typed stands there again after signing in."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from signals.models import Report
from teams.models import User
from tests.cast import Cast
from tests.signals.test_intake_page import typed

type SignIn = Callable[[User], Client]

PASSWORD = "gebied-kortrijk"
WORDS = "Mevrouw zegt dat er een kwibbelzetel op het voetpad staat."
HX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/signalen/nieuw/?channel=phone"}


@pytest.fixture
def amber(cast: Cast, sign_in: SignIn) -> Client:
    for name in ("agent", "coordinator"):
        cast[name].set_password(PASSWORD)
        cast[name].save(update_fields=["password"])
    return sign_in(cast["agent"])


def written(client: Client) -> dict[str, str]:
    """What the page sends: what it hands out, and what was typed."""
    page = client.get(reverse("signals:intake"), {"channel": "phone"}).text
    hidden = dict(re.findall(r'name="(terug|id)" value="([^"]*)"', page))
    return {**typed(description=WORDS), **hidden}


def ended(client: Client) -> None:
    client.session.flush()
    client.cookies.pop("sessionid")


def signs_in(client: Client, to: str, email: str = "agent@kortrijk.example") -> str:
    return client.post(to, {"login": email, "password": PASSWORD}, follow=True).text


class TestSessionEnded:
    def test_while_saving_gives_the_words_back_and_saves_them_once(self, amber: Client) -> None:
        data = written(amber)
        ended(amber)
        to = amber.post(reverse("signals:intake"), data).headers["Location"]
        assert not Report.objects.exists()
        page = signs_in(amber, to)
        assert WORDS in page
        assert "Je was intussen afgemeld." in page
        assert "Kies ze opnieuw." in page, "of photos a browser gives nothing back"
        assert f'value="{data["id"]}"' in page
        assert re.search(rf'<option value="{data["category"]}" selected>', page)
        assert 'value="Overleiestraat' in page
        for _again in range(2):
            assert amber.post(reverse("signals:intake"), data).status_code == 303
        assert Report.objects.get().description == WORDS
        assert WORDS not in amber.get(reverse("signals:intake")).text  # once

    @pytest.mark.parametrize("part", ["draft", "surroundings", "suggestions", "answers"])
    def test_while_typing_leads_to_signing_in_and_back(self, amber: Client, part: str) -> None:
        """What the page asks for by itself notices it first."""
        data = written(amber)
        ended(amber)
        answer = amber.post(reverse(f"signals:intake-{part}"), data, headers=HX)
        assert answer.status_code == 401
        assert WORDS in signs_in(amber, answer.headers["HX-Redirect"])

    def test_keeps_a_box_that_was_unticked(self, amber: Client) -> None:
        data = {name: value for name, value in written(amber).items() if name != "wants_answer"}
        ended(amber)
        page = signs_in(amber, amber.post(reverse("signals:intake"), data).headers["Location"])
        assert not re.search(r'<input[^>]*name="wants_answer"[^>]*checked', page)

    def test_gives_them_to_nobody_else(self, amber: Client) -> None:
        data = written(amber)
        ended(amber)
        to = amber.post(reverse("signals:intake"), data).headers["Location"]
        assert WORDS not in signs_in(amber, to, "coordinator@kortrijk.example")
        assert WORDS not in amber.get(reverse("signals:intake")).text

    def test_keeps_them_an_hour(self, amber: Client) -> None:
        data = written(amber)
        ended(amber)
        to = amber.post(reverse("signals:intake"), data).headers["Location"]
        with time_machine.travel(timezone.now() + dt.timedelta(hours=2)):
            assert WORDS not in signs_in(amber, to)
