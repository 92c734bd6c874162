"""A room for 30 people every Tuesday evening of a year, in a city with 200 rooms: how long somebody waits for it.

    python -m benchmarks.find_room [--rooms 200] [--explain]

Reads the database of DATABASE_URL (`manage.py load_demo` fills it), adds copies of its rooms with all that stands in
them until there are so many, and takes them back in the end. The promise is 200 ms for the answer; besides the
milliseconds each line says how many times the same number of bare look-ups by key it costs, which differs less between
machines. The last lines are what somebody waits for: the page, from the sentence to the last byte.
"""

import argparse
import datetime as dt
import statistics
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

TIMES = 7
PROMISED_MS = 200
SENTENCE = "30 mensen, tafels, dinsdagavond wekelijks, dicht bij Overleie, met keuken"
ONE_EVENING = "30 mensen, tafels, dinsdagavond, dicht bij Overleie, met keuken"

GROW = """
    WITH numbered AS (
        SELECT r.*, row_number() OVER (ORDER BY r.id) AS place FROM reservations_room r WHERE withdrawn_at IS NULL
    ), made AS (
        INSERT INTO reservations_room (building_id, code, name, description, features, turnaround, needs_approval,
            hold_hours, notice_days, source, is_example, described)
        SELECT building_id, code || '-' || %(copy)s, name || ' ' || %(copy)s, '', features, turnaround, needs_approval,
            hold_hours, notice_days, source, is_example, described
        FROM numbered WHERE place <= %(many)s RETURNING id, building_id, code
    ), pairs AS (
        SELECT made.id AS new, numbered.id AS old FROM made
        JOIN numbered ON numbered.building_id = made.building_id AND made.code = numbered.code || '-' || %(copy)s
    ), setups AS (
        INSERT INTO reservations_roomsetup (room_id, layout, capacity)
        SELECT new, layout, capacity FROM pairs JOIN reservations_roomsetup s ON s.room_id = old
    ), hours AS (
        INSERT INTO reservations_openrange (room_id, during)
        SELECT new, during FROM pairs JOIN reservations_openrange o ON o.room_id = old
    ), spaces AS (
        INSERT INTO reservations_space (building_id, name)
        SELECT building_id, 'copy ' || %(copy)s || ' of ' || id FROM reservations_space WHERE name NOT LIKE 'copy %%'
        RETURNING id, name
    ), of_spaces AS (
        SELECT id AS new, split_part(name, ' of ', 2)::bigint AS old FROM spaces
    ), parts AS (
        INSERT INTO reservations_room_spaces (room_id, space_id)
        SELECT pairs.new, of_spaces.new FROM pairs JOIN reservations_room_spaces m ON m.room_id = pairs.old
        JOIN of_spaces ON of_spaces.old = m.space_id
    )
    INSERT INTO reservations_occupancy (space_id, during, booking_id, closure_id)
    SELECT of_spaces.new, during, booking_id, closure_id FROM of_spaces
    JOIN reservations_occupancy o ON o.space_id = of_spaces.old
"""


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--rooms", type=int, default=200)
    asked.add_argument("--explain", action="store_true")
    options = asked.parse_args()

    from django.db import connection, transaction

    from reservations.models import Occupancy, Room

    with transaction.atomic():
        grow(options.rooms)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE reservations_room, reservations_space, reservations_room_spaces, "
                           "reservations_roomsetup, reservations_openrange, reservations_occupancy")  # fmt: skip
        print(f"{Room.objects.in_use().count()} rooms, {Occupancy.objects.count()} times taken")
        show(explain=options.explain)
        transaction.set_rollback(True)


def grow(rooms: int) -> None:
    from django.db import connection

    from reservations.models import Room

    there = Room.objects.in_use().count()
    for copy in range(1, 100):
        missing = rooms - Room.objects.in_use().count()
        if missing <= 0:
            return
        with connection.cursor() as cursor:
            # A trigger proves each booking against its room: these copies are of nobody and are never committed.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(GROW, {"copy": f"k{copy}", "many": min(missing, there)})
            cursor.execute("SET LOCAL session_replication_role = origin")


