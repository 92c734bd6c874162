"""Back, a reload, a second tab: a public form that comes back is the same form, and one report."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from signals.levels import Level
from signals.models import Category, Report, Reporter, Signal, UnprovenAddress
from signals.open311.posting import NAMESPACE
from signals.proving import prove
from tests.cast import Cast

WORDS = "Drie zakken en een matras."
OTHER = "Drie zakken, een matras en een zetel."


@pytest.fixture
def typed(kortrijk: None) -> dict[str, Any]:
    category = Category.objects.get(name="Sluikstort").pk
    return {"category": category, "place": "Overleiestraat 12", "description": WORDS, "step": "send"}


@pytest.fixture
def citizen() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def address(citizen: Client) -> str:
    return citizen.get("/melden/").headers["Location"]


def send(citizen: Client, address: str, typed: dict[str, Any], **more: Any) -> Any:
    return citizen.post(address, typed | more, follow=True)


class TestForm:
    def test_has_an_address_of_its_own_that_nobody_keeps(self, citizen: Client, address: str, db: None) -> None:
        assert address != citizen.get("/melden/").headers["Location"]
        page = citizen.get(address)
        assert f'action="{address}"' in page.text
        assert page.headers["Cache-Control"] == "private, no-cache"
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert not page.cookies

    def test_keeps_it_over_both_steps(self, citizen: Client, address: str, typed: dict[str, Any]) -> None:
        for step in ("next", "back"):
            assert f'action="{address}"' in citizen.post(address, typed | {"step": step}).text

    def test_is_one_report_from_two_tabs_and_by_a_double_click(
        self, citizen: Client, address: str, typed: dict[str, Any]
    ) -> None:
        answers = [send(citizen, address, typed) for _tab in range(3)]
        assert Report.objects.count() == 1
        assert len({answer.redirect_chain[-1] for answer in answers}) == 1


class TestBack:
    def test_shows_what_was_sent_and_where_it_goes_on(
        self, citizen: Client, address: str, typed: dict[str, Any]
    ) -> None:
        status_page = send(citizen, address, typed).redirect_chain[-1][0]
        page = citizen.get(address)
        assert "U hebt dit al gemeld" in page.text
        assert WORDS in page.text
        assert f'href="{status_page}"' in page.text
        assert "no-store" in page.headers["Cache-Control"]

    def test_and_the_same_once_more_leads_there_without_a_second_step(
        self, citizen: Client, address: str, typed: dict[str, Any]
    ) -> None:
        send(citizen, address, typed)
        answer = citizen.post(address, typed | {"step": "next"}, follow=True)
        assert answer.redirect_chain == [(address, 302)]
        assert "U hebt dit al gemeld" in answer.text

    @pytest.mark.parametrize("change", [{"description": OTHER}, {"place": "Damkaai 1"}, {"category": "Fietswrak"}])
    def test_with_something_else_says_that_it_becomes_a_second_one(
        self, citizen: Client, address: str, typed: dict[str, Any], change: dict[str, Any]
    ) -> None:
        send(citizen, address, typed)
        if name := change.get("category"):
            change = {"category": Category.objects.get(name=name).pk}
        for step in ("next", "send"):
            page = citizen.post(address, typed | change | {"step": step}).text
            assert "dan wordt het een tweede melding; de eerste blijft staan." in page
            assert change.get("description", WORDS) in page
            assert Report.objects.count() == 1
        anew = page.partition('action="')[2].partition('"')[0]
        assert anew != address
        for _twice in range(2):
            send(citizen, anew, typed | change)
        assert Report.objects.count() == 2

    def test_after_its_place_was_put_right_by_a_colleague_is_the_same(
        self, citizen: Client, address: str, typed: dict[str, Any], cast: Cast
    ) -> None:
        send(citizen, address, typed)
        other = Category.objects.get(name="Fietswrak")
        report = Report.objects.get()
        report.category, report.place = other, "Damkaai 1"
        report.save()
        assert citizen.post(address, typed | {"step": "next"}).status_code == 302
        assert "er is niets dubbel verstuurd" in send(citizen, address, typed).text
        assert Report.objects.count() == 1


class TestSomebodyElse:
    """Who has the address, in another browser or an hour later."""

    def test_reads_no_word_of_it(self, citizen: Client, address: str, typed: dict[str, Any]) -> None:
        status_page = send(citizen, address, typed).redirect_chain[-1][0]
        for page in (Client().get(address).text, Client().post(address, typed | {"description": OTHER}).text):
            assert WORDS not in page
            assert status_page not in page
        assert "Al gemeld" in Client().get(address).text
        assert WORDS in citizen.get(address).text, "who wrote it does"

    def test_is_who_comes_an_hour_later(self, citizen: Client, address: str, typed: dict[str, Any]) -> None:
        send(citizen, address, typed)
        with time_machine.travel(timezone.now() + dt.timedelta(minutes=61)):
            page = citizen.get(address).text
        assert "Al gemeld" in page
        assert WORDS not in page

    def test_is_who_makes_a_cookie(self, citizen: Client, address: str, typed: dict[str, Any]) -> None:
        send(citizen, address, typed)
        forger = Client()
        forger.cookies["gemeld"] = uuid.UUID(address.split("/")[2]).hex
        assert WORDS not in forger.get(address).text

    def test_with_another_text_loses_nothing(self, citizen: Client, address: str, typed: dict[str, Any]) -> None:
        send(citizen, address, typed)
        page = Client().post(address, typed | {"description": OTHER, "step": "next"}).text
        assert OTHER in page
        assert f'action="{address}"' not in page

    def test_cannot_change_who_reported_it(self, citizen: Client, address: str, typed: dict[str, Any]) -> None:
        send(citizen, address, typed, name="An", email="an@voorbeeld.example")
        said = send(Client(), address, typed, name="Bo", email="bo@voorbeeld.example").text
        assert "zoals u het de eerste keer opgaf" in said
        assert Reporter.objects.get().name == "An"
        assert UnprovenAddress.objects.get().email == "an@voorbeeld.example"

    def test_learns_nothing_of_what_came_in_another_way(self, typed: dict[str, Any], report: Any) -> None:
        known = report().reports.get()
        answer = Client().get(f"/melden/{known.pk}/")
        assert "Wat is er aan de hand?" in answer.text
        assert "aangekomen" in send(Client(), f"/melden/{known.pk}/", typed).text
        assert Report.objects.count() == 2

    def test_takes_no_key_away_from_a_partner_whose_numbers_can_be_worked_out(self, typed: dict[str, Any]) -> None:
        partners = uuid.uuid5(NAMESPACE, "1:2026-001")
        send(Client(), f"/melden/{partners}/", typed)
        assert not Report.objects.filter(pk=partners).exists()


class TestSecretMatter:
    def test_is_not_shown_again(self, citizen: Client, address: str, typed: dict[str, Any]) -> None:
        send(citizen, address, typed, category=Category.objects.get(name="Bezorgd om iemand").pk)
        page = citizen.get(address).text
        assert "U hebt dit al gemeld" in page
        assert "enkel voor die dienst bestemd" in page
        assert WORDS not in page

    def test_is_what_was_made_so_since(self, citizen: Client, address: str, typed: dict[str, Any]) -> None:
        send(citizen, address, typed)
        Signal.objects.update(level=Level.LIMITED)
        assert WORDS not in citizen.get(address).text


class TestWhoReports:
    def test_mends_an_address_and_a_name_by_sending_it_again(
        self, citizen: Client, address: str, typed: dict[str, Any]
    ) -> None:
        send(citizen, address, typed, name="An", phone="056 12 34 56", email="an@voorbeld.example")
        answer = send(citizen, address, typed, name="An Peeters", email="an@voorbeeld.example")
        assert "U krijgt een mail" in answer.text
        assert Report.objects.count() == 1
        assert UnprovenAddress.objects.get().email == "an@voorbeeld.example"
        assert Message.objects.get().to == "an@voorbeeld.example", "the other address hears nothing more of us"
        assert (Reporter.objects.get().name, Reporter.objects.get().phone) == ("An Peeters", "056 12 34 56")

    def test_gets_one_mail_however_often_it_is_sent(self, citizen: Client, address: str, typed: dict[str, Any]) -> None:
        for _again in range(3):
            send(citizen, address, typed, email="an@voorbeeld.example")
        assert Message.objects.count() == 1

    def test_is_not_asked_again_for_an_address_that_is_proven(
        self, citizen: Client, address: str, typed: dict[str, Any]
    ) -> None:
        send(citizen, address, typed, email="an@voorbeeld.example")
        prove(UnprovenAddress.objects.get())
        answer = send(citizen, address, typed, email="An@voorbeeld.example")
        assert "er is niets dubbel verstuurd" in answer.text
        assert "U krijgt een mail" not in answer.text
        assert "U hebt dit al gemeld" in citizen.get(address).text
        assert Reporter.objects.get().email == "an@voorbeeld.example"
