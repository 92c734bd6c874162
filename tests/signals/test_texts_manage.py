"""Answers and outcome texts: written once by who answers for an organisation, found by every colleague."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from signals.forms.texts import stamp
from signals.models import Category, Signal, StandardText
from signals.wording import filled_in
from teams.models import Organisation, User
from tests.cast import Cast

type SignIn = Callable[[User], Client]
type Make = Callable[..., Signal]

TEXTS = "/signalen/teksten/"


def written(title: str = "Waar kan ik met grofvuil terecht?", use: str = "answer", **changed: Any) -> StandardText:
    return StandardText.objects.create(
        **{
            "organisation": Organisation.objects.get(code="stad"),
            "use": use,
            "title": title,
            "text": "Grofvuil brengt u naar het recyclagepark.",
            **changed,
        }
    )


def data(**changed: str) -> dict[str, str]:
    return {"use": "answer", "title": "Wanneer komt de veegwagen?", "text": "Elke donderdag.", **changed}


class TestWriting:
    def test_keeps_who_wrote_it_and_when(self, cast: Cast, sign_in: SignIn) -> None:
        assert sign_in(cast["agent"]).post(f"{TEXTS}nieuw/", data()).status_code == 302
        text = StandardText.objects.get()
        assert (text.organisation.code, text.written_by) == ("stad", cast["agent"])

    @pytest.mark.parametrize(
        ("who", "code"), [("gemeenschapswacht", 403), ("gebiedswerker", 403), ("coordinator", 302)]
    )
    def test_is_for_who_answers_for_an_organisation(self, cast: Cast, sign_in: SignIn, who: str, code: int) -> None:
        assert sign_in(cast[who]).post(f"{TEXTS}nieuw/", data()).status_code == code

    def test_leaves_the_texts_of_another_organisation_to_it(self, cast: Cast, sign_in: SignIn) -> None:
        text = written()
        assert sign_in(cast["coordinator.ocmw"]).post(f"{TEXTS}{text.pk}/", data()).status_code == 403
        changed = data(read=stamp(text))
        assert sign_in(cast["coordinator"]).post(f"{TEXTS}{text.pk}/", changed).status_code == 302

    def test_refuses_a_title_twice_and_keeps_what_was_typed(self, cast: Cast, sign_in: SignIn) -> None:
        written()
        answer = sign_in(cast["agent"]).post(f"{TEXTS}nieuw/", data(title="Waar kan ik met grofvuil terecht?"))
        assert answer.status_code == 422
        html = answer.content.decode()
        assert "Er is al een tekst met deze titel." in html
        assert "Elke donderdag." in html

    def test_refuses_a_variable_that_nothing_fills_in(self, cast: Cast, sign_in: SignIn) -> None:
        answer = sign_in(cast["coordinator"]).post(f"{TEXTS}nieuw/", data(use="outcome", text="Klaar in {straat}."))
        assert "{straat} bestaat niet. Kies uit {onderwerp}, {plaats}" in answer.content.decode()

    def test_refuses_variables_in_an_answer_for_there_is_no_signal_yet(self, cast: Cast, sign_in: SignIn) -> None:
        answer = sign_in(cast["agent"]).post(f"{TEXTS}nieuw/", data(text="Wij komen naar {plaats}."))
        assert "heeft dus geen variabelen" in answer.content.decode()


class TestTwoAtOnce:
    """The second hears of the first, loses no word, and overwrites only knowingly."""

    def test_shows_the_second_what_the_first_wrote_and_keeps_what_was_typed(self, cast: Cast, sign_in: SignIn) -> None:
        text = written()
        amber, bram, read = sign_in(cast["agent"]), sign_in(cast["coordinator"]), stamp(text)
        assert f'value="{read}"' in bram.get(f"{TEXTS}{text.pk}/").text
        assert amber.post(f"{TEXTS}{text.pk}/", data(text="Elke vrijdag.", read=read)).status_code == 302
        answer = bram.post(f"{TEXTS}{text.pk}/", data(text="Elke maandag.", read=read))
        assert answer.status_code == 422
        assert f"{cast['agent'].name} veranderde deze tekst intussen." in answer.text
        assert "Elke vrijdag." in answer.text
        assert "Elke maandag." in answer.text
        text.refresh_from_db()
        assert (text.text, text.written_by) == ("Elke vrijdag.", cast["agent"])
        again = data(text="Elke maandag.", read=stamp(text))
        assert f'value="{again["read"]}"' in answer.text  # what is sent the next time
        assert bram.post(f"{TEXTS}{text.pk}/", again).status_code == 302
        assert "Elke vrijdag." in bram.get(f"{TEXTS}{text.pk}/").text  # among the earlier versions

    def test_takes_no_text_that_does_not_say_what_was_read(self, cast: Cast, sign_in: SignIn) -> None:
        text = written()
        assert sign_in(cast["agent"]).post(f"{TEXTS}{text.pk}/", data()).status_code == 422
        text.refresh_from_db()
        assert text.text == "Grofvuil brengt u naar het recyclagepark."


class TestVersions:
    def test_show_what_stood_there_before(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["agent"])
        client.post(f"{TEXTS}nieuw/", data())
        text = StandardText.objects.get()
        client.post(f"{TEXTS}{text.pk}/", data(text="Elke vrijdag.", read=stamp(text)))
        html = client.get(f"{TEXTS}{text.pk}/").content.decode()
        assert html.index("Elke vrijdag.") < html.index("Vorige versies") < html.index("Elke donderdag.")

    def test_can_be_taken_up_again(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["agent"])
        client.post(f"{TEXTS}nieuw/", data())
        text = StandardText.objects.get()
        client.post(f"{TEXTS}{text.pk}/", data(text="Elke vrijdag.", read=stamp(text)))
        version = client.get(f"{TEXTS}{text.pk}/").context["versions"][0]
        client.post(f"{TEXTS}{text.pk}/versies/{version.pk}/")
        text.refresh_from_db()
        assert text.text == "Elke donderdag."


class TestFinding:
    @pytest.mark.parametrize("words", ["grofvuil", "recyclageparken", "grofvuill", "waar grofvuil"])
    def test_forgives_how_it_is_typed(self, cast: Cast, words: str) -> None:
        written()
        written("Een straatlamp brandt niet", text="Geef het nummer op de paal door.")
        assert [text.title for text in StandardText.objects.found_by(words)] == ["Waar kan ik met grofvuil terecht?"]

    def test_puts_first_what_has_the_words_in_its_title(self, cast: Cast) -> None:
        written("Wat met een dood dier?", text="Leg het niet bij het afval.")
        written("Wanneer wordt mijn afval opgehaald?", text="Op de kalender.")
        assert StandardText.objects.found_by("afval")[0].title == "Wanneer wordt mijn afval opgehaald?"

    def test_gives_those_of_a_subject_its_group_and_every_subject(self, cast: Cast) -> None:
        dumping = Category.objects.get(code="sluikstort")
        own, above, every = written("a", category=dumping), written("b", category=dumping.parent), written("c")
        written("d", category=Category.objects.get(code="straatverlichting"))
        assert set(StandardText.objects.about(dumping)) == {own, above, every}

    def test_asks_as_much_however_many_there_are(
        self, cast: Cast, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(12):
            written(f"Vraag {number}", category=Category.objects.get(code="sluikstort"))
        client = sign_in(cast["agent"])
        client.get(TEXTS)
        with django_assert_max_num_queries(13):
            client.get(TEXTS)


class TestStale:
    def test_says_so_from_its_day_on(self) -> None:
        text = StandardText(review_on=dt.date(2026, 11, 21))
        with time_machine.travel("2026-11-20T12:00:00+01:00"):
            assert not text.is_stale
        with time_machine.travel("2026-11-21T12:00:00+01:00"):
            assert text.is_stale


class TestVariables:
    def test_become_what_they_are_for_the_signal(self, report: Make) -> None:
        signal = report()
        said = filled_in("{onderwerp} in {plaats}, {gebied}: {referentie}. {later}", signal)
        assert said == f"Sluikstort in Overleiestraat, Overleie: {signal.reference}. {{later}}"
