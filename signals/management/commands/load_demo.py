import time
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from signals.demo import city


class Command(BaseCommand):
    help = "Load the demo city: two years of reports around people who do not exist. A second time it does nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--weeks", type=int, default=52, help="of bookings, three quarters of them past")

    def handle(self, *args: Any, **options: Any) -> None:
        if city.is_loaded():
            self.stdout.write("The demo city is loaded already.")
            self._rooms(options["weeks"])
            return
        begun = time.monotonic()
        self.stdout.write("Loading the demo city; this takes one to ten minutes, by how busy the machine is.")
        city.load(self._say)
        self._rooms(options["weeks"])
        self.stdout.write(f"demo city loaded in {time.monotonic() - begun:.0f} s")

    def _rooms(self, weeks: int) -> None:
        """By name: rooms and signals do not know each other. What is there already is let be."""
        call_command("load_buildings", stdout=StringIO())
        call_command("load_hours", stdout=StringIO())
        call_command("load_demo_bookings", weeks=weeks, stdout=self.stdout)

    def _say(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()
