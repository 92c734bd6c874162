import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from areas.borders import SYSTEMS, import_borders
from kortrijk_gebied.refusals import Refused


class Command(BaseCommand):
    help = "Replace the borders of an area set by those of a GeoJSON file; what was is kept as history."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--set", dest="set_code", required=True, help="code of the area set, such as gebieden17")
        parser.add_argument("--srid", type=int, choices=SYSTEMS, default=SYSTEMS[0])
        parser.add_argument(
            "--valid-from",
            type=dt.date.fromisoformat,
            help="first day of the new division; without it the present borders are corrected",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Commands run without a language; a refusal is read by the same people as a page.
        with translation.override("nl"):
            try:
                area_set = import_borders(
                    options["file"],
                    set_code=options["set_code"],
                    srid=options["srid"],
                    valid_from=options["valid_from"],
                )
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{area_set.code} from {area_set.valid_from}: {area_set.areas.count()} areas")
        self.stdout.write(
            f"Teams and open signals follow within the hour it begins, or at once: adopt_areas {area_set.code}"
        )
