"""A round over rows that beat, or a job, wakes: what is wrong with one row holds up no other.

Each row in a transaction of its own. One that fails is left as it was, written in the log, and met again in the next
round.
"""

import logging
from collections.abc import Callable, Iterable

from django.db import connection, transaction

from kortrijk_gebied.failures import described
from kortrijk_gebied.jobs.models import LeaseLost

logger = logging.getLogger(__name__)


def each[R](rows: Iterable[R], step: Callable[[R], object], *, about: str) -> int:
    """For how many rows `step` said that it did something. `about` names the round in the log."""
    done = 0
    for row in list(rows):
        try:
            with transaction.atomic():
                done += bool(step(row))
        except LeaseLost:
            raise  # all of it is in other hands
        except Exception as error:
            if not connection.is_usable():
                raise  # of the server, not of this row
            logger.error("%s: %s failed and is tried again next time: %s", about, _key(row), described(error))
    return done


def _key(row: object) -> object:
    """Never its words."""
    return getattr(row, "pk", row)
