import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kortrijk_gebied.refused_rows import RefusalFile
from kortrijk_gebied.tables import Unreadable, opened
from signals.importing.importer import Counts, Importer
from signals.importing.mapping import DEFAULT, NAMED
from signals.importing.rows import RowReader


class Command(BaseCommand):
    help = "Import reports from a CSV or XLSX file. A second time it changes nothing; nobody gets a mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=".csv or .xlsx; a .csv may be packed as .gz or .xz")
        parser.add_argument("--mapping", choices=sorted(NAMED), default=DEFAULT, help="which column holds what")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--rejects", type=Path, help="write refused rows with their reason to this CSV file")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as file, opened(file) as table, RefusalFile(table.header) as refusals:
                reader = RowReader(NAMED[options["mapping"]], table.header)
                counts = Importer(refusals.add, self._progress, dry_run=options["dry_run"]).run(reader, table.rows)
                for line, why in refusals.first(20):
                    self.stderr.write(f"row {line}: {why}")
                if options["rejects"]:
                    options["rejects"].write_bytes(refusals.content())
        except FileNotFoundError:
            raise CommandError(f"{path} does not exist.") from None
        except Unreadable as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write(str(counts))

    def _progress(self, counts: Counts) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"{counts.rows} rows", ending="\r")
