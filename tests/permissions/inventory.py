"""For the matrix: a line of the inventory of the area team of Overleie, with a figure; for all who work there."""

from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from teams.models import ActionFigure
from tests.cast import Cast
from tests.teams.inventory import action

type Arguments = list[object]


def everything(people: Cast) -> dict[str, Arguments]:
    made = action(people["gebiedswerker"])
    figure = ActionFigure.objects.create(
        pk=uuid7(), action=made, name="Zitplaatsen", value=4, source="Telling", measured_on=timezone.localdate()
    )
    return {
        "action": [made.reference], "step of an action": [made.reference, "plan"],
        "figure of an action": [made.reference, figure.pk],
    }  # fmt: skip
