"""Who reported reads in the mail about the end what they reported themselves, and nothing that others typed."""

from collections.abc import Callable

import pytest

from kortrijk_gebied.jobs.models import Message
from signals.closing_mail import previewed
from signals.intake import Contact, register
from signals.models import Signal
from tests.cast import OVERLEIE, Cast

pytestmark = pytest.mark.django_db

type Make = Callable[..., Signal]


@pytest.fixture
def shared(report: Make, cast: Cast) -> Signal:
    """Two people reported the same, each in their own words."""
    signal = report("Put in de weg", place="Bij An Peeters op 12", email="een@voorbeeld.example")
    register(
        Contact(
            category=signal.category, description="Die put.", place="Aan de kapel", longitude=OVERLEIE[0],
            latitude=OVERLEIE[1], email="twee@voorbeeld.example", registered_by=cast["agent"],
        ),
        join=signal,
    )  # fmt: skip
    signal.refresh_from_db()
    return signal


def mail_to(address: str) -> str:
    return Message.objects.get(key__startswith="closed:", to=address).body


class TestClosingMail:
    def test_names_the_place_of_each_reporter_alone(self, shared: Signal, cast: Cast) -> None:
        shared.close(by=cast["coordinator"], outcome="Hersteld.")
        first, second = mail_to("een@voorbeeld.example"), mail_to("twee@voorbeeld.example")
        assert "Uw melding: Put in de weg · Bij An Peeters op 12" in first
        assert "Uw melding: Put in de weg · Aan de kapel" in second
        assert "Peeters" not in second
        assert "kapel" not in first

    def test_is_shown_beforehand_without_the_place_of_one_of_them(self, shared: Signal) -> None:
        above, _below = previewed(shared)
        assert "Uw melding: (wat zij meldden)" in above
        assert "Peeters" not in above

    def test_without_a_place_names_the_subject(self, report: Make, cast: Cast) -> None:
        signal = report("Put in de weg", place="", email="een@voorbeeld.example")
        signal.close(by=cast["coordinator"], outcome="Hersteld.")
        assert "Uw melding: Put in de weg\n" in mail_to("een@voorbeeld.example")
