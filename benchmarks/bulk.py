"""Ten thousand signals ended at once by somebody who may steer all but ten: how long, what memory, and is it right?

    python -m benchmarks.bulk [ROWS]

Uses an empty database of its own on the server of DATABASE_URL (as tests do), removed afterwards. A tenth of the rows
is done first, and undone; a ratio of 10 means that the time grows with the rows and no faster. CPU is what this process
needed of it: on a busy machine the clock tells of others too.
"""

import datetime as dt
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

NOT_OURS = 10
COLUMNS = ("what", "tenth", "all", "ratio", "ms/row", "CPU", "ratio", "MB")


def main() -> None:
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    django.setup()
    from django.db import connection
    from django.utils import translation

    name = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"benchmark_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    try:
        with translation.override("nl"):
            fill(rows)
            compare(rows)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def fill(rows: int) -> None:
    """Rubbish in the north, each with a reporter who waits for a mail and a task that runs; ten are the police's."""
    from django.db import connection

    from areas.load import load_areas
    from areas.locate import locate
    from signals import seed as signal_seed
    from signals.contacts import Contact, draft, fresh_references, write
    from signals.demo import accounts
    from signals.models import Category, Signal
    from signals.routing import Router
    from teams import seed as team_seed
    from teams.models import Organisation

    load_areas()
    team_seed.seed()
    signal_seed.seed()
    accounts.create()
    category, router = Category.objects.select_related("owner").get(code="sluikstort"), Router()
    here = locate(3.2620, 50.8335, on=dt.date.today())
    for number, reference in enumerate(fresh_references(rows)):
        if number % 1_000 == 0:
            some: list[Any] = []
        contact = Contact(
            category=category, description=f"Een zetel, nummer {number}.", place=f"Overleiestraat {number}",
            longitude=3.2620, latitude=50.8335, location=here, email=f"melder{number}@voorbeeld.example",
        )  # fmt: skip
        some.append(draft(contact, router, reference))
        if len(some) == 1_000 or number == rows - 1:
            write(some)
    police = Organisation.objects.get(code="politie")
    for part in (rows // 10, rows):  # half of them in each of the two measurements
        keys = Signal.objects.order_by("pk").values_list("pk", flat=True)[part - NOT_OURS // 2 : part]
        Signal.objects.filter(pk__in=list(keys)).update(owner=police, team=None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def compare(rows: int) -> None:
    """The last tenth of the rows, taken back again; then all of them."""
    tenth, whole = measure(rows // 10), measure(rows)
    say("  ".join(f"{column:>10}" for column in COLUMNS))
    for what, (seconds, processor, megabytes) in whole.items():
        before, processor_before, _megabytes = tenth[what]
        cells = [f"{before:.2f} s", f"{seconds:.2f} s", f"{seconds / before:.1f}", f"{1000 * seconds / rows:.1f}",
                 f"{processor:.2f} s", f"{processor / processor_before:.1f}", f"{megabytes:.0f}"]  # fmt: skip
        say("  ".join(f"{cell:>10}" for cell in (what, *cells)))


def measure(rows: int) -> dict[str, tuple[float, float, float]]:
    from kortrijk_gebied.jobs.models import Job, Message, State
    from kortrijk_gebied.jobs.registry import perform
    from signals import bulk as acting
    from signals.models import Act, Bulk, Signal
    from signals.workflow import SignalStatus
    from teams.access import access_of
    from teams.models import User

    bram = User.objects.select_related("organisation").get(email="coordinator@kortrijk.example")
    chosen = Signal.objects.filter(pk__in=Signal.objects.order_by("pk").values("pk")[:rows]).order_by("pk")
    figures: dict[str, tuple[float, float, float]] = {}

    def timed(what: str, do: Callable[[], Any]) -> Any:
        began, processor = time.perf_counter(), time.process_time()
        result = do()
        figures[what] = (time.perf_counter() - began, time.process_time() - processor, resident_megabytes())
        return result

    def worked(bulk: Bulk) -> None:
        job = Job.objects.claim(bulk.job_id)
        if job is None:
            raise SystemExit("So few rows are done at once, not by a worker: ask for more.")
        perform(job)
        check("progress", job.progress, rows)
        bulk.refresh_from_db()

    bulk = timed("choose", lambda: acting.choose(chosen, viewer=access_of(bram), by=bram, act=Act.CLOSE))
    timed("start", lambda: acting.start(bulk, details={"outcome": "Alles is opgeruimd."}))
    timed("do", lambda: worked(bulk))
    steered = rows - bulk.rows.filter(signal__owner__code="politie").count()
    refused = bulk.rows.filter(state="refused")
    mails = Message.objects.filter(key__startswith="closed:", state=State.WAITING)
    check("ended", Signal.objects.filter(status=SignalStatus.CLOSED).count(), steered)
    check("refused, each with its reason", refused.exclude(words="").count(), rows - steered)
    check("mails that wait until it can no longer be undone", mails.filter(run_after=bulk.undo_until).count(), steered)
    timed("undo", lambda: acting.undo(bulk))
    timed("take back", lambda: worked(bulk))
    check("open again", Signal.objects.open().count(), Signal.objects.count())
    check("rows that say so", bulk.rows.filter(state="undone").count(), steered)
    check("mails withdrawn", mails.count(), 0)
    return figures


def check(what: str, found: int, expected: int) -> None:
    say(f"{what}: {found}" + ("" if found == expected else f", NOT {expected}"))


def resident_megabytes() -> float:
    """What the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
