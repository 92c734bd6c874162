"""The same form sent twice, by a double click or a slow line, does its work once."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from kortrijk_gebied.refusals import Refused
from signals.models import EventKind, Note, Share, Signal
from teams.models import Team
from tests.cast import Cast

type Make = Callable[..., Signal]


class TestTwice:
    def test_an_offer_within_the_organisation_is_one_task(self, cast: Cast, report: Make) -> None:
        signal, groen = report(), Team.objects.get(code="groen")
        signal.offer(team=groen, title="Snoeien", by=cast["coordinator"])
        with pytest.raises(Refused):
            signal.offer(team=groen, title="Snoeien", by=cast["coordinator"])

    def test_a_sentence_is_shared_once_so_that_ending_it_ends_it(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        for _time in range(2):
            signal.share(
                by=cast["verpleegkundige"], team=Team.objects.get(code="wijkwerking-noord"),
                text="Graag mee langsgaan.", legal_ground="Noodtoestand", purpose="Nagaan",
                expires_at=timezone.now() + dt.timedelta(days=7),
            )  # fmt: skip
        Share.objects.get().revoke(by=cast["verpleegkundige"])
        assert not Share.objects.current().exists()

    def test_a_note_is_kept_once(self, cast: Cast, report: Make) -> None:
        signal = report()
        notes = [signal.add_note(by=cast["coordinator"], text="Gebeld met de buur.") for _time in range(2)]
        assert notes[0] == notes[1]
        assert Note.objects.filter(signal=signal).count() == 1

    def test_a_note_that_somebody_else_writes_too_is_another(self, cast: Cast, report: Make) -> None:
        signal = report()
        signal.add_note(by=cast["coordinator"], text="Gebeld met de buur.")
        signal.add_note(by=cast["gebiedswerker"], text="Gebeld met de buur.")
        assert Note.objects.filter(signal=signal).count() == 2

    def test_a_lift_is_told_once(self, cast: Cast, report: Make) -> None:
        signal = report()
        signal.lift(by=cast["coordinator"])
        signal.lift(by=cast["coordinator"])
        assert signal.events.filter(kind=EventKind.LIFTED).count() == 1
