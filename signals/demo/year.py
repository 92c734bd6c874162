"""The year of 1777 in the demo city: the committed file, moved by whole weeks to end in this week.

Nine in ten of its open rows are closed, for they were open only because nobody looked back; the year before
is the same year in other places and at other hours. By fixed dice: the same day gives the same city.
"""

import dataclasses
import datetime as dt
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.utils import timezone

from kortrijk_gebied.tables import opened
from kortrijk_gebied.workdays import deadline
from signals.importing.mapping import DEFAULT, NAMED
from signals.importing.rows import ZONE, Row, RowReader
from signals.vicinity import REPEATED_TIMES, REPEATED_WITHIN

FILE = Path(__file__).parents[1] / "fixtures/meldingen_1777_2025.csv.xz"
A_YEAR = dt.timedelta(weeks=52)

# What part of the rows that are open in the file, so many days old, is open in the demo city; of those past
# their term, of those at spots where all is reported thrice, and of what passes an inbox, only some.
STILL_OPEN = ((10, 1.0), (25, 0.9), (60, 0.5), (120, 0.16), (220, 0.05))
LATE = 0.5
THRICE = 0.2
NOT_ROUTINE = 0.55


def rows_of_file() -> list[Row]:
    with FILE.open("rb") as file, opened(file) as table:
        reader = RowReader(NAMED[DEFAULT], table.header)
        reader.now = timezone.now() + 10 * A_YEAR  # whatever the clock of the machine says
        return [reader.read(line, cells) for line, cells in table.rows]


def this_year(rows: Sequence[Row], now: dt.datetime) -> Iterator[Row]:
    """The rows as if the last came in during the past week."""
    weeks = math.floor((now - rows[-1].received_at) / dt.timedelta(weeks=1))
    durations = _durations(rows)
    lately: dict[tuple[int, int, int], list[dt.datetime]] = defaultdict(list)
    for row in rows:
        dice = random.Random(row.number)  # noqa: S311
        moved = _moved(row, dt.timedelta(weeks=weeks))
        age = now - moved.received_at
        if moved.ended_at is not None and moved.ended_at > now:
            moved.ended_at = None
            stays = True
        else:
            stays = dice.random() < next((share for days, share in STILL_OPEN if age.days < days), 0)
        if _times(row, lately) >= REPEATED_TIMES:
            stays = stays and dice.random() < THRICE
        if not row.category.routine:
            stays = stays and dice.random() < NOT_ROUTINE
        due_at = moved.due_at or deadline(moved.received_at, moved.category.term_days)
        if moved.ended_at is None and not (stays and _believable(now - due_at, row, dice)):
            moved.ended_at = min(
                moved.received_at + _duration(row, durations, dice),
                moved.received_at + age * dice.uniform(0.5, 0.99),
            )
        yield moved


def year_before(rows: Iterable[Row], now: dt.datetime) -> Iterator[Row]:
    """A year that was a little quieter, in other streets; a few services were slower then, others quicker."""
    rows = list(rows)
    dice = random.Random("the year before")  # noqa: S311
    spots: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        spots[row.category.pk].append(row)
    pace = {pk: dice.uniform(0.8, 1.3) for pk in spots}
    durations = _durations(rows)
    for row in rows:
        if dice.random() > 0.93:
            continue
        moved = _moved(row, -A_YEAR)
        jitter = dt.timedelta(minutes=dice.randint(-48 * 60, 48 * 60))
        moved.received_at += jitter
        there = dice.choice(spots[row.category.pk])
        moved.place, moved.locality = there.place, there.locality
        moved.longitude, moved.latitude = there.longitude, there.latitude
        moved.number = row.number.replace("-2025-", "-2024-")
        lasted = row.ended_at - row.received_at if row.ended_at else _duration(row, durations, dice)
        moved.ended_at = moved.received_at if row.answered else moved.received_at + lasted * pace[row.category.pk]
        moved.ended_at = min(moved.ended_at, now - dt.timedelta(days=1))
        moved.due_at = moved.due_at + jitter if moved.due_at else None
        yield moved


def _believable(late: dt.timedelta, row: Row, dice: random.Random) -> bool:
    """A dead animal does not lie there for a month; a house may wait that long."""
    return late < dt.timedelta() or (late < dt.timedelta(days=6 + 3 * row.category.term_days) and dice.random() < LATE)


def _times(row: Row, lately: dict[tuple[int, int, int], list[dt.datetime]]) -> int:
    """How often this subject was reported around here in a month, roughly: by squares of a hundred metres."""
    x, y = math.floor((row.longitude or 0) / 0.0014), math.floor((row.latitude or 0) / 0.0009)
    lately[row.category.pk, x, y].append(row.received_at)
    around = [lately.get((row.category.pk, x + dx, y + dy), []) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    return sum(row.received_at - at < REPEATED_WITHIN for moments in around for at in moments[-3:])


def _durations(rows: Iterable[Row]) -> dict[int, list[dt.timedelta]]:
    """How long rows of each subject took: what is closed here takes as long as one of those."""
    found: dict[int, list[dt.timedelta]] = defaultdict(list)
    for row in rows:
        if row.ended_at and not row.answered:
            found[row.category.pk].append(row.ended_at - row.received_at)
    return found


def _duration(row: Row, durations: dict[int, list[dt.timedelta]], dice: random.Random) -> dt.timedelta:
    return dice.choice(durations.get(row.category.pk) or [dt.timedelta(days=row.category.term_days)])


def _moved(row: Row, by: dt.timedelta) -> Row:
    """The same hours on the clock, also across summer time."""
    return dataclasses.replace(
        row,
        received_at=_shifted(row.received_at, by),
        due_at=_shifted(row.due_at, by) if row.due_at else None,
        ended_at=_shifted(row.ended_at, by) if row.ended_at else None,
    )


def _shifted(moment: dt.datetime, by: dt.timedelta) -> dt.datetime:
    return (moment.astimezone(ZONE).replace(tzinfo=None) + by).replace(tzinfo=ZONE)
