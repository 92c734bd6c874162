"""The street of the demo: enough to see every page of it with, made once."""

from signals.demo import areawork_flags
from signals.demo.accounts import create
from signals.models import PatrolRound, RoundActivity
from signals.presence import screening
from teams.models import AreaFlag, ShiftNote
from tests.cast import Cast


class TestStreet:
    def test_is_made_once(self, cast: Cast) -> None:
        people = create()
        for _twice in range(2):
            areawork_flags.create(people)
        assert (AreaFlag.objects.count(), ShiftNote.objects.count()) == (4, 2)
        assert any(flag.is_due for flag in AreaFlag.objects.open())
        assert any(seen.is_long_ago for seen in screening())
        assert RoundActivity.objects.filter(round__in=PatrolRound.objects.all()).exists()
