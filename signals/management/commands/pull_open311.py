import datetime as dt
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from signals.models import Category
from signals.open311.client import PullFailed, Server
from signals.open311.pulling import Puller

KEY = "OPEN311_KEY"  # not an option: what is typed after a command, everybody on the machine can see


class Command(BaseCommand):
    help = "Take over what was reported at another server of Open311 (GeoReport v2). May be repeated."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", help="its endpoint, such as https://api.city.example/open311/v2")
        parser.add_argument("--since", type=_day, help="first day, YYYY-MM-DD; 30 days ago when left out")
        parser.add_argument("--until", type=_day, help="last day, YYYY-MM-DD; today when left out")
        parser.add_argument("--subject", action="append", default=[], metavar="THEIRS=OURS",
                            help="our code of a subject for a service of theirs; may be repeated")  # fmt: skip
        parser.add_argument("--service", default="", help="only these services of theirs, separated by commas")
        parser.add_argument("--jurisdiction", default="", help="jurisdiction_id, where the server has several")
        parser.add_argument("--source", default="", help="what their numbers begin with here; the host when left out")
        parser.add_argument("--json", action="store_true", help="ask for JSON instead of XML")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        server = Server(
            options["url"], key=os.environ.get(KEY, ""), jurisdiction=options["jurisdiction"],
            form="json" if options["json"] else "xml",
        )  # fmt: skip
        now = timezone.now()
        since = options["since"] or now - dt.timedelta(days=30)
        until = min(now, options["until"] + dt.timedelta(days=1)) if options["until"] else now
        puller = Puller(
            source=options["source"] or server.host, subjects=_subjects(options["subject"]),
            refused=lambda number, reason: self.stdout.write(f"{number or '?'}: {reason}"), dry_run=options["dry_run"],
        )  # fmt: skip
        try:
            for rows in server.requests(since, until, codes=options["service"]):
                puller.take(rows)
        except PullFailed as error:
            self.stdout.write(puller.result)
            raise CommandError(
                _("Broken off: %(reason)s What was taken stays; run it again.") % {"reason": error}
            ) from error
        self.stdout.write(puller.result)


def _day(text: str) -> dt.datetime:
    return timezone.make_aware(dt.datetime.strptime(text, "%Y-%m-%d"))


def _subjects(pairs: list[str]) -> dict[str, str]:
    subjects = {}
    for pair in pairs:
        theirs, equals, ours = pair.partition("=")
        if not equals or not Category.objects.choosable().filter(code=ours).exists():
            raise CommandError(_("“%(pair)s” names no subject of ours after the =.") % {"pair": pair})
        subjects[theirs] = ours
    return subjects
