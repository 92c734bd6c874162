import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from areas.address_import import SOURCE, Counts, Importer
from kortrijk_gebied.refused_rows import RefusalFile
from kortrijk_gebied.tables import Unreadable, opened

MOST_BYTES = 4 * 1024**3  # all of Flanders is half a gigabyte
SHOWN = 20


class Command(BaseCommand):
    help = "Import streets and addresses from the CSV file of the address register; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV, may be packed as .gz or .xz; all of Flanders is fine")
        parser.add_argument(
            "--complete", action="store_true", help="the file is the whole register: addresses not in it are removed"
        )
        parser.add_argument("--example", action="store_true", help="mark what is new as an example, not as real")
        parser.add_argument("--source", default=SOURCE, help="where the file comes from, shown beside new streets")
        parser.add_argument("--rejects", type=Path, help="write refused rows with their reason to this CSV file")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        # Commands run without a language; a refusal is read by the same people as a page.
        with translation.override("nl"):
            try:
                with path.open("rb") as file, opened(file, MOST_BYTES) as table, RefusalFile(table.header) as refusals:
                    importer = Importer(refusals.add, self._progress, options["example"], options["source"])
                    counts = importer.run(table.header, table.rows, complete=options["complete"])
                    self._tell(refusals, options["rejects"])
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}.") from None
            except Unreadable as reason:
                raise CommandError(str(reason)) from None
        self.stdout.write(str(counts))

    def _tell(self, refusals: RefusalFile, rejects: Path | None) -> None:
        for line, why in refusals.first(SHOWN):
            self.stderr.write(f"row {line}: {why}")
        if rejects:
            with rejects.open("wb") as target:
                refusals.copy_to(target)
        elif refusals.count > SHOWN:
            self.stderr.write(f"and {refusals.count - SHOWN} more: --rejects FILE keeps them all")

    def _progress(self, counts: Counts) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"{counts.rows} rows", ending="\r")
