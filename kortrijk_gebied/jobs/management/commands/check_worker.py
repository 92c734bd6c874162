"""Is the whole way of a job in order: row, broker, worker, row? For bin/demo --check and monitoring."""

import time
import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kortrijk_gebied.jobs.models import State, enqueue


class Command(BaseCommand):
    help = "Send a job round through the broker and a worker; fail when it does not come back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--timeout", type=float, default=30.0, help="seconds to wait")

    def handle(self, *, timeout: float, **options: Any) -> None:
        begun = time.monotonic()
        job = enqueue("round", key=f"round:{uuid.uuid4()}")
        try:
            while job.state != State.DONE:
                if job.state == State.FAILED or time.monotonic() - begun > timeout:
                    raise CommandError(f"No worker did the job within {timeout:.0f} s ({job.state}). {job.error}")
                time.sleep(0.1)
                job.refresh_from_db(fields=["state", "error"])
        finally:
            job.delete()
        self.stdout.write(f"A job went round in {time.monotonic() - begun:.2f} s.")
