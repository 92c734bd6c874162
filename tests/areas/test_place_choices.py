"""The choices that come while somebody types a place."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from areas.models import Place
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("areas")


def asked(client: Client, words: str) -> str:
    return client.post(reverse("areas:place-choices"), {"q": words}).text


class TestChoices:
    @pytest.fixture
    def client(self, cast: Cast, sign_in: Callable[..., Client]) -> Client:
        return sign_in(cast["agent"])

    def test_carry_the_words_and_the_key_that_a_form_sends(self, client: Client) -> None:
        place = Place.objects.get(name="Overleiestraat")
        answer = asked(client, "overlijestraat")
        assert f'data-key="{place.pk}" data-text="Overleiestraat"' in answer
        assert 'role="option"' in answer

    def test_say_aloud_how_many_there_are(self, client: Client) -> None:
        assert "Kies met de pijltjes." in asked(client, "meensesteenweg")
        assert 'data-says="Geen plaats gevonden."' in asked(client, "qwxzvq")

    def test_say_what_is_an_example_and_what_the_register_does_not_have(self, client: Client) -> None:
        answer = asked(client, "Overleiestraat 99")
        assert "voorbeeld" in answer
        assert "niet in het register, bij 59" in answer

    def test_never_take_a_name_for_markup(self, client: Client) -> None:
        Place.objects.create(
            name="<b>Schuin</b>straat", kind="street", longitude=3.26, latitude=50.83, source="test", locality="Heule"
        )
        assert "&lt;b&gt;Schuin" in asked(client, "schuinstraat")

    def test_are_asked_by_post_so_that_no_log_keeps_the_words(self, client: Client) -> None:
        assert client.get(reverse("areas:place-choices"), {"q": "overleie"}).status_code == 405

    def test_need_no_token_which_would_give_a_visitor_a_cookie(self, kortrijk: None) -> None:
        answer = Client(enforce_csrf_checks=True).post(reverse("areas:place-choices"), {"q": "overleie"})
        assert answer.status_code == 200
        assert not answer.cookies

    def test_of_a_stranger_are_rationed_and_those_of_a_colleague_are_not(self, client: Client) -> None:
        stranger = Client()
        codes = [stranger.post(reverse("areas:place-choices"), {"q": "x"}).status_code for _time in range(61)]
        assert codes == [200] * 60 + [429]
        assert all(client.post(reverse("areas:place-choices"), {"q": "x"}).status_code == 200 for _time in range(61))
