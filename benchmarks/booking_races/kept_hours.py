"""Hours become somebody's own, season by season, and are let go again, while others book in them.

Whose an hour was when somebody booked it nobody can say afterwards: what was kept is gone once it is given back. So the
database keeps a log of its own (`race_log`), in the order in which transactions end, and is asked at the end: has
anybody a booking in hours that were somebody else's at that moment?
"""

import datetime as dt
import random
from collections import Counter
from functools import partial

from django.db import connection
from django.utils import timezone

from benchmarks.booking_races.world import FIRST, WEEK, book, met, nothing_there, rooms, wish
from reservations.models import Allocation, Association, Room, Season, SeasonRequest
from reservations.seasons import deciding, giving, ranges, settling
from reservations.seasons.ranges import days_of

WEEKS, ACTS = 2, 10  # of a season; of a keeper, for each season
SETTLES = 4  # the act with which it does
DAY, FREE_DAYS = 24, (4, 5, 6)  # from Friday on no season gives anything
OPENS, CLOSES = dt.time(10), dt.time(12)  # in Brussels: two of the three hours that are booked
BY = None  # nobody hears of it by mail

LOG = """
    CREATE TABLE race_log (
        n bigserial, at timestamptz DEFAULT clock_timestamp(), what text, stretch bigint, space bigint,
        during tstzrange, booking uuid, organisation bigint, association bigint, released_at timestamptz
    );
    CREATE INDEX ON race_log (space, what);
    CREATE FUNCTION race_told() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_TABLE_NAME = 'reservations_occupancy' THEN
            INSERT INTO race_log (what, space, during, booking, organisation, association)
                SELECT 'used', NEW.space_id, NEW.during, id, organisation_id, association_id
                FROM reservations_booking WHERE id = NEW.booking_id;
        ELSIF TG_OP = 'INSERT' THEN
            INSERT INTO race_log (what, stretch, space, during, organisation, association, released_at)
                SELECT 'kept', NEW.id, NEW.space_id, NEW.during, organisation_id, association_id, NEW.released_at
                FROM reservations_allocation WHERE id = NEW.allocation_id;
        ELSE
            INSERT INTO race_log (what, stretch, space, during) VALUES ('freed', OLD.id, OLD.space_id, OLD.during);
        END IF;
        RETURN NULL;
    END $$;
    -- At the end of a transaction: two that have the same space locked end one after the other.
    CREATE CONSTRAINT TRIGGER race_used AFTER INSERT ON reservations_occupancy
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION race_told();
    CREATE CONSTRAINT TRIGGER race_kept AFTER INSERT OR DELETE ON reservations_allocatedrange
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION race_told();
"""
# Of each booking that has hours which were kept at some moment: how that moment lay.
MET = """
    SELECT used.booking, CASE
        WHEN kept.n > used.n THEN 'before'
        WHEN (kept.organisation = used.organisation OR kept.association = used.association) THEN 'own'
        WHEN freed.n < used.n THEN 'freed'
        WHEN kept.released_at <= used.at THEN 'released'
        ELSE 'of another'
    END AS how
    FROM race_log used
    JOIN race_log kept ON kept.what = 'kept' AND kept.space = used.space AND kept.during && used.during
    LEFT JOIN race_log freed ON freed.what = 'freed' AND freed.stretch = kept.stretch
    WHERE used.what = 'used'
"""


