import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from signals.demo import city


class Command(BaseCommand):
    help = "Load the demo city: two years of reports around people who do not exist. A second time it does nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if city.is_loaded():
            self.stdout.write("The demo city is loaded already.")
            return
        begun = time.monotonic()
        self.stdout.write("Loading the demo city; this takes one to three minutes.")
        city.load(self._say)
        call_command("load_buildings", verbosity=0)  # by name: rooms and signals do not know each other
        self.stdout.write(f"demo city loaded in {time.monotonic() - begun:.0f} s")

    def _say(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()
