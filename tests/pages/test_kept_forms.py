"""A form sent after the session ended: its words wait on the server for their writer, and for nobody else."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied import kept
from signals.models import Signal
from teams.models import User
from tests.cast import Cast

type Make = Callable[..., Signal]

WORDS = "Zij doet niet open, en de post blijft liggen."
PASSWORD = "gebied-kortrijk"
HX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/postvak/"}


@pytest.fixture
def signal(report: Make) -> Signal:
    return report("Bezorgd om iemand")


def opened(client: Client, signal: Signal) -> dict[str, str]:
    """The form to close it, as the page hands it out."""
    page = client.get(f"{reverse('signals:signal', args=[signal.reference])}?doe=closure").text
    return dict(re.findall(r'name="(terug|gezien)" value="([^"]*)"', page))


def sent(client: Client, signal: Signal, hidden: dict[str, str], headers: dict[str, str] | None = None) -> HttpResponse:
    url = reverse("signals:signal-closure", args=[signal.reference])
    return client.post(url, {**hidden, "outcome": WORDS}, headers=headers or {})  # type: ignore[return-value]  # a test response


def signs_in(client: Client, person: User, at: str) -> str:
    """Sign in by the form, and the page one comes to."""
    page = client.post(at, {"login": person.email, "password": PASSWORD}, follow=True)
    return page.text


def writer(cast: Cast, who: str = "verpleegkundige") -> Client:
    for name in ("verpleegkundige", "buurtwerker"):
        cast[name].set_password(PASSWORD)
        cast[name].save(update_fields=["password"])
    client = Client()
    client.force_login(cast[who])
    return client


class TestSessionEnded:
    @pytest.mark.parametrize("headers", [{}, HX], ids=["page", "fragment"])
    def test_gives_the_writer_the_words_back_after_signing_in(
        self, cast: Cast, signal: Signal, headers: dict[str, str]
    ) -> None:
        client = writer(cast)
        hidden = opened(client, signal)
        client.cookies.pop("sessionid")
        answer = sent(client, signal, hidden, headers)
        to = answer.headers.get("HX-Redirect") or answer.headers["Location"]
        assert WORDS not in answer.text
        assert Signal.objects.get(pk=signal.pk).is_open
        page = signs_in(client, cast["verpleegkundige"], to)
        assert WORDS in page
        assert "Je was intussen afgemeld." in page
        assert f'name="gezien" value="{hidden["gezien"]}"' in page
        again = client.get(f"{reverse('signals:signal', args=[signal.reference])}?doe=closure").text
        assert WORDS not in again  # once

    def test_gives_them_to_nobody_else(self, cast: Cast, signal: Signal) -> None:
        client = writer(cast)
        hidden = opened(client, signal)
        client.cookies.pop("sessionid")
        to = sent(client, signal, hidden).headers["Location"]
        page = signs_in(client, cast["buurtwerker"], to)
        assert WORDS not in page
        kept_on = client.session
        assert kept.KEY not in kept_on or kept_on[kept.KEY]["writer"] != str(cast["buurtwerker"].pk)

    def test_puts_nothing_of_them_in_the_browser(self, cast: Cast, signal: Signal) -> None:
        client = writer(cast)
        hidden = opened(client, signal)
        client.cookies.pop("sessionid")
        answer = sent(client, signal, hidden)
        assert "post" not in answer.headers["Location"]
        assert not any("post" in cookie.value for cookie in client.cookies.values())

    def test_keeps_them_an_hour(self, cast: Cast, signal: Signal) -> None:
        client = writer(cast)
        hidden = opened(client, signal)
        client.cookies.pop("sessionid")
        to = sent(client, signal, hidden).headers["Location"]
        with time_machine.travel(timezone.now() + dt.timedelta(hours=2)):
            assert WORDS not in signs_in(client, cast["verpleegkundige"], to)

    @pytest.mark.parametrize("forged", ["", "abc", "abc:def:ghi"])
    def test_keeps_nothing_that_is_not_from_a_form_of_ours(self, cast: Cast, signal: Signal, forged: str) -> None:
        client, before = Client(), Session.objects.count()
        answer = sent(client, signal, {"terug": forged} if forged else {})
        assert answer.status_code == 302
        assert Session.objects.count() == before

    def test_keeps_no_more_than_a_form_holds(self, cast: Cast, signal: Signal) -> None:
        client = writer(cast)
        hidden = opened(client, signal)
        client.cookies.pop("sessionid")
        before = Session.objects.count()
        url = reverse("signals:signal-closure", args=[signal.reference])
        assert client.post(url, {**hidden, "outcome": "x" * 30_000}).status_code == 302
        assert Session.objects.count() == before


class TestSignedInAnewElsewhere:
    """In another tab: the form that stood open here is older than the session, and no longer counts."""

    def stale(self, cast: Cast, signal: Signal, who: str = "verpleegkundige") -> tuple[Client, dict[str, str]]:
        hidden = opened(writer(cast), signal)
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast[who])
        return client, hidden

    @pytest.mark.parametrize("headers", [{}, HX], ids=["page", "fragment"])
    def test_the_words_stand_on_their_page_again(self, cast: Cast, signal: Signal, headers: dict[str, str]) -> None:
        client, hidden = self.stale(cast, signal)
        answer = sent(client, signal, hidden, headers)
        assert Signal.objects.get(pk=signal.pk).is_open
        page = client.get(answer.headers.get("HX-Redirect") or answer.headers["Location"]).text
        assert WORDS in page
        assert "verzend het nog eens" in page

    def test_as_somebody_else_they_stay_where_they_were_typed(self, cast: Cast, signal: Signal) -> None:
        client, hidden = self.stale(cast, signal, "buurtwerker")
        answer = sent(client, signal, hidden, HX)
        assert answer.status_code == 403
        assert "HX-Redirect" not in answer.headers
        assert answer.headers["X-Problem"] == "older"
        assert kept.KEY not in client.session

    def test_the_way_in_says_that_they_wait(self, cast: Cast, signal: Signal) -> None:
        client = writer(cast)
        hidden = opened(client, signal)
        client.cookies.pop("sessionid")
        assert "wat je typte, staat er dan nog" in client.get(sent(client, signal, hidden).headers["Location"]).text
