"""What safety plans count by: a list that an administrator of the city changes."""

from teams.models.goals import Phenomenon

# The fourteen phenomena of the sources are counted there, not named: this is a list of our own
# (docs/decisions/051-plans-as-trees.md).
PHENOMENA = [
    "Woninginbraak", "Diefstal uit of aan voertuigen", "Fietsdiefstal", "Winkeldiefstal", "Vandalisme en graffiti",
    "Sluikstort en zwerfvuil", "Geluidsoverlast", "Drugsoverlast", "Overlast door jongeren", "Geweld in het uitgaan",
    "Intrafamiliaal geweld", "Verkeersonveiligheid aan scholen", "Oplichting en cybercriminaliteit", "Polarisering",
]  # fmt: skip


def seed_phenomena() -> None:
    """The list of phenomena. Safe to repeat: what an administrator renamed is not made again."""
    if not Phenomenon.objects.exists():
        Phenomenon.objects.bulk_create(
            [Phenomenon(name=name, position=place) for place, name in enumerate(PHENOMENA, start=1)]
        )
