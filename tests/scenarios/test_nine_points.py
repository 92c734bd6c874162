"""A nine-point plan of a year: drafted, stopped by the one point that nobody does, published as page and as document,
moved on by an action that is finished, and taken over into the cycle after it."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from kortrijk_gebied.workdays import BRUSSELS
from teams.models import Action, Goal, Plan
from tests.scenarios.screen import Page, Person

type Somebody = Callable[[str], Person]

TITLE = "Negenpuntenplan Overleie 2027"
POINTS = [
    ("Glasbollen onder de lamp", "Openbaar domein", "preventief"),
    ("Schoolstraat aan de Budastraat", "Preventie", "proactief"),
    ("Rust op het pleintje", "", "reactief"),
]
DONE = "Zes glasbollen staan onder een lamp."


@contextmanager
def on(year: int, month: int, day: int) -> Iterator[None]:
    with time_machine.travel(dt.datetime(year, month, day, 9, tzinfo=BRUSSELS), tick=True):
        yield


@pytest.mark.django_db
def test_a_nine_point_plan(somebody: Somebody) -> None:
    who = somebody  # each time signed in anew: nobody stays so for a year
    with on(2027, 1, 11):
        els_drafts_it_and_keeps_three_points(who("gebiedswerker"))
        it_is_not_published_while_one_point_is_nobodys(who("gebiedswerker"))
        nobody_outside_reads_a_draft()
        els_finds_who_does_it_and_bram_adopts_it(who("gebiedswerker"), who("coordinator"))
        els_publishes_it(who("gebiedswerker"))
        everybody_reads_the_page_and_opens_the_document()
    with on(2027, 3, 1):
        els_hangs_an_action_on_the_first_point(who("gebiedswerker"))
    with on(2027, 9, 6):
        els_finishes_it_and_the_plan_moves_on(who("gebiedswerker"))
    with on(2027, 12, 13):
        bram_prepares_the_next_year(who("coordinator"))


# --- the steps, in order -------------------------------------------------------------------------------


def plan() -> Plan:
    return Plan.objects.get(title=TITLE)


def point(title: str) -> Goal:
    return plan().goals.get(title=title)


def outside(url: str) -> Page:
    answer = Client().get(url)
    return Page(url, answer.status_code, answer.content.decode())


def els_drafts_it_and_keeps_three_points(els: Person) -> None:
    page = els.opens(reverse("plans:plan-add"))
    page = els.presses("Bewaren", page, {
        "negenpuntenplan": True, "Titel": TITLE, "Team dat het bijhoudt": "Gebiedsteam Overleie en Pius X",
        "Vanaf": "2027-01-01", "Tot en met": "2027-12-31", "Overleie": True,
    })  # fmt: skip
    page.says("ontwerp", "1 Punt 1", "9 Punt 9")
    for number, (title, service, dimension) in enumerate(POINTS, start=1):
        page = els.opens(reverse("plans:goal-edit", args=[point(f"Punt {number}").pk]))
        typed = {"Titel": title, "Dimensie": dimension, **({"Dienst die het doet": service} if service else {})}
        els.presses("Bewaren", page, typed).says(title)
    for number in range(4, 10):
        els.presses("Uit het plan halen", els.opens(point(f"Punt {number}").get_absolute_url()))
    assert [goal.title for goal in plan().goals.all()] == [title for title, _service, _dimension in POINTS]


def it_is_not_published_while_one_point_is_nobodys(els: Person) -> None:
    address = reverse("plans:plan-publication", args=[plan().code])
    page = els.opens(address)
    page.says("3 Rust op het pleintje")
    assert not any(button.words == "Publiceren" for button in page.buttons)
    token = els.client.cookies["csrftoken"].value  # a page that was open since before
    refused = els.client.post(address, {"csrfmiddlewaretoken": token})
    assert refused.status_code == 422
    assert "Dit heeft nog geen dienst die het doet: 3 Rust op het pleintje." in refused.content.decode()


def nobody_outside_reads_a_draft() -> None:
    assert outside(reverse("plan-public", args=[plan().code])).status == 404
    assert TITLE not in outside(reverse("plans-public")).text


def els_finds_who_does_it_and_bram_adopts_it(els: Person, bram: Person) -> None:
    goal = point("Rust op het pleintje")
    page = els.opens(reverse("plans:goal-edit", args=[goal.pk]))
    els.presses("Bewaren", page, {"Dienst die het doet": "Gemeenschapswachten"}).says("Gemeenschapswachten")
    bram.presses("Aanvaarden", bram.opens(goal.get_absolute_url())).says("Aanvaard", "11 januari 2027")


def els_publishes_it(els: Person) -> None:
    page = els.opens(reverse("plans:plan-publication", args=[plan().code]))
    els.presses("Publiceren", page).says("Versie 1 is openbaar.")


def everybody_reads_the_page_and_opens_the_document() -> None:
    listed = outside(reverse("plans-public"))
    (address,) = [to for words, to in listed.links if words == TITLE]
    page = outside(address)
    page.says(*[f"{number} {title}" for number, (title, _s, _d) in enumerate(POINTS, start=1)], "Evenwicht van de")
    (document,) = [to for words, to in page.links if "pdf" in words.lower()]
    content = b"".join(Client().get(document).streaming_content)  # type: ignore[attr-defined]
    opened = PdfReader(io.BytesIO(content))
    words = " ".join(" ".join(sheet.extract_text() for sheet in opened.pages).split())
    for said in (TITLE, "3 Rust op het pleintje", "Gemeenschapswachten", "11 januari 2027"):
        assert said in words
    assert opened.trailer["/Info"]["/Title"].startswith(TITLE)  # type: ignore[index]


def els_hangs_an_action_on_the_first_point(els: Person) -> None:
    page = els.opens(point("Glasbollen onder de lamp").get_absolute_url())
    page = els.follows("Een actie voor dit doel noteren", page)
    page = els.presses("Bewaren", page, {
        "Titel": "Zes glasbollen verplaatsen", "Eigenaar": els.user.name, "Voor wie": "iedereen",
    })  # fmt: skip
    els.presses("Starten", page).says("Zes glasbollen verplaatsen: loopt.")
    els.opens(plan().get_absolute_url()).says("0 van 1 gedaan")
    outside(reverse("plan-public", args=[plan().code])).says("0 van 1 actie gedaan", "Zes glasbollen verplaatsen")


def els_finishes_it_and_the_plan_moves_on(els: Person) -> None:
    page = els.opens(Action.objects.get(title="Zes glasbollen verplaatsen").get_absolute_url())
    els.presses("Het is klaar", page, {"Wat ervan kwam": DONE}).says(DONE)
    shown = els.opens(plan().get_absolute_url())
    shown.says("1 van 1 gedaan", "Evenwicht van de dimensies")
    assert 'role="img"' in shown.html, "the balance is a chart, beside its table"
    outside(reverse("plan-public", args=[plan().code])).says("1 van 1 actie gedaan")


def bram_prepares_the_next_year(bram: Person) -> None:
    former = plan()
    page = bram.follows("Volgende cyclus voorbereiden", bram.opens(former.get_absolute_url()))
    page.says("De doelen van Negenpuntenplan Overleie 2027 komen mee")
    page = bram.presses("Bewaren", page, {"Titel": "Negenpuntenplan Overleie 2028"})
    page.says("ontwerp", "1 januari 2028", "31 december 2028", "3 Rust op het pleintje", "Vorige cyclus", TITLE)
    assert "gedaan" not in page.text, "a promise anew, of which nothing is done yet"
    outside(reverse("plan-public", args=[former.code])).says("1 van 1 actie gedaan")
    following = Plan.objects.get(follows=former)
    assert outside(reverse("plan-public", args=[following.code])).status == 404
