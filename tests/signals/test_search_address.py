"""Who types an address finds what lies there, whatever it calls its place; and nothing that is not theirs to read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from areas.models import Address, Place
from signals import search
from signals.levels import Level
from signals.models import Signal
from signals.search import Asked, Found
from signals.spots import instead_of
from teams.access import access_of
from teams.models import User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

HERE = "Overleiestraat 20"
AWAY = (3.2660, 50.8355)  # in another street


def find(person: User, words: str, **how: Any) -> Found:
    return search.find(access_of(person), Asked(words), Q(), **how)


def finds(person: User, words: str, signal: Signal) -> bool:
    return signal.pk in find(person, words).ids


def door(number: str = "20", street: str = "Overleiestraat") -> tuple[float, float]:
    address = Address.objects.get(street__name=street, number=number, box="")
    return address.longitude, address.latitude


class TestAddress:
    @pytest.fixture
    def at_the_bakers(self, report: Make) -> Signal:
        return report(place="voor de bakker", at=door(), description="Een zetel op het voetpad.")

    @pytest.mark.parametrize(
        "words",
        [HERE, "overleiestraat 20", "20", "Overleiestr. 20", "overleiestraat nr 20", "Overleistraat 20",
         "Ovrleiestraat 20", "zetel overleiestraat 20", "overleiestraat", "overleistraat", "Overleiestraat 22",
         "Overleiestraat 20 Kortrijk"],
    )  # fmt: skip
    def test_finds_what_was_only_pointed_at(self, cast: Cast, at_the_bakers: Signal, report: Make, words: str) -> None:
        elsewhere = report(place="aan de brug", at=AWAY, description="Een zetel op het voetpad.")
        assert finds(cast["coordinator"], words, at_the_bakers) is (words != "20")  # a number alone is no address
        assert not finds(cast["coordinator"], words, elsewhere)

    def test_says_where_it_lies(self, cast: Cast, at_the_bakers: Signal, sign_in: SignIn) -> None:
        page = sign_in(cast["coordinator"]).get(reverse("inbox"), {"tab": "alles", "q": "overleistraat 20"}).text
        assert "Niets bevat “overleistraat 20”. Dit is gevonden voor “Overleiestraat 20”." in page
        assert "Ligt aan Overleiestraat 20 of ernaast: Een zetel op het voetpad." in page

    def test_asks_for_the_other_words_too(self, cast: Cast, at_the_bakers: Signal, report: Make) -> None:
        other = report(place="op de hoek", at=door(), description="Een koelkast.")
        found = find(cast["coordinator"], "koelkast overleiestraat 20")
        assert (found.ids, found.instead) == ((other.pk,), "")

    def test_finds_what_calls_itself_so_before_what_lies_there(
        self, cast: Cast, at_the_bakers: Signal, report: Make
    ) -> None:
        named = report(place=HERE, at=AWAY)
        next_door = report(place="naast de bakker", at=door("32"))
        mentioned = report(place="aan de brug", at=AWAY, description="Zoals vorige week in de Overleiestraat 20.")
        assert find(cast["coordinator"], HERE).ids == (named.pk, at_the_bakers.pk, next_door.pk, mentioned.pk)

    def test_finds_what_ended_there_when_that_is_asked(self, cast: Cast, at_the_bakers: Signal) -> None:
        at_the_bakers.close(by=cast["coordinator"], outcome="Opgehaald.")
        assert at_the_bakers.pk not in find(cast["coordinator"], HERE, ended=False).ids
        assert at_the_bakers.pk in find(cast["coordinator"], HERE, running=False).ids

    def test_without_anything_at_the_number_finds_the_street_and_says_so(self, cast: Cast, report: Make) -> None:
        signal = report(place="Overleiestraat 2", at=door("2"))
        found = find(cast["coordinator"], "Overleiestraat 64")
        assert (found.ids, found.instead) == ((signal.pk,), "Overleiestraat")

    @pytest.mark.usefixtures("kortrijk")
    def test_is_not_looked_for_again_with_more_words(self) -> None:
        """Every word has to be found: a door that is written longer finds no more."""
        assert list(instead_of("zakken overleiestraat 12")) == ["Overleiestraat zakken"]
        assert next(instead_of("overleistraat 12")).startswith("Overleiestraat 12")

    def test_of_a_square_is_the_square(self, cast: Cast, report: Make) -> None:
        square = Place.objects.get(name="Grote Markt", kind=Place.Kind.SQUARE)
        signal = report(place="aan de hallen", at=(square.longitude + 0.0003, square.latitude))
        assert finds(cast["agent"], "grote markt", signal)

    def test_that_is_none_is_looked_for_as_words(self, cast: Cast, at_the_bakers: Signal) -> None:
        for words in ("kwibbelstraat 20", "kwibbelwoord", "8", "nr 20", "straat 20"):
            assert find(cast["coordinator"], words).ids == ()


class TestSecrecy:
    """A limited or a sealed signal at an address is found by who reads it, by nobody else, and leaves no trace."""

    WAYS = (HERE, "Overleistraat 20", "overleiestraat", "Overleiestraat 22", "mevrouw overleiestraat 20")

    @pytest.mark.parametrize("words", WAYS[:2] + WAYS[3:])
    def test_of_what_is_sealed(self, cast: Cast, report: Make, words: str) -> None:
        sealed = report("Bezorgd om iemand", place="bij haar thuis", at=door(), description="Mevrouw doet niet open.")
        assert finds(cast["verpleegkundige"], words, sealed)
        for who in (
            "coordinator",
            "coordinator.politie",
            "coordinator.ocmw",
            "wijkinspecteur",
            "agent",
            "dpo",
            "beheerder",
        ):
            assert find(cast[who], words).ids == (), who

    @pytest.mark.parametrize("words", WAYS[:2] + WAYS[3:4])
    def test_of_what_is_limited(self, cast: Cast, report: Make, words: str) -> None:
        limited = report(place="aan de achterdeur", at=door())
        assert finds(cast["wijkinspecteur"], words, limited)
        limited.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        assert finds(cast["coordinator"], words, limited)
        for who in ("wijkinspecteur", "coordinator.politie", "buurtwerker"):
            assert find(cast[who], words).ids == (), who

    @pytest.mark.parametrize("words", WAYS)
    def test_leaves_the_page_as_it_is_without(self, cast: Cast, report: Make, sign_in: SignIn, words: str) -> None:
        """Not in the rows, the numbers, nor in what the page says it found instead."""
        report(place="aan de brug", at=AWAY)
        bram = sign_in(cast["coordinator"])

        def seen() -> str:
            page = bram.get(reverse("inbox"), {"tab": "alles", "q": words}).text
            return page.split('id="tabs"')[1].split("</nav>")[0] + page.split('id="news"')[1].split("</ul>")[0]

        before = seen()
        report("Bezorgd om iemand", place=HERE, at=door(), description="Mevrouw doet niet open.")
        report("Schuldhulp of steun", place=HERE, at=door(), description="Mevrouw kan niet betalen.")
        assert seen() == before
        control = report(place=HERE, at=door(), description="Een zetel voor mevrouw.")
        assert control.reference in seen()

    def test_asks_for_nothing_of_what_others_keep(self, cast: Cast) -> None:
        """Not even the time it takes can tell: each look names the level, or the organisation that keeps it."""
        with CaptureQueriesContext(connection) as made:
            find(cast["coordinator"], HERE)
        asked = next(query["sql"] for query in made.captured_queries if "UNION" in query["sql"])
        looks = [look for look in asked.split("UNION ALL") if '"latitude" BETWEEN' in look]
        owner = cast["coordinator"].organisation_id
        assert len(looks) == 3
        for look in looks:
            assert f'"level" = {Level.OPEN}' in look or f'"owner_id" = {owner}' in look


class TestCost:
    @pytest.mark.parametrize("words", [HERE, "overleiestraat", "overleistraat 20"])
    def test_is_the_same_for_two_and_for_twenty(self, cast: Cast, report: Make, sign_in: SignIn, words: str) -> None:
        bram = sign_in(cast["coordinator"])

        def queries() -> int:
            with CaptureQueriesContext(connection) as made:
                assert bram.get(reverse("inbox"), {"tab": "alles", "q": words}).status_code == 200
            return len(made)

        for _ in range(2):
            report(place="voor de bakker", at=door())
        queries()
        few = queries()
        for _ in range(8):
            report(place="voor de bakker", at=door())
        assert queries() == few
