"""The races of `benchmarks.booking_race`: what stands there before, and what each of the writers does."""

from collections.abc import Callable

from benchmarks.booking_races.kept_hours import allocating, seasons_there
from benchmarks.booking_races.meeting import (
    apart,
    approval,
    closures,
    combined,
    look_first,
    requests_there,
    series,
    single,
    walls,
)
from benchmarks.booking_races.world import Work, nothing_there

LOOK_FIRST = "look first, no constraint"
RACES: dict[str, tuple[Callable[[int], int], Work]] = {
    "apart, all is had": (nothing_there, apart),
    "single": (nothing_there, single),
    "hall against halves": (nothing_there, combined),
    "series of 52": (nothing_there, series),
    "approval against booking": (requests_there, approval),
    "closure against booking": (nothing_there, closures),
    "wall against booking": (nothing_there, walls),
    "allocating against booking": (seasons_there, allocating),
    LOOK_FIRST: (nothing_there, look_first),
}
LOCKED = [race for race in RACES if race != LOOK_FIRST]
UNLOCKED = ["single", "hall against halves", "series of 52", "allocating against booking"]
