"""The news and figures of the demo city."""

import pytest

from areas.models import ProfileFigure
from signals.demo import areawork_bulletins
from teams.models import Bulletin, BulletinComment, DigestChoice
from tests.cast import Cast

pytestmark = pytest.mark.django_db


class TestDemo:
    def test_is_made_once(self, cast: Cast) -> None:
        counts = []
        for _again in range(2):
            areawork_bulletins.create(cast)
            counts.append([model.objects.count() for model in (Bulletin, BulletinComment, DigestChoice, ProfileFigure)])
        assert counts[0] == counts[1] == [len(areawork_bulletins.PIECES), 3, 2, 216]

    def test_holds_every_kind_and_audience(self, cast: Cast) -> None:
        areawork_bulletins.create(cast)
        assert set(Bulletin.objects.values_list("kind", flat=True)) == set(Bulletin.Kind.values)
        assert set(Bulletin.objects.values_list("audience", flat=True)) == {"internal", "partners", "public"}
