import pytest
from django.utils import timezone

from signals.demo import areawork_rota
from teams.models import Post, PostHolder, Rota, RotaTurn
from teams.rota import rules
from teams.rota.reading import plan_of
from teams.rota.rules import Rule
from tests.cast import Cast


@pytest.fixture
def rota(cast: Cast) -> Rota:
    for _twice in range(2):
        areawork_rota.create(cast)
    return Rota.objects.get()


class TestDemo:
    def test_has_twelve_wardens_over_five_zones_without_a_rule_broken(self, rota: Rota) -> None:
        version = rota.published
        assert version
        plan = plan_of(rota, version)
        assert len({turn.who for turn in plan.turns}) == 12
        assert {each.rule for each in rules.broken(plan)} <= {Rule.ORDER}

    def test_has_somebody_in_every_zone_today_and_a_draft_of_later(self, rota: Rota) -> None:
        held = PostHolder.objects.valid_on(timezone.localdate()).filter(post__area__set__code="binnenstad5")
        assert Post.objects.filter(pk__in=held.values("post")).count() == 5
        assert rota.draft
        assert RotaTurn.objects.filter(version=rota.draft).count() > RotaTurn.objects.filter(
            version=rota.published
        ).count()  # fmt: skip
