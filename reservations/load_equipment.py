"""The things to lend that Kortrijk starts with, from the committed table: no source names any, so all are examples."""

from reservations.load import rows
from reservations.models import Building, Equipment


def load_equipment() -> int:
    """Add what is missing and touch nothing else; the number of new ones. Buildings must be there."""
    buildings = {building.code: building for building in Building.objects.select_related("owner")}
    known = set(Equipment.objects.values_list("code", flat=True))
    return len(
        Equipment.objects.bulk_create(
            Equipment(
                code=row["code"],
                name=row["name"],
                building=buildings[row["building"]],
                owner=buildings[row["building"]].owner,
                quantity=int(row["quantity"]),
                unusable=int(row["unusable"]),
                unit=row["unit"],
                condition=row["condition"],
                is_portable=row["is_portable"] == "1",
                needs_approval=row["needs_approval"] == "1",
                source=row["source"],
                is_example=row["is_example"] == "1",
            )
            for row in rows("equipment")
            if row["code"] not in known and row["building"] in buildings
        )
    )
