"""How fast a year of reports comes in, and how much memory that takes.

    python -m benchmarks.import_reports [FILE]

Uses an empty database of its own on the server of DATABASE_URL (as tests do), removed afterwards.
"""

import os
import resource
import sys
import time
from pathlib import Path

import django

YEAR = Path(__file__).parents[1] / "signals/fixtures/meldingen_1777_2025.csv.xz"


def main() -> None:
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    django.setup()
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"benchmark_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        measure(Path(sys.argv[1]) if len(sys.argv) > 1 else YEAR)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def measure(path: Path) -> None:
    from areas.load import load_areas
    from kortrijk_gebied.tables import opened
    from signals import seed as signal_seed
    from signals.importing.importer import Counts, Importer
    from signals.importing.mapping import DEFAULT, NAMED
    from signals.importing.rows import RowReader
    from teams import seed as team_seed

    load_areas()
    team_seed.seed()
    signal_seed.seed()
    begun, processor, memory = time.perf_counter(), time.process_time(), peak_megabytes()
    after: list[float] = []

    def advanced(_counts: Counts) -> None:
        after.append(peak_megabytes())

    with path.open("rb") as file, opened(file) as table:
        reader = RowReader(NAMED[DEFAULT], table.header)
        counts = Importer(advanced=advanced).run(reader, table.rows)
    seconds = time.perf_counter() - begun
    python = time.process_time() - processor
    say(f"{counts}")
    say(f"{seconds:.1f} s ({python:.1f} s of it Python), {counts.rows / seconds:.0f} rows per second")
    say(f"peak memory {memory:.0f} MB before, {after[0]:.0f} MB after the first batch, {after[-1]:.0f} MB at the end")


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