def show(*, explain: bool) -> None:
    from django.urls import reverse

    from reservations.finding import find
    from reservations.finding_series import Dates, find_series
    from reservations.models import Booking, Room, SchoolHoliday, Series
    from reservations.near import near_named
    from reservations.rights import Rights
    from reservations.sentence.reading import read

    keys = list(Room.objects.in_use().values_list("pk", flat=True))
    bare = _ms(lambda: [Room.objects.filter(pk=key).values_list("pk").first() for key in keys])
    print(f"{'bare look-up of every room by its key':58} {bare:6.0f} ms")
    rights, near = Rights(frozenset(), frozenset()), near_named("Overleie")
    today = dt.date.today()
    rule = Series(
        frequency="weekly", interval=1, weekdays=[1], first_on=today + dt.timedelta(days=1), start_time=dt.time(19, 30),
        until=today + dt.timedelta(days=365), end_time=dt.time(22), skips_public_holidays=True,
    )  # fmt: skip
    dates = Dates.of(rule, list(SchoolHoliday.objects.all()))
    once = {"starts": dates.moments[0][0], "ends": dates.moments[0][1]}

    def wish(persons: int, layout: str, *features: str) -> Booking:
        return Booking(persons=persons, layout=layout, features=list(features), **once)

    lines: list[tuple[str, Callable[[], object]]] = [
        ("the sentence read", lambda: read(SENTENCE)),
        ("one evening, 30 people, tables, kitchen",
         lambda: find(wish(30, "tables", "kitchen"), rights=rights, near=near)),
        (f"{len(dates.days)} Tuesdays, 30 people, tables, kitchen",
         lambda: find_series(rule, wish(30, "tables", "kitchen"), rights=rights, near=near)),
        (f"{len(dates.days)} Tuesdays, 30 people",
         lambda: find_series(rule, wish(30, ""), rights=rights, near=near)),
        (f"{len(dates.days)} Tuesdays, one person: every room",
         lambda: find_series(rule, wish(1, ""), rights=rights, near=near)),
    ]  # fmt: skip
    for what, do in lines:
        took = _ms(do)
        print(f"{what:58} {took:6.0f} ms  {took / bare:5.2f} x bare  {'ok' if took < PROMISED_MS else 'TOO SLOW'}")
    client, page = _signed_in(), reverse("reservations:booking-add")
    for what, sentence in (("one evening", ONE_EVENING), ("every Tuesday", SENTENCE)):
        took = _ms(lambda sentence=sentence: _shown(client, page, sentence))  # type: ignore[misc]
        print(f"{f'the whole page, {what}':58} {took:6.0f} ms  {took / bare:5.2f} x bare")
    if explain:
        _explain(dates, wish(1, ""))


def _signed_in() -> "Client":
    from django.conf import settings
    from django.test import Client

    from teams.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(User.objects.get(email="deelgemeente@kortrijk.example"))
    return client


def _shown(client: "Client", page: str, sentence: str) -> None:
    answer = client.get(page, {"wens": sentence}, follow=True)
    if answer.status_code != 200 or b"Overleie" not in answer.content:
        raise RuntimeError(f"This is no list of rooms: {answer.status_code}")


def _ms(do: Callable[[], object]) -> float:
    """The middle of some times, after a first one that warms up."""
    do()
    taken = []
    for _time in range(TIMES):
        begun = time.perf_counter()
        do()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def _explain(dates: object, wish: object) -> None:
    from django.db import connection

    from reservations import over_dates as asking

    plain = asking.DATES
    asking.DATES = f"EXPLAIN (ANALYZE, BUFFERS) {plain}"
    try:
        with connection.execute_wrapper(_said):
            asking.over_dates(wish, dates.moments)  # type: ignore[arg-type,attr-defined]
    except (ValueError, TypeError):
        pass  # a plan is no answer
    finally:
        asking.DATES = plain


def _said(execute: Callable[..., object], sql: str, params: object, many: bool, context: dict[str, object]) -> object:
    done = execute(sql, params, many, context)
    for (line,) in context["cursor"].fetchall():  # type: ignore[attr-defined]
        print(line)
    return done


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    django.setup()
    main()
