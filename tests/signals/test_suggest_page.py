"""Suggested subjects on the page of the report desk: offered while typing, never chosen by themselves."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from signals.models import Category, Signal, SubjectLesson
from signals.suggesting import suggestions as module
from signals.suggesting.examples import Example
from signals.suggesting.lesson import learn
from teams.models import User
from tests.cast import Cast

type SignIn = Callable[[User], Client]

TAUGHT = [
    Example("de lamp brandt niet", "straatverlichting", is_phrase=True),
    Example("lantaarn is stuk", "straatverlichting", is_phrase=True),
    Example("zakken gestort", "sluikstort", is_phrase=True),
    Example("ik ben bezorgd om de buurvrouw", "bezorgd-om-iemand", is_phrase=True),
    Example("de haag groeit over het voetpad", "groenbeheer", is_phrase=True),
    Example("put in de straat", "put-in-de-weg", is_phrase=True),
]


@pytest.fixture(autouse=True)
def lesson(kortrijk: None) -> Iterator[SubjectLesson]:
    learned = learn(TAUGHT)
    assert learned is not None
    row = SubjectLesson.of(learned, texts=6, score=(3, 1, 2))
    row.save()
    yield row
    module._kept = None


@pytest.fixture
def agent(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["agent"])


def suggested(client: Client, words: str) -> Any:
    return client.post(reverse("signals:intake-suggestions"), {"description": words})


class TestSuggestions:
    def test_are_three_at_most_with_their_chance(self, agent: Client) -> None:
        answer = suggested(agent, "de lamp aan de haag brandt niet")
        assert answer.text.count("data-pick=") == 3
        assert "Straatverlichting" in answer.text
        assert "Jij beslist." in answer.text

    def test_say_when_a_subject_is_secret(self, agent: Client) -> None:
        assert "Bezorgd om iemand (verzegeld)" in suggested(agent, "bezorgd om mijn buurvrouw").text

    @pytest.mark.parametrize("words", ["", "lamp", "qwx zvq jjj kkk", "0470 12 34 56 78"])
    def test_of_too_little_are_none(self, agent: Client, words: str) -> None:
        assert "data-pick=" not in suggested(agent, words).text

    def test_leave_out_a_subject_that_was_closed_meanwhile(self, agent: Client) -> None:
        Category.objects.filter(code="straatverlichting").update(active=False)
        assert "Straatverlichting" not in suggested(agent, "de lamp brandt niet meer").text

    def test_are_none_when_nothing_was_learned_or_it_is_damaged(self, agent: Client, lesson: SubjectLesson) -> None:
        SubjectLesson.objects.update(content=b"x", sha256="0" * 64)
        assert "data-pick=" not in suggested(agent, "de lamp brandt niet meer").text
        SubjectLesson.objects.all().delete()
        assert "data-pick=" not in suggested(agent, "de lamp brandt niet meer").text

    def test_come_from_the_newest_lesson_in_every_process(self, agent: Client) -> None:
        assert "Straatverlichting" in suggested(agent, "de lamp brandt niet meer").text
        learned = learn([Example("de lamp brandt niet meer", "groenbeheer", is_phrase=True), TAUGHT[2]])
        assert learned is not None
        SubjectLesson.objects.all().delete()
        SubjectLesson.of(learned, texts=2, score=(0, 0, 0)).save()
        assert "Straatverlichting" not in suggested(agent, "de lamp brandt niet meer").text

    def test_read_what_was_learned_once(self, agent: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        module.suggestions("de lamp brandt niet")
        with django_assert_num_queries(2):
            module.suggestions("de lamp brandt niet en de haag groeit")

    def test_keep_nothing_of_what_was_typed(self, agent: Client) -> None:
        suggested(agent, "de lamp brandt niet")
        assert not Signal.objects.exists()

    def test_are_for_who_registers_and_asked_by_post(self, cast: Cast, sign_in: SignIn, agent: Client) -> None:
        assert suggested(sign_in(cast["uitvoerder"]), "de lamp brandt niet").status_code == 403
        assert suggested(agent, "de lamp brandt niet").status_code == 200
        assert agent.get(reverse("signals:intake-suggestions")).status_code == 405


class TestThePage:
    def test_decides_nothing(self, agent: Client) -> None:
        page = agent.post(reverse("signals:intake"), {"description": "de lamp brandt niet meer"})
        assert page.status_code == 422
        assert "Kies waarover het gaat." in page.text
        assert "Straatverlichting" in page.text

    def test_without_javascript_fills_in_the_one_that_was_pressed(self, agent: Client) -> None:
        lamp = Category.objects.get(code="straatverlichting")
        page = agent.post(
            reverse("signals:intake"),
            {"description": "de lamp brandt niet", "place": "Overleiestraat", "pick": lamp.pk},
        )
        assert page.status_code == 200
        assert f'<option value="{lamp.pk}" selected>' in page.text
        assert "de lamp brandt niet</textarea>" in page.text
        assert not Signal.objects.exists()
