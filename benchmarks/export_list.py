"""How fast a list of a hundred thousand signals leaves as a file, when it begins, and how much memory it takes.

    python -m benchmarks.export_list [ROWS]

Uses an empty database of its own on the server of DATABASE_URL (as tests do), removed afterwards.
"""

import datetime as dt
import os
import resource
import sys
import time
from pathlib import Path

import django


def main() -> None:
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    django.setup()
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"benchmark_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        fill(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
        measure("csv")
        measure("xlsx")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def fill(rows: int) -> None:
    from django.db import connection
    from django.utils import timezone

    from areas.load import load_areas
    from areas.models import Area
    from kortrijk_gebied.bulk import copy_in
    from signals import seed as signal_seed
    from signals.demo import accounts
    from signals.models import Category, Signal
    from teams import seed as team_seed

    load_areas()
    team_seed.seed()
    signal_seed.seed()
    accounts.create()
    category = Category.objects.select_related("owner").get(code="sluikstort")
    area, now = Area.objects.get(set__code="gebieden17", code="overleie"), timezone.now()
    copy_in(
        Signal,
        [
            Signal(
                reference=f"S-{number:06d}", category=category, owner=category.owner, area=area, area_ids=[area.pk],
                place=f"Overleiestraat {number}", description="Een zetel en tien zakken naast de glascontainer. " * 3,
                reported_at=now - dt.timedelta(minutes=number), last_reported_at=now, due_at=now,
            )
            for number in range(rows)
        ],
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE signals_signal")


def measure(form: str) -> None:
    from signals.export import Exporting
    from signals.filters import Filters
    from signals.inbox import Inbox, Tab
    from signals.models import Export
    from teams.access import access_of
    from teams.models import User

    user = User.objects.select_related("organisation").get(email="coordinator@kortrijk.example")
    assert user.organisation  # noqa: S101  the demo gave one
    taken = Export.objects.create(by=user, organisation=user.organisation, form=form, tab=Tab.ALL)
    parts = Exporting(Inbox(access_of(user), Tab.ALL, Filters()), user, taken).parts()
    begun, processor, sizes, after = time.perf_counter(), time.process_time(), [], []
    for part in parts:
        sizes.append(len(part))
        after.append((time.perf_counter() - begun, resident_megabytes()))
    seconds = after[-1][0]
    first = next((when for (when, _memory), size in zip(after, sizes, strict=True) if size > 10_000), seconds)
    speed = f"{seconds:.1f} s, {taken.rows / seconds:.0f} rows per second, the first after {first:.2f} s"
    say(f"{form}: {taken.rows} rows, {sum(sizes) / 1e6:.0f} MB, {speed}")
    say(f"  {time.process_time() - processor:.1f} s of it Python; memory {after[0][1]:.0f} MB at the first part, "
        f"{max(memory for _when, memory in after):.0f} MB at most")  # fmt: skip


def resident_megabytes() -> float:
    """What the process holds now; what filling the database took is partly given back by then."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
