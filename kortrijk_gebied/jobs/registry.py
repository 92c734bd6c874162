"""Which function does which kind of job. Apps register theirs in `<app>/jobs.py`, loaded at start-up."""

from collections.abc import Callable

from kortrijk_gebied.failures import described, is_final
from kortrijk_gebied.jobs.models import Job, LeaseLost

type Handler = Callable[[Job], None]

_handlers: dict[str, Handler] = {}


class Hopeless(Exception):
    """The job can never succeed; its message, in Dutch, is shown to whoever asked for it."""


def handles(kind: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def perform(job: Job) -> None:
    """Run a claimed job to its end, whatever that is."""
    try:
        _handlers[job.kind](job)
    except Hopeless as error:
        job.fail(str(error), final=True)
    except LeaseLost:
        return  # it is in other hands
    except Exception as error:
        job.fail(described(error), final=is_final(error))
        raise
    else:
        job.finish()
