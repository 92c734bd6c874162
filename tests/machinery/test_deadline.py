"""A term ends at closing time of a working day, and never before it began."""

import datetime as dt

import pytest

from kortrijk_gebied.workdays import BRUSSELS, deadline


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-20T09:00", 0, "2026-11-20T17:00"),
        ("2026-11-20T18:30", 0, "2026-11-23T17:00"),  # a Friday evening: Monday
        ("2026-11-21T18:30", 0, "2026-11-23T17:00"),  # a Saturday
        ("2026-12-24T18:30", 0, "2026-12-28T17:00"),  # Christmas, then a weekend
        ("2026-03-27T10:00", 1, "2026-03-30T17:00"),  # over the start of summer time
        ("2026-10-23T10:00", 1, "2026-10-26T17:00"),  # and its end
    ],
)
def test_ends_at_closing_time(start: str, days: int, end: str) -> None:
    assert deadline(at(start), days) == at(end)
