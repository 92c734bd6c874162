"""A season with too many words in it, and hours that are kept, for the pages of a browser."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from reservations.models import Allocation, Association, Building, SeasonRequest
from reservations.seasons.deciding import keep
from reservations.seasons.giving import give
from teams.models import User
from tests.reservations.seasons import season

LONG = "Turnkringjeugdwerkingsverantwoordelijkenoverlegcomité"


@transaction.atomic
def seasons(people: dict[str, User]) -> dict[str, str]:
    house = Building.objects.get(code="oc-bissegem")
    nele, els, today = people["gebouwbeheerder"], people["gebiedswerker"], timezone.localdate()
    room = house.rooms.in_use().order_by("pk")[0]
    club = Association.objects.create(name=LONG, is_example=True)
    spring = season(house, name=f"Voorjaar {LONG}")
    wishes = [
        SeasonRequest(
            season=spring, association=club, created_by=els, title=f"{LONG} {number}", persons=10, weekdays=[1],
            start_time=dt.time(19), end_time=dt.time(20, 30), for_youth=bool(number % 2),
        )
        for number in range(12)
    ]  # fmt: skip
    SeasonRequest.objects.bulk_create(wishes)
    keep(spring, by=nele)
    hours = Allocation(
        room=room, association=club, weekdays=[0, 2], start_time=dt.time(13), end_time=dt.time(15), first_on=today,
        last_on=today + dt.timedelta(days=120), why=LONG, release_days=14,
    )  # fmt: skip
    give(hours, by=nele)
    return {
        "season": spring.get_absolute_url(),
        "season-request": wishes[0].get_absolute_url(),
        "hours-kept": hours.get_absolute_url(),
    }
