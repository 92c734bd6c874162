"""How fast words are found among a million signals, and how that compares with a hundred thousand.

    python -m benchmarks.search [ROWS] [--explain]

Uses an empty database of its own on the server of DATABASE_URL (as tests do), removed afterwards.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

RUNS = 9
WHO = ("coordinator", "agent", "verpleegkundige")
WORDS = (
    "overleiestraat", "sluikstort", "sluikstort overleiestraat", "overl", "zakken stoep", "kwibbelwoord",
    "overleistraat", "overleiestraat 12", "overleistraat 12", "zakken overleiestraat 12", "grote markt",
    "S-ZZZZ-0000", "056 27 70 00", "rosa1234@voorbeeld.example", "Vercruysse", "huisbezoek", "de",
)  # fmt: skip
# Ten years of a city: one in a hundred runs, two in a hundred are limited, one is sealed.
SIGNALS = """
    INSERT INTO signals_signal (
        id, level, place, longitude, latitude, reference, description, status, area_ids, working_team_ids, routine,
        route_reason, due_at, report_count, reported_at, last_reported_at, closed_at, surfaced_why, surfaced_at,
        outcome, invented, area_id, category_id, owner_id, team_id, waiting_for, waiting_reason
    )
    SELECT uuidv7(-ago), l.level, l.place, 3.18 + random() * 0.16, 50.77 + random() * 0.10, 'B-' || n, l.told,
        CASE WHEN n %% 100 = 0 THEN 'in_progress' ELSE 'closed' END, ARRAY[l.area], ARRAY[]::int[], true, '',
        now() - ago + interval '9 days', 1, now() - ago, now() - ago,
        CASE WHEN n %% 100 = 0 THEN NULL ELSE now() - ago + interval '2 days' END,
        CASE WHEN n %% 100 = 7 THEN 'repeated' ELSE '' END, CASE WHEN n %% 100 = 7 THEN now() - ago END,
        CASE WHEN n %% 100 = 0 THEN '' ELSE 'Opgeruimd.' END, false, l.area, l.category,
        CASE WHEN l.level = 0 THEN %(city)s ELSE %(ocmw)s END, CASE WHEN l.level = 0 THEN %(team)s ELSE %(nurses)s END,
        '', ''
    FROM generate_series(1, %(rows)s) AS n,
        LATERAL (SELECT make_interval(mins => (n * %(minutes)s)::int) AS ago) AS a,
        LATERAL (SELECT
            CASE WHEN n %% 100 = 1 THEN 2 WHEN n %% 50 = 3 THEN 1 ELSE 0 END AS level,
            (%(streets)s::text[])[1 + floor(random() * %(streets_n)s + n * 0)::int]
                || ' ' || (random() * 150)::int AS place,
            (%(areas)s::int[])[1 + floor(random() * %(areas_n)s + n * 0)::int] AS area,
            (%(categories)s::int[])[1 + floor(power(random(), 3) * %(categories_n)s + n * 0)::int] AS category,
            (SELECT string_agg(w, ' ') FROM (
                SELECT (%(lexicon)s::text[])[1 + floor(power(random(), 2) * %(lexicon_n)s + n * 0)::int] AS w
                FROM generate_series(1, 14)
            ) AS words) AS told
        ) AS l
"""
REPORTS = """
    INSERT INTO signals_report (id, kind, channel, category_id, description, place, answer, answered_at_once,
        received_at, signal_id)
    SELECT uuidv7(), 'report', 'phone', category_id, description, place, '', false, reported_at, id FROM signals_signal
"""
REPORTERS = """
    INSERT INTO signals_reporter (report_id, name, email, phone, wants_answer)
    SELECT id, 'Rosa ' || (%(lexicon)s::text[])[1 + floor(random() * %(lexicon_n)s)::int],
        'rosa' || n || '@voorbeeld.example',
        '056 ' || lpad((n * 37 %% 1000000)::text, 6, '0'), true
    FROM (SELECT id, row_number() OVER () AS n FROM signals_report) AS r WHERE n %% 3 = 0
"""
NOTES = """
    INSERT INTO signals_note (id, level, text, at, by_id, organisation_id, signal_id, team_id)
    SELECT uuidv7(), s.level, 'Huisbezoek: ' || s.description, s.reported_at, %(by)s, s.owner_id, s.id,
        CASE WHEN s.level = 2 THEN s.team_id END
    FROM signals_signal AS s WHERE s.reference LIKE '%%3'
"""
WORDS_OF = """
    INSERT INTO signals_signalwords (signal_id, shelf, reported_at, vector)
    SELECT id, CASE WHEN level = 0 THEN (closed_at IS NOT NULL)::int ELSE level + 1 END, reported_at, signal_vector(s)
    FROM signals_signal AS s
