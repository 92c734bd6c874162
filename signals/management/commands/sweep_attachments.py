from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from signals.attaching.sweeping import sweep


class Command(BaseCommand):
    help = "Compares photos and documents with their rows: deletes orphans, marks what is lost, asks for thumbnails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--look", action="store_true", help="only say what would be done")

    def handle(self, *args: Any, look: bool, **options: Any) -> None:
        found = sweep(look_only=look)
        self.stdout.write(
            f"{len(found.orphans)} orphans, {len(found.lost)} lost, {len(found.back)} back, "
            f"{found.thumbnails} thumbnails to be made"
        )
        for name in (*found.orphans, *found.lost):
            self.stdout.write(f"  {name}")
