"""Give the tablets a new key of the city to seal to."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from signals.field import keys


class Command(BaseCommand):
    help = (
        "Makes a new city key; tablets seal to it from their next contact on. The former keys stay, for what still "
        "waits on tablets is sealed to them. With --forget-retired also those go: only when the page of the tablets "
        "shows that none was seen before the rotation with something waiting, for nobody opens that ever again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--forget-retired", action="store_true", help="delete former keys instead of making one")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["forget_retired"]:
            gone = keys.forget_retired()
            self.stdout.write(f"Forgotten: {', '.join(gone) or 'none'}.")
            return
        self.stdout.write(f"Tablets seal to {keys.rotate().pk} from now on.")
