from typing import Any

from django.core.management.base import BaseCommand

from reservations.load import load_buildings


class Command(BaseCommand):
    help = "Loads the buildings of Kortrijk from the committed table. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"new buildings {load_buildings()}")
