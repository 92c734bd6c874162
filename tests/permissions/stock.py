"""Things to lend for the matrix: in the first house of the city, and one loan of each kind that asks something."""

import datetime as dt

from django.utils import timezone

from reservations.models import Building, Equipment, Loan
from tests.cast import Cast

type Arguments = list[object]


def everything(people: Cast) -> dict[str, Arguments]:
    """Els of the city lends, and Joke of the OCMW, who does not share what for."""
    house = Building.objects.filter(owner__code="stad")[0]
    thing = Equipment.objects.create(code="proef", name="Proef", building=house, owner=house.owner, quantity=9)
    els, joke = people["gebiedswerker"], people["verpleegkundige"]
    starts = timezone.now() + dt.timedelta(days=3)
    of = {"equipment": thing, "title": "Proef", "quantity": 1, "starts": starts, "ends": starts + dt.timedelta(days=1)}
    mine = {**of, "organisation": els.organisation, "created_by": els}
    made = {
        "loan": Loan(**mine, state="confirmed"),
        "loan asked": Loan(**mine, state="asked"),
        "loan out": Loan(**mine, state="out", picked_up_at=timezone.now()),
        "loan not shared": Loan(
            **of, organisation=joke.organisation, created_by=joke, is_shared=False, state="confirmed"
        ),
    }
    Loan.objects.bulk_create(made.values())
    return {"equipment": [thing.code], **{name: [each.pk] for name, each in made.items()}}
