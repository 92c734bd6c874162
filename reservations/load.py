"""The buildings Kortrijk starts with, from the committed table, each with its source.

What was not found stays empty; an administrator or building manager fills it in.
"""

import csv
from pathlib import Path

from django.db import transaction

from areas.models import Area
from reservations.models import Building
from teams.access import grant
from teams.models import Organisation, Team

TABLE = Path(__file__).parent / "fixtures" / "buildings.csv"
WORKING_SET = "gebieden17"
# Which team keeps the buildings of an organisation.
KEEPERS = {"stad": "gebouwen", "ocmw": "sociaal-huis", "politie": "coordinatie-politie"}
RIGHTS = ("view", "book", "approve", "manage")


@transaction.atomic
def load_buildings() -> int:
    """Add what is missing and touch nothing else; the number of new buildings. Organisations must be there."""
    organisations = {organisation.code: organisation for organisation in Organisation.objects.all()}
    areas = {area.name: area for area in Area.objects.current().in_set(WORKING_SET)}
    keepers = {team.code: team for team in Team.objects.filter(code__in=KEEPERS.values())}
    new = 0
    with TABLE.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            building, created = Building.objects.get_or_create(
                code=row["code"],
                defaults={
                    "name": row["name"],
                    "kind": row["kind"],
                    "owner": organisations[row["owner"]],
                    "area": areas.get(row["area"]),
                    "address": row["address"],
                    "phone": row["phone"],
                    "source": row["source"],
                    "is_example": row["is_example"] == "1",
                },
            )
            new += created
            if keeper := keepers.get(KEEPERS[row["owner"]]):
                for action in RIGHTS:
                    grant(keeper, action, building)
    return new
