"""Working out an answer, behind the page. What is kept of it are keys and minutes, never words: whoever reads it later
sees of each booking what they may see then."""

import time
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.jobs.registry import handles
from reservations.consolidation.asking import JOB, Asked
from reservations.consolidation.reading import read_town
from reservations.consolidation.seeking import seeking
from reservations.consolidation.town import Need, Town
from reservations.consolidation.why import why_not

if TYPE_CHECKING:
    from reservations.consolidation.placement import Placement, Question
    from reservations.consolidation.smallest import Fewest

# The page says that it takes less than a minute: reading the town comes before these, and saying why after them.
FEWEST, PLACING = 25.0, 20.0


@handles(JOB)
def answer(job: Job) -> None:
    # SciPy takes half a second to load, in every process that starts: only who solves something pays it.
    from reservations.consolidation.placement import Question
    from reservations.consolidation.smallest import fewest_buildings

    asked = Asked.of(job)
    begun = time.monotonic()
    progress = _Progress(job)
    town = read_town(*asked.days, empty=asked.empty)
    result: dict[str, Any] = {"bookings": len(town.needs)}
    closing: Collection[int] = asked.close
    if not closing:
        found = fewest_buildings(town, asked.terms, keep=asked.keep, seconds=FEWEST, tell=progress.searching)
        result |= {"stay": found.stay, "at_least": found.at_least, "days": len(found.days)}
        closing = sorted(set(town.buildings) - set(found.stay))
    question = Question(town, asked.terms)
    result |= _placed(town, question, closing, question.place_again(closing, progress.placing, seconds=PLACING))
    result["kept"] = seeking(closing, *asked.days)
    job.result = result | {"closing": list(closing), "seconds": round(time.monotonic() - begun, 1)}
    job.save(update_fields=["result"])


def _placed(town: Town, question: "Question", closing: Collection[int], done: "Placement") -> dict[str, Any]:
    """Of what moves: booking, room, minutes later, metres further. Of what cannot: booking, why."""
    return {
        "moved": [[o.need.key, o.place.key, o.shift, _metres(town, o.need, o.place.building)] for o in done.chosen],
        "left": [[need.key, why_not(town, question.terms, closing, need).value] for need in done.left],
        "gap": done.gap,
    }


def _metres(town: Town, need: Need, building: int) -> int | None:
    metres = town.metres(town.building_of(need), building)
    return None if metres is None else round(metres)


class _Progress:
    """Told often, written once a second: the page asks every other second."""

    def __init__(self, job: Job) -> None:
        self.job, self.told = job, 0.0

    def searching(self, found: "Fewest") -> None:
        self._tell(0, 0)

    def placing(self, done: int, of: int) -> None:
        self._tell(done, of)

    def _tell(self, done: int, of: int) -> None:
        if (now := time.monotonic()) - self.told >= 1:
            self.told = now
            self.job.advance(done, of)
