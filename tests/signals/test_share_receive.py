"""Who can be told a sentence: a team of one organisation."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from kortrijk_gebied.refusals import Refused
from signals.models import Share, Signal
from teams.models import Team
from tests.cast import Cast

type Make = Callable[..., Signal]


class TestReceiver:
    @pytest.mark.parametrize(("code", "may"), [("gebiedsteam-overleie-pius-x", False), ("wijkwerking-noord", True)])
    def test_is_no_joint_team(self, cast: Cast, report: Make, code: str, may: bool) -> None:
        def give() -> None:
            report("Bezorgd om iemand").share(
                by=cast["verpleegkundige"], team=Team.objects.get(code=code), text="Graag mee langsgaan.",
                legal_ground="Noodtoestand", purpose="Nagaan", expires_at=timezone.now() + dt.timedelta(days=7),
            )  # fmt: skip

        if may:
            give()
        else:
            with pytest.raises(Refused):
                give()
        assert Share.objects.exists() == may
