from typing import Any

from django.core.management.base import BaseCommand

from areas.load import load_areas


class Command(BaseCommand):
    help = "Load the committed area sets, police wards and places; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_areas()
        self.stdout.write(f"area sets {loaded.sets}, new areas {loaded.areas}, new places {loaded.places}")
