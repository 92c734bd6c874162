"""What is asked, by whom, and the job that answers it: the same question on the same day is one job."""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db.models import QuerySet
from django.utils import timezone

from kortrijk_gebied.jobs.models import Job, State, enqueue
from reservations.consolidation.town import Terms
from reservations.models import Building
from reservations.models.buildings import BuildingQuerySet
from teams.access import Access
from teams.models import Function, User

JOB = "consolidation"
STEP = 30  # minutes between two hours at which somebody may be asked to begin


def may_ask(viewer: Access) -> bool:
    return closable(viewer).exists()


def closable(viewer: Access) -> BuildingQuerySet:
    """Of which buildings somebody may ask what their closing would mean: a coordinator of all of them, a keeper of
    those they manage."""
    with_rooms = Building.objects.filter(pk__in=Building.objects.filter(rooms__isnull=False).values("pk"))
    if viewer.holds(Function.COORDINATOR):
        return with_rooms
    return with_rooms.managed_by(viewer)


def questions_of(viewer: Access) -> QuerySet[Job]:
    """A coordinator sees what everybody asked; anybody else their own."""
    asked = Job.objects.filter(kind=JOB).order_by("-created_at")
    return asked if viewer.holds(Function.COORDINATOR) else asked.filter(by_id=viewer.user_id)


def shifts_of(minutes: int) -> tuple[int, ...]:
    """The minutes by which somebody may be asked to come earlier or later."""
    return tuple(by for each in range(STEP, minutes + 1, STEP) for by in (-each, each))


@dataclass(frozen=True)
class Asked:
    """Buildings by their keys. Without any to `close` it asks for the fewest with which everything fits; `keep` are
    those that stay then. Nobody is moved to those that stay `empty`."""

    first: str
    last: str
    close: tuple[int, ...] = ()
    keep: tuple[int, ...] = ()
    empty: tuple[int, ...] = ()
    metres: int | None = None
    shift: int = 0

    @classmethod
    def of(cls, job: Job) -> Self:
        kept: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in job.payload.items()
        }
        return cls(**kept)

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return dt.date.fromisoformat(self.first), dt.date.fromisoformat(self.last)

    @property
    def terms(self) -> Terms:
        return Terms(self.metres, shifts_of(self.shift))

    def ask(self, by: User) -> Job:
        """Asking moves nothing. Asked twice it is one job; bookings come and go, so tomorrow it is another, and so is
        one after a job that failed."""
        key = f"{JOB}:{by.pk}:{timezone.localdate()}:{self._digest}"
        failed = Job.objects.filter(key__startswith=key, state=State.FAILED).count()
        return enqueue(JOB, key=f"{key}:{failed}", payload=asdict(self), by_id=by.pk)

    @property
    def _digest(self) -> str:
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:24]
