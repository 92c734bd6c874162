from typing import Any

from django.core.management.base import BaseCommand

from reservations.load import load_buildings, load_rooms
from reservations.load_equipment import load_equipment
from reservations.prices.seed import sow
from reservations.school_holidays import load_school_holidays


class Command(BaseCommand):
    help = "Loads the buildings and rooms of Kortrijk from the committed tables. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"new buildings {load_buildings()}")
        self.stdout.write(f"new rooms {load_rooms()}")
        self.stdout.write(f"new equipment {load_equipment()}")
        self.stdout.write(f"new school holidays {load_school_holidays()}")
        sow()
