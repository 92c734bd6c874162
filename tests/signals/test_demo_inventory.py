"""The inventory of the demo city."""

from signals.demo import areawork_inventory
from signals.models import ActionEvidence, Signal
from teams.models import Action
from tests.cast import Cast


class TestInventoryOfTheDemo:
    def test_has_something_of_every_kind_once(self, cast: Cast) -> None:
        for _time in range(2):
            areawork_inventory.create(cast)
        assert Action.objects.count() == len(areawork_inventory.LINES) == 25
        assert set(Action.objects.values_list("kind", flat=True)) == set(Action.Kind.values)
        assert set(Action.objects.values_list("status", flat=True)) == set(Action.Status.values)

    def test_shows_where_the_shuttle_came_from(self, cast: Cast) -> None:
        areawork_inventory.create(cast)
        shuttle = Action.objects.get(title__endswith=areawork_inventory.SHUTTLE.title)
        assert ActionEvidence.objects.filter(action=shuttle).count() == 2
        assert Signal.objects.count() == 2
