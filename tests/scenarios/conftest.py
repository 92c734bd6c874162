"""What stories need besides people: time that passes, and a worker that notices."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.jobs.tasks import sweep
from tests.cast import Cast
from tests.conftest import Sink
from tests.reservations.rooms import Rooms, make
from tests.scenarios.screen import Person
from tests.servers import Worker


@pytest.fixture
def somebody(cast: Cast) -> Callable[[str], Person]:
    """`somebody("agent")` is Amber, signed in, at a screen."""
    return lambda role: Person(cast[role])


@pytest.fixture
def undo_delay_passes(worker: Worker, smtp_sink: Sink) -> Callable[[], None]:
    """Two minutes later: nobody took the closing back, so the sweeper of every minute sends the mails."""

    def pass_on() -> None:
        Message.objects.filter(state="waiting").update(run_after=timezone.now())
        sweep()
        worker.settle()

    return pass_on


@pytest.fixture
def rooms(cast: Cast) -> Rooms:
    """Four houses with seven rooms and a choir."""
    return make()
