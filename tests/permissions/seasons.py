"""For the matrix: a season of the city in which the OCMW asks, and hours that the OCMW has in the city's building."""

import datetime as dt

from django.utils import timezone

from reservations.models import Allocation, Building, SeasonRequest
from reservations.seasons.giving import give
from tests.cast import Cast
from tests.reservations.seasons import season

type Arguments = list[object]


def everything(people: Cast) -> dict[str, Arguments]:
    building = Building.objects.filter(owner__code="stad")[0]
    joke, today = people["verpleegkundige"], timezone.localdate()
    ocmw = joke.organisation
    spring = season(building)
    asked = SeasonRequest.objects.create(
        season=spring, organisation=ocmw, created_by=joke, title="Proef", persons=5, weekdays=[1],
        start_time=dt.time(9), end_time=dt.time(10), is_shared=False,
    )  # fmt: skip
    hours = Allocation(
        room=building.rooms.in_use()[0], organisation=ocmw, weekdays=[3], start_time=dt.time(9), end_time=dt.time(10),
        first_on=today, last_on=today + dt.timedelta(days=20), why="Proef", release_days=1,
    )  # fmt: skip
    give(hours, by=people["gebouwbeheerder"])
    return {"season": [spring.pk], "request for the season": [asked.pk], "hours kept": [hours.pk]}
