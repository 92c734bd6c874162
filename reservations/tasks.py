"""What beat wakes."""

from celery import shared_task

from reservations import actions


@shared_task
def expire_holds() -> None:
    actions.expire_run_out()
