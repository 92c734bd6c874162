"""The care grid for the matrix: in the north, a line for everybody there and one that stays with the OCMW."""

from kortrijk_gebied.ids import uuid7
from teams.models import AttentionAppointment, ServicePoint, Team
from tests.cast import Cast
from tests.teams.care import YEAR, a_day, care, line

type Arguments = list[object]


def everything(people: Cast) -> dict[str, Arguments]:
    joke = people["verpleegkundige"]
    appointment = AttentionAppointment.objects.create(
        area=care(), programme="over_75", day=a_day(5), hour="10:00", team=Team.objects.get(code="sociale-dienst"),
        place=ServicePoint.objects.get(code="centrum-overleie"), by=joke,
    )  # fmt: skip
    return {
        "care year": ["zorg-2", YEAR],
        "line of the OCMW": [line(joke).pk],
        "internal line of the OCMW": [line(joke, audience="internal").pk],
        "service point": ["t-cirkant"],
        "move of a service point": ["t-cirkant", uuid7()],
        "attention appointment": [appointment.pk],
    }
