from typing import Any

from django.core.management.base import BaseCommand

from reservations.load import load_buildings
from reservations.school_holidays import load_school_holidays


class Command(BaseCommand):
    help = "Loads the buildings of Kortrijk and the school holidays from the committed tables. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"new buildings {load_buildings()}")
        self.stdout.write(f"new school holidays {load_school_holidays()}")
