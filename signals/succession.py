"""When a division of the city is replaced or drawn better, open signals move to the areas they lie in now.

What is closed stays in the area it was in. Routing rules do not move: whether a rule for an area that is gone
holds for its successor is for people to say.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from areas import wards
from areas.locate import current_locator
from areas.models import AreaSet
from areas.succession import Areas, former_version, successors
from kortrijk_gebied.jobs.models import Job, enqueue
from kortrijk_gebied.jobs.registry import handles
from signals.contacts import WORKING_SET
from signals.models import Signal
from signals.workflow import OPEN
from teams.succession import follow

BATCH = 500
KIND = "adopt-areas"


def adopt_current() -> list[Job]:
    """A job for each division that holds today and replaced another; once each."""
    current = AreaSet.objects.current().order_by("valid_from", "position")
    return [adoption(area_set) for area_set in current if former_version(area_set)]


def adoption(area_set: AreaSet) -> Job:
    return enqueue(KIND, key=f"{KIND}:{area_set.pk}", payload={"set": area_set.pk})


@handles(KIND)
def adopt(job: Job) -> None:
    """Teams first, so that somebody can see each signal where it arrives."""
    area_set = AreaSet.objects.get(pk=job.payload["set"])
    job.count(moved=0)
    former = former_version(area_set)
    with transaction.atomic():
        if former and "followed" not in job.result:  # not again for a worker that takes over
            wards.follow(former, area_set)
            follow(former, area_set)
            job.count(followed=1)
    relocate(Move(area_set, former), job)


@dataclass
class Move:
    area_set: AreaSet
    former: AreaSet | None = None
    became: Areas = field(init=False)

    def __post_init__(self) -> None:
        self.became = successors(self.former, self.area_set) if self.former else {}


def relocate(move: Move, job: Job | None = None) -> int:
    """Put every open signal in the areas it lies in today; how many moved."""
    keys = list(Signal.objects.filter(status__in=OPEN).order_by("pk").values_list("pk", flat=True))
    total = 0
    for first in range(0, len(keys), BATCH):
        with transaction.atomic():
            moved = relocate_batch(keys[first : first + BATCH], move)
            total += moved
            if job:
                job.count(moved=moved)
    return total


def relocate_batch(keys: Collection[object], move: Move) -> int:
    signals = list(Signal.objects.select_for_update(of=("self",)).filter(pk__in=keys, status__in=OPEN))
    today = timezone.localdate()
    placed = [signal for signal in signals if signal.longitude is not None and signal.latitude is not None]
    found = current_locator().locate_all((s.longitude or 0.0, s.latitude or 0.0, today) for s in placed)
    changed = []
    for signal, location in zip(placed, found, strict=True):
        if not location.outside:  # a place beyond the border keeps the area somebody gave it
            area = location.area(WORKING_SET)
            changed += moved_to(signal, area.pk if area else None, location.ids)
    for signal in signals:
        if signal.longitude is None:
            news = [move.became.get(pk, [pk])[0] for pk in signal.area_ids]
            area_id = signal.area_id and move.became.get(signal.area_id, [signal.area_id])[0]
            changed += moved_to(signal, area_id, news)
    Signal.objects.bulk_update(changed, ["area", "area_ids"])
    return len(changed)


def moved_to(signal: Signal, area_id: int | None, area_ids: list[int]) -> list[Signal]:
    """The signal when this is somewhere else than it was."""
    if (signal.area_id, set(signal.area_ids)) == (area_id, set(area_ids)):
        return []
    signal.area_id, signal.area_ids = area_id, area_ids
    return [signal]
