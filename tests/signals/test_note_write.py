from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from signals.levels import Level
from signals.models import Note, Signal
from teams.models import User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


def write(client: Client, signal: Signal, **data: object) -> int:
    return client.post(reverse("signals:signal-notes", args=[signal.reference]), data).status_code


class TestNote:
    def test_is_kept_with_its_writer_and_level(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie")
        assert write(sign_in(cast["wijkinspecteur"]), signal, text="Ik ga langs.", level=Level.LIMITED) == 302
        note = Note.objects.get(signal=signal)
        assert (note.by, note.level, note.organisation.code) == (cast["wijkinspecteur"], Level.LIMITED, "politie")

    def test_sealed_is_kept_by_a_team_that_can_read_it(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie")
        assert write(sign_in(cast["wijkinspecteur"]), signal, text="Stil.", level=Level.SEALED) == 302
        note = Note.objects.get(signal=signal)
        assert note.team is not None
        assert note.team.code == "wijkwerking-noord"

    def test_cannot_be_sealed_by_who_reads_nothing_sealed(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie")
        assert write(sign_in(cast["coordinator"]), signal, text="Stil.", level=Level.SEALED) == 422
        assert not Note.objects.exists()

    def test_on_secret_matter_is_never_less_secret(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        joke = sign_in(cast["verpleegkundige"])
        assert write(joke, signal, text="Open nota.", level=Level.OPEN) == 422
        assert write(joke, signal, text="Gebeld.", level=Level.SEALED) == 302
        assert Note.objects.get().level == Level.SEALED

    @pytest.mark.parametrize("text", ["", "   "])
    def test_says_something(self, cast: Cast, sign_in: SignIn, report: Make, text: str) -> None:
        assert write(sign_in(cast["coordinator"]), report("Onveilige situatie"), text=text, level=0) == 422
