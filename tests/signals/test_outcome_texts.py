"""A signal is closed with a standard text, filled in for it, or with a sentence of one's own."""

from collections.abc import Callable

import pytest
from django.test import Client

from signals.models import Category, Signal, StandardText
from teams.models import Organisation, User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


@pytest.fixture
def text(cast: Cast) -> StandardText:
    return StandardText.objects.create(
        organisation=Organisation.objects.get(code="stad"), use="outcome", title="Nagekeken",
        category=Category.objects.get(code="onveilige-situatie"), text="Nagekeken in {plaats}.",
    )  # fmt: skip


def close(client: Client, signal: Signal, **data: str) -> int:
    return client.post(f"/signalen/{signal.reference}/afronding/", data).status_code


class TestStandardText:
    def test_is_offered_filled_in(self, cast: Cast, sign_in: SignIn, report: Make, text: StandardText) -> None:
        signal = report("Onveilige situatie")
        shown = sign_in(cast["coordinator"]).get(f"/signalen/{signal.reference}/?doe=closure").content.decode()
        assert 'data-text="Nagekeken in Overleiestraat."' in shown

    def test_alone_is_the_outcome(self, cast: Cast, sign_in: SignIn, report: Make, text: StandardText) -> None:
        signal = report("Onveilige situatie")
        assert close(sign_in(cast["coordinator"]), signal, standard=str(text.pk), outcome="") == 302
        signal.refresh_from_db()
        assert signal.outcome == "Nagekeken in Overleiestraat."

    def test_gives_way_to_what_was_typed(self, cast: Cast, sign_in: SignIn, report: Make, text: StandardText) -> None:
        signal = report("Onveilige situatie")
        close(sign_in(cast["coordinator"]), signal, standard=str(text.pk), outcome="Hersteld.")
        signal.refresh_from_db()
        assert signal.outcome == "Hersteld."

    def test_of_another_subject_is_not_offered(
        self, cast: Cast, sign_in: SignIn, report: Make, text: StandardText
    ) -> None:
        signal = report("Leegstand en verloedering")
        shown = sign_in(cast["coordinator"]).get(f"/signalen/{signal.reference}/?doe=closure").content.decode()
        assert "Nagekeken in" not in shown


class TestWarning:
    def test_comes_once_before_a_phone_number_is_mailed(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal, bram = report("Onveilige situatie"), sign_in(cast["coordinator"])
        assert close(bram, signal, outcome="Bel 0470 12 34 56.") == 422
        assert close(bram, signal, outcome="Bel 0470 12 34 56.", weighed="phone") == 302
