from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reservations.demo import doings, feeds, loans, prices, priority, register, year
from reservations.demo.photos import hang_some
from teams.models import Function, User


class Command(BaseCommand):
    help = "Fills the rooms of the demo city with bookings around today. Where there are any it does nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--weeks", type=int, default=52, help="how many, three quarters of them past")

    def handle(self, *args: Any, **options: Any) -> None:
        if not year.is_loaded():
            self.stdout.write(f"bookings {year.load(options['weeks'])}")
        if not priority.is_loaded():
            self.stdout.write(f"hours kept {priority.load()}")
        if not loans.is_loaded():
            self.stdout.write(f"loans {loans.load()}")
        if not register.is_loaded():
            self.stdout.write(f"contacts {register.load()}")
        if not doings.is_loaded():
            self.stdout.write(f"activities {doings.load()}")
        if not feeds.is_loaded():
            self.stdout.write(f"calendars {feeds.load()}")
        if not prices.is_loaded():
            self.stdout.write(f"prices said {prices.load()}")
        keeper = User.objects.filter(memberships__function=Function.BUILDING_MANAGER).order_by("pk").first()
        if keeper is not None and (hung := hang_some(by=keeper)):
            self.stdout.write(f"photos of houses {hung}")
