from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from areas.profile_import import read
from kortrijk_gebied.tables import Unreadable


class Command(BaseCommand):
    help = "Import profile figures of areas from CSV (docs/profielcijfers.md); safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV in the layout of an export of Provincies in Cijfers")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        with translation.override("nl"):  # a refusal is read by the same people as a page
            try:
                with path.open("rb") as file:
                    report = read(file)
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}.") from None
            except Unreadable as reason:
                raise CommandError(str(reason)) from None
        for refusal in report.refused:
            self.stderr.write(f"row {refusal.line}: {refusal.reason}")
        self.stdout.write(str(report))
