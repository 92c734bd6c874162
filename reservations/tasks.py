"""What beat wakes."""

from celery import shared_task

from reservations import actions, openings


@shared_task
def expire_holds() -> None:
    actions.expire_run_out()


@shared_task
def move_the_horizon() -> None:
    openings.ask_for_all()
