"""Eight processes want the same rooms at the same moments. Is one ever had twice, does anybody wait in a circle?

    python -m benchmarks.booking_race [--tries 200] [--only NAME] [--without-locks] [--cost]

Uses an empty database of its own on the server of DATABASE_URL (as tests do), removed afterwards. Each race is followed
by questions to the database (tests/reservations/proof.py); `ratio` is how fast the same rows are written by eight
processes that ask nothing and meet nobody, against how fast they came in this race. `--without-locks` runs it with the
exclusion constraint alone, and once more with a look before each insert and no constraint: what the locks are for.
`--cost` measures what the trigger that proves each booking has its room costs. docs/decisions/042.
"""

import argparse
import multiprocessing
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any

import django

WRITERS = 8
COLUMNS = ("race", "tries", "had", "refused", "busy", "deadlocks", "seconds", "tries/s", "rows/s", "bare", "ratio")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tries", type=int, default=200)
    parser.add_argument("--only", default="", help="the races whose names have this in them")
    parser.add_argument("--without-locks", action="store_true")
    parser.add_argument("--cost", action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    django.setup()
    from django.db import connection

    from benchmarks import booking_races as races
    from benchmarks.booking_races import outcome, world

    name = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"benchmark_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        world.build()
        if asked.cost:
            outcome.cost()
        elif asked.without_locks:
            run_all([race for race in races.UNLOCKED if asked.only in race], asked.tries, locks=False)
            run_all([races.LOOK_FIRST], asked.tries, locks=False)
        elif run_all([race for race in races.LOCKED if asked.only in race], asked.tries, locks=True):
            raise SystemExit(1)
    finally:
        leave(connection)
        connection.creation.destroy_test_db(name, verbosity=0)


def run_all(chosen: Collection[str], tries: int, *, locks: bool) -> int:
    """How many faults there were."""
    from benchmarks.booking_races import RACES, kept_hours, outcome

    print("  ".join(f"{column:>9}" if column != "race" else f"{column:<26}" for column in COLUMNS))
    total: Counter[str] = Counter()
    for race in chosen:
        prepare, work = RACES[race]
        prepare(tries)
        found, seconds, counted = run(work, tries, locks=locks)
        circles, kept = max(counted, found["deadlocks"]), outcome.kept()
        done = found["had"] + found["refused"] + found["busy"]
        total.update(outcome.faults(found["had"]))
        total["deadlocks"] += circles
        said = kept_hours.in_words()
        cells = [
            done,
            found["had"],
            found["refused"],
            found["busy"],
            circles,
            f"{seconds:.2f}",
            f"{done / seconds:.0f}",
        ]
        if kept:
            bare = kept / run(outcome.insert_bare, tries, locks=locks)[1]
            cells += [f"{kept / seconds:.0f}", f"{bare:.0f}", f"{kept / seconds / bare:.2f}"]
        print(f"{race:<26}  " + "  ".join(f"{cell:>9}" for cell in cells), flush=True)
        if said:
            print(said, flush=True)
    for what in (*outcome.FAULTS, "deadlocks"):
        print(f"{what}: {total[what]}")
    return total.total()


def run(work: Callable[[int, int], Counter[str]], tries: int, *, locks: bool) -> tuple[Counter[str], float, int]:
    """What all writers together met, the seconds between the first that began and the last that ended, and the
    deadlocks that the database counted."""
    from django.db import connection

    before = deadlocks()
    leave(connection)
    context = multiprocessing.get_context("fork")
    start, answers = context.Barrier(WRITERS), context.Queue()
    writers = [
        context.Process(target=write, args=(work, number, tries, locks, start, answers)) for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    came = [answers.get(timeout=600) for _writer in writers]
    for writer in writers:
        writer.join()
    found = sum((each for each, _began, _ended in came), Counter[str]())
    return found, max(each[2] for each in came) - min(each[1] for each in came), deadlocks() - before


def write(work: Any, number: int, tries: int, locks: bool, start: Any, answers: Any) -> None:
    """In a process of its own."""
    from django.db import connection

    from reservations import locking, placing

    random.seed(number)
    if not locks:
        placing.lock_rooms = only_look  # type: ignore[attr-defined]  # actions and closures are not raced without locks
    locking.PATIENCE = "60s"
    connection.ensure_connection()
    start.wait()
    began = time.perf_counter()
    found = work(number, tries)
    ended = time.perf_counter()
    leave(connection)
    answers.put((found, began, ended))


def only_look(rooms: Any, *, also: Any = ()) -> dict[int, list[int]]:
    from reservations.models import Room

    spaces: dict[int, list[int]] = {room: [] for room in rooms}
    for room, space in Room.spaces.through.objects.filter(room__in=rooms).values_list("room", "space"):
        spaces[room].append(space)
    return spaces


def leave(connection: Any) -> None:
    """A process that is forked shares no connection."""
    connection.close()
    connection.close_pool()


def deadlocks() -> int:
    """A session tells what it met when it ends, at the latest."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
