"""What beat wakes."""

from celery import shared_task

from signals import actions


@shared_task
def erase_reporters() -> None:
    actions.erase_reporters()
