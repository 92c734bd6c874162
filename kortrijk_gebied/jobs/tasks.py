"""What Celery runs: ids in, one domain call."""

import logging
import uuid
from typing import Any

from celery import shared_task
from django.core.management import call_command
from kombu.exceptions import OperationalError

from kortrijk_gebied.failures import described, is_final
from kortrijk_gebied.jobs.models import STOPPED, Job, Message
from kortrijk_gebied.jobs.registry import perform

logger = logging.getLogger(__name__)


def wake(task: Any, pk: uuid.UUID) -> None:
    """Hint to a worker that there is work. A broker that is away is no reason to fail: the sweeper comes."""
    try:
        task.apply_async([str(pk)], retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("No broker to wake %s for %s: %s", task.name, pk, error)


@shared_task
def run_job(pk: str) -> None:
    if job := Job.objects.claim(pk):
        perform(job)


@shared_task
def send_message(pk: str) -> None:
    if message := Message.objects.claim(pk):
        if message.is_for_somebody_stopped:
            message.drop(STOPPED)
            return
        try:
            message.deliver()
        except Exception as error:
            message.fail(described(error), final=is_final(error))
            raise
        message.finish()


@shared_task
def clear_sessions() -> None:
    """Sessions that ended, with what they held."""
    call_command("clearsessions")


@shared_task
def sweep() -> None:
    """Every minute: wake what was never woken, and what a dead worker left behind."""
    for pk in Job.objects.due().values_list("pk", flat=True)[:500]:
        wake(run_job, pk)
    for pk in Message.objects.due().values_list("pk", flat=True)[:500]:
        wake(send_message, pk)
