"""Things to lend for the pages of a browser: with long words, and a loan of each kind that asks something."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from reservations.models import Building, Equipment, Loan
from teams.models import User

LONG = "Aanhangwagengeluidsversterkingsinstallatieverlengkabelhaspel"
A_DAY = dt.timedelta(days=1)


@transaction.atomic
def stock(people: dict[str, User]) -> dict[str, str]:
    house = Building.objects.get(code="oc-marke")
    thing = Equipment.objects.create(
        code="lang", name=LONG, building=house, owner=house.owner, quantity=90, unusable=3, unit="stukken van 2 m",
        condition=f"{LONG}. " * 6,
    )  # fmt: skip
    now, els = timezone.now(), people["gebiedswerker"]
    of = {"equipment": thing, "title": LONG, "organisation": els.organisation, "created_by": els, "quantity": 20}
    loans = [
        Loan(**of, starts=now - 9 * A_DAY, ends=now - 5 * A_DAY, state="out", picked_up_at=now - 9 * A_DAY),
        Loan(**of, starts=now - A_DAY, ends=now + A_DAY / 4, state="out", picked_up_at=now - A_DAY),
        Loan(**of, starts=now + A_DAY / 8, ends=now + A_DAY, state="confirmed"),
        Loan(**of, starts=now + 5 * A_DAY, ends=now + 6 * A_DAY, state="asked"),
    ]
    Loan.objects.bulk_create(loans)
    return {"thing": thing.get_absolute_url(), "loan": loans[0].get_absolute_url()}