"""
STATEMENTS = {
    "signals_signal": SIGNALS, "signals_report": REPORTS, "signals_reporter": REPORTERS, "signals_note": NOTES,
}  # fmt: skip
FILLED = (*STATEMENTS, "signals_signalwords")


def main(rows: int, explain: bool) -> None:
    name = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"benchmark_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        measured = []
        for size in sorted({rows // 10, rows}):
            begun = time.perf_counter()
            fill(size)
            print(f"{size:,} signals stand there after {time.perf_counter() - begun:.0f} s")
            measured.append(measure(explain and size == rows))
        show(*measured)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def fill(rows: int) -> None:
    with planting(rows, *FILLED) as cursor, without_indexes("signals_signalwords"):
        cursor.execute(WORDS_OF)  # it asks for the reports of each signal


@contextmanager
def planting(rows: int, *tables: str, minutes: float = 5.2) -> Iterator[CursorWrapper]:
    """A signal every so many minutes. Triggers sleep: what they do is done by who plants, at once."""
    from teams.models import User

    if not User.objects.exists():
        seed()
    params = {"minutes": minutes, **matter(rows)}
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        with without_indexes(*tables):
            for table, statement in STATEMENTS.items():
                if table in tables:
                    cursor.execute(statement, params)
        yield cursor
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def matter(rows: int) -> dict[str, Any]:
    from areas.models import Area, Place
    from signals.models import Category
    from teams.models import Organisation, Team, User

    streets = list(Place.objects.filter(kind="street").order_by("name").values_list("name", flat=True))
    areas = list(Area.objects.filter(set__code="gebieden17").values_list("pk", flat=True))
    categories = list(Category.objects.filter(parent__isnull=False).values_list("pk", flat=True))
    lexicon = lexemes()
    return {
        "rows": rows, "streets": streets, "streets_n": len(streets), "areas": areas, "areas_n": len(areas),
        "categories": categories, "categories_n": len(categories), "lexicon": lexicon, "lexicon_n": len(lexicon),
        "city": Organisation.objects.get(code="stad").pk, "ocmw": Organisation.objects.get(code="ocmw").pk,
        "team": Team.objects.get(code="openbaar-domein").pk, "nurses": Team.objects.get(code="sociale-dienst").pk,
        "by": User.objects.get(email__startswith="verpleegkundige@").pk,
    }  # fmt: skip


def seed() -> None:
    from areas.load import load_areas
    from signals import seed as signal_seed
    from signals.demo import accounts
    from teams import seed as team_seed

    load_areas()
    team_seed.seed()
    signal_seed.seed()
    accounts.create()


def lexemes() -> list[str]:
    """The most used words of the desk first, then some thousands that are rare."""
    common = (
        "sluikstort zakken stoep straat fiets boom lamp put hinder nacht buur paal bord water tegel auto school plein"
    )
    made = [
        a + b + c for a in ("kor", "lei", "bel", "dam", "vel") for b in ("ti", "sta", "wo", "ra") for c in SYLLABLES
    ]
    return [*common.split(), *made]


ENDS = ("k", "l", "n", "r", "st", "p")
SYLLABLES = [a + b + c for a in "bdgklmnprst" for b in ("aa", "ee", "oo", "ie") for c in ENDS]


@contextmanager
def without_indexes(*tables: str) -> Iterator[None]:
    """A million rows go in faster when their indexes are made afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND schemaname = 'public'"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)", [list(tables)],
        )  # fmt: skip
        indexes = cursor.fetchall()
        for index, _definition in indexes:
            cursor.execute(f'DROP INDEX "{index}"')
        yield
        for _index, definition in indexes:
            cursor.execute(definition)


def measure(explain: bool) -> dict[tuple[str, str], tuple[float, int]]:
    """Milliseconds (median) and how many were found, per person and question."""
    from areas.models import Area
    from signals.models import Category
    from signals.search import Asked, find
    from teams.access import access_of
    from teams.models import User

    names = (tuple(Category.objects.all()), tuple(Area.objects.filter(set__code="gebieden17")))
    took: dict[tuple[str, str], tuple[float, int]] = {}
    for who in WHO:
        viewer = access_of(User.objects.get(email__startswith=f"{who}@"))
        for text in WORDS:
            times, count = [], 0
            for _run in range(RUNS):
                begun = time.perf_counter()
                count = len(find(viewer, Asked(text, *names), Q()).ids)
                times.append(time.perf_counter() - begun)
            took[who, text] = (statistics.median(times) * 1000, count)
            if explain and took[who, text][0] > 50:
                plan(viewer, Asked(text, *names))
    return took


def plan(viewer: Any, asked: Any) -> None:
    """How PostgreSQL went about the slowest query, with the settings that a search makes for itself."""
    from signals.search import find

    with CaptureQueriesContext(connection) as made, transaction.atomic(), connection.cursor() as cursor:
        find(viewer, asked, Q())
        slowest = max(made.captured_queries, key=lambda query: float(query["time"]))
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + slowest["sql"])
        print(asked.text, *(line for (line,) in cursor.fetchall()), sep="\n")


def show(*measured: dict[tuple[str, str], tuple[float, int]]) -> None:
    few, many = measured[0], measured[-1]
    print(f"{'who':<18}{'what':<30}{'found':>7}{'ms':>8}{'ratio':>8}   (ratio: ten times as many rows)")
    for (who, text), (took, count) in many.items():
        print(f"{who:<18}{text:<30}{count:>7}{took:>8.1f}{took / few[who, text][0]:>8.1f}")
    print(f"slowest {max(took for took, _count in many.values()):.0f} ms")


if __name__ == "__main__":
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    django.setup()
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    main(numbers[0] if numbers else 1_000_000, "--explain" in sys.argv)
