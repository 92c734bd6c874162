from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reservations.demo import year


class Command(BaseCommand):
    help = "Fills the rooms of the demo city with bookings around today. Where there are any it does nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--weeks", type=int, default=52, help="how many, three quarters of them past")

    def handle(self, *args: Any, **options: Any) -> None:
        if not year.is_loaded():
            self.stdout.write(f"bookings {year.load(options['weeks'])}")
