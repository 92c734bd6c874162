"""Draft the reports of a month now, and send them when asked. Repeating it makes nothing twice."""

import datetime as dt
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from areas.models import Area, AreaSet
from teams import reports


def month(text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y-%m").date()
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is not a month; write it as 2026-11") from error


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", type=month, required=True, help="as 2026-11")
        parser.add_argument("--area", help="code of one area of the working set; without it, all")
        parser.add_argument("--send", action="store_true", help="make the PDFs and write the mails now")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["month"] > timezone.localdate():
            raise CommandError(f"{options['month']:%Y-%m} has not begun yet.")
        for report in reports.draft(options["month"], self._area(options["area"])):
            was_sent = report.is_sent
            if options["send"]:
                report = reports.send(report.pk)
            done = "sent already" if was_sent else "sent" if report.is_sent else "drafted"
            self.stdout.write(f"{report.month:%Y-%m} {report.area.code} {report.organisation.code}: {done}")

    def _area(self, code: str | None) -> Area | None:
        if code is None:
            return None
        try:
            return Area.objects.current().get(code=code, set__kind=AreaSet.Kind.WORKING)
        except Area.DoesNotExist as error:
            raise CommandError(f"There is no area {code} in the working set.") from error
