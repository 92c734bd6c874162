from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from areas.models import AreaSet
from areas.succession import former_version
from kortrijk_gebied.jobs.models import State
from kortrijk_gebied.jobs.tasks import run_job
from signals.succession import Move, adoption, relocate


class Command(BaseCommand):
    help = "Let teams and open signals follow a division of the city that was imported; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("set", help="code of the area set, such as gebieden17")

    def handle(self, *args: Any, **options: Any) -> None:
        area_set = AreaSet.objects.current().filter(code=options["set"]).first()
        if area_set is None:
            raise CommandError(f"No area set {options['set']} holds today.")
        followed = False
        if former_version(area_set):
            job = adoption(area_set)
            if job.state != State.DONE:
                run_job(str(job.pk))
                job.refresh_from_db()
                if job.state != State.DONE:
                    raise CommandError(f"Not done yet: {job.state}, perhaps by a worker. {job.error}")
                followed, moved = True, job.result["moved"]
        if not followed:  # teams followed before, or the borders were corrected in place
            moved = relocate(Move(area_set))
        self.stdout.write(f"{area_set} from {area_set.valid_from}: {moved} open signals moved")
