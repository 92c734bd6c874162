from typing import Any

from django.core.management.base import BaseCommand

from reservations.load_hours import load_hours
from reservations.school_holidays import load_school_holidays


class Command(BaseCommand):
    help = "Loads school holidays, and opening hours for the houses that have none. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"new school holidays {load_school_holidays()}")
        self.stdout.write(f"houses given hours {load_hours()}")
