"""How fast the page of an area is among a quarter of a million signals, and how that compares with a tenth of them.

    python -m benchmarks.area_page [ROWS] [--explain]

So many Kortrijk forwards in ten years; it takes some minutes. Each block as a browser asks for it, by a coordinator of
the city and by a nurse of the OCMW, over thirty days and over a year; "How is it going here?" as when nobody asked for
it in the last ten minutes. Both times the signals are of ten years, so a block that counts a period has ten times as
much to count. Uses an empty database of its own on the server of DATABASE_URL (as tests do), removed afterwards.
"""

import os
import statistics
import sys
import time
from typing import Any

import django
from django.db import connection
from django.test.utils import CaptureQueriesContext

RUNS, ROWS = 3, 250_000
SLOW = 100  # milliseconds of a block of which the plan is shown
WHO = ("coordinator", "verpleegkundige")
DAYS = (30, 365)
AREA = "overleie"
TEN_YEARS = 10 * 365 * 24 * 60  # in minutes

type Took = dict[tuple[str, str, int], tuple[float, int]]


def main(rows: int, explain: bool) -> None:
    begun = time.perf_counter()
    name = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"benchmark_{name}"
    connection.settings_dict["TEST"]["TEMPLATE"] = os.environ.get("TEST_TEMPLATE")  # migrated already, if there is one
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        compare(rows, explain)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    print(f"all of it took {time.perf_counter() - begun:.0f} s")


def compare(rows: int, explain: bool) -> None:
    from benchmarks.search import planting

    measured = []
    for size in sorted({rows // 10, rows}):
        begun = time.perf_counter()
        with planting(size, "signals_signal", "signals_report", minutes=TEN_YEARS / size):
            pass
        print(f"{size:,} signals stand there after {time.perf_counter() - begun:.0f} s", flush=True)
        measured.append(measure(explain and size == rows))
    show(*measured)


def measure(explain: bool) -> Took:
    """Milliseconds (median) and queries, per person, block and period."""
    from django.test import Client
    from django.urls import reverse

    from kortrijk_gebied.sections import Place, sections_on
    from teams.models import User

    took: Took = {}
    for who in WHO:
        client = Client(SERVER_NAME="localhost")
        person = User.objects.get(email__startswith=f"{who}@")
        for section in sections_on(Place.AREA):
            address = reverse("areas:area-section", args=[AREA, section.key])
            for days in DAYS:
                times = []
                for _run in range(RUNS):
                    forget(client, person)
                    begun = time.perf_counter()
                    answer = client.get(address, {"dagen": days})
                    times.append(1000 * (time.perf_counter() - begun))
                    if answer.status_code != 200:
                        raise SystemExit(f"{address}: {answer.status_code}")
                forget(client, person)
                with CaptureQueriesContext(connection) as made:
                    client.get(address, {"dagen": days})
                took[who, section.key, days] = (statistics.median(times), len(made))
                if explain and took[who, section.key, days][0] > SLOW and who == WHO[0]:
                    plan(section.key, days, made.captured_queries)
    return took


def forget(client: Any, person: Any) -> None:
    """What was worked out before; who is signed in is kept there too."""
    from django.core.cache import cache

    cache.clear()
    client.force_login(person)


def plan(key: str, days: int, queries: list[Any]) -> None:
    for query in sorted(queries, key=lambda query: -float(query["time"]))[:3]:
        if float(query["time"]) < SLOW / 3000:
            continue
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + query["sql"])
            print(key, days, query["time"], query["sql"][:3000], *(line for (line,) in cursor.fetchall()), sep="\n")


def show(*measured: Took) -> None:
    few, many = measured[0], measured[-1]
    print(f"{'who':<18}{'block':<24}{'days':>5}{'queries':>9}{'ms':>8}{'ratio':>8}   (ratio: ten times as many rows)")
    for key, (took, queries) in many.items():
        who, block, days = key
        print(f"{who:<18}{block:<24}{days:>5}{queries:>9}{took:>8.0f}{took / few[key][0]:>8.1f}")
    for who in WHO:
        for days in DAYS:
            whole = sum(
                took for (one, _block, period), (took, _queries) in many.items() if (one, period) == (who, days)
            )
            print(f"{who}, {days} days: all blocks after each other {whole:.0f} ms")


if __name__ == "__main__":
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    django.setup()
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    main(numbers[0] if numbers else ROWS, "--explain" in sys.argv)
