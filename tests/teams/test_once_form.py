"""What a form says when the database refuses: who was beaten hears that, who typed what may not be hears that."""

import datetime as dt

import pytest
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from teams.access import access_of
from teams.flags.forms import FlagForm
from teams.models import Team
from tests.cast import Cast, area
from tests.teams.flags import flag_of

BEATEN = "Iemand anders wijzigde dit net."


def filled(cast: Cast) -> FlagForm:
    today = timezone.localdate()
    typed = {
        "key": str(uuid7()), "kind": "risk", "areas": [area("Overleie").pk], "place": "Brug", "reason": "Glad.",
        "source": "screening", "starts": today, "review_on": today + dt.timedelta(days=60), "audience": "partners",
        "team": Team.objects.get(code="gebiedsteam-overleie-pius-x").pk,
    }  # fmt: skip
    return FlagForm(typed, viewer=access_of(cast["gebiedswerker"]))


class TestWhatTheDatabaseRefuses:
    def test_is_told_in_the_words_of_its_rule(self, cast: Cast) -> None:
        form = filled(cast)
        assert not form.saved(lambda: flag_of(cast, days=85))
        assert form.non_field_errors() == ["Herbekijk het binnen 184 dagen: niets is voor altijd een aandachtsgebied."]

    def test_without_words_is_not_called_the_work_of_somebody_else(
        self, cast: Cast, caplog: pytest.LogCaptureFixture
    ) -> None:
        form = filled(cast)
        assert not form.saved(lambda: flag_of(cast, kind="unknown"))
        assert [str(said).startswith("Dit kan zo niet bewaard worden.") for said in form.non_field_errors()] == [True]
        assert "FlagForm lets through what areaflag_kind_known refuses" in caplog.text

    def test_is_the_work_of_somebody_else_when_it_is_there_already(self, cast: Cast) -> None:
        form, there = filled(cast), flag_of(cast)
        assert not form.saved(lambda: there.save(force_insert=True))
        assert [str(said).startswith(BEATEN) for said in form.non_field_errors()] == [True]