def seasons_there(tries: int) -> int:
    """One after the other, each divided by the rule and not settled: four clubs with an hour a week each."""
    nothing_there(tries)
    with connection.cursor() as cursor:
        cursor.execute(LOG)
    some = rooms("hall", "half-a", "half-b", "meeting")[:4]
    for number in range(-(-tries // ACTS)):
        starts = FIRST.date() + number * WEEKS * WEEK
        season = Season.objects.create(
            name=f"Seizoen {number}", starts=starts, ends=starts + WEEKS * WEEK - dt.timedelta(days=1),
            requests_until=starts, skips_school_holidays=False, lot=number,
        )  # fmt: skip
        season.buildings.set([some[0].building])
        for weekday, (room, club) in enumerate(zip(some, clubs(), strict=True)):
            SeasonRequest.objects.create(
                season=season, room=room, association=club, title="Training", persons=10, weekdays=[weekday],
                start_time=OPENS, end_time=CLOSES,
            )  # fmt: skip
        deciding.keep(season, by=BY)  # type: ignore[arg-type]
    return 0


def clubs() -> list[Association]:
    return [Association.objects.get_or_create(name=name)[0] for name in ("Dans", "Judo", "Koor", "Yoga")]


def allocating(writer: int, tries: int) -> Counter[str]:
    """One settles the seasons and gives single hours, one takes hours back, six book where they do."""
    ranges.release_of = release_soon
    some, theirs = rooms("hall", "half-a", "half-b", "meeting")[:4], clubs()
    found, seasons = Counter[str](), list(Season.objects.order_by("starts"))
    for number in range(tries):
        now = number // ACTS  # about where all of them are
        if writer == 0 and number % ACTS == SETTLES:
            found += met(partial(settle, seasons[now]))
        elif writer == 0:
            found += met(partial(give, random.choice(some), random.choice(theirs), seasons[now]))
        elif writer == 1:
            found += met(partial(let_go, seasons[now]))
        else:
            days = [random.randrange(7 * WEEKS) + 7 * WEEKS * now for _each in range(1 + number % 2)]
            room, holder = random.choice(some), random.choice([*theirs, None])
            wishes = [wish(room, DAY * day + random.choice((0, 1, 2)), holder=holder) for day in sorted(set(days))]
            found += met(partial(book, wishes, keep_refused=len(wishes) > 1))
    return found


def release_soon(days_ahead: int, on: dt.date) -> dt.datetime:
    """Of half of the days midnight comes within a second or two: in the middle of it all."""
    now = timezone.now()
    return now + dt.timedelta(seconds=2 * random.random() if on.day % 2 else 3600)


def settle(season: Season) -> int:
    settling.settle(season, by=BY)  # type: ignore[arg-type]
    return 0


def give(room: Room, holder: Association, season: Season) -> int:
    hours = Allocation(
        room=room, association=holder, weekdays=[random.choice(FREE_DAYS)], start_time=OPENS, end_time=CLOSES,
        first_on=season.starts, last_on=season.ends, why="Race",
    )  # fmt: skip
    giving.give(hours, by=BY)  # type: ignore[arg-type]
    return 0


def let_go(season: Season) -> int:
    """All of what somebody has in this season, or one day of it."""
    standing = list(Allocation.objects.standing().filter(first_on=season.starts))
    if not standing:
        return 0
    one = random.choice(standing)
    days = [day.on for day in days_of(one, ())]
    if days and random.random() < 0.5:
        giving.give_back(one, random.choice(days), by=BY)  # type: ignore[arg-type]
    else:
        giving.withdraw(one, by=BY)  # type: ignore[arg-type]
    return 0


def how_they_met() -> Counter[str]:
    """Bookings in hours that were kept at some moment; nothing where no hours were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('race_log')")
        if cursor.fetchone()[0] is None:
            return Counter()
        cursor.execute(f"SELECT how, count(DISTINCT booking) FROM ({MET}) AS met GROUP BY how")  # noqa: S608
        return Counter(dict(cursor.fetchall()))


def in_words() -> str:
    """That they did meet: a race in which nobody ran into anybody proves nothing."""
    met_so = how_they_met()
    ways = {
        "before": "before they were kept", "own": "as their holder", "freed": "once given back or withdrawn",
        "released": "once released", "of another": "OF ANOTHER",
    }  # fmt: skip
    said = ", ".join(f"{met_so[way]} {words}" for way, words in ways.items())
    return f"  bookings in kept hours: {said}" if met_so else ""
