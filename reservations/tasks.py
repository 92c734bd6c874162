"""What beat wakes."""

from celery import shared_task
from django.utils import timezone

from kortrijk_gebied.jobs.models import enqueue
from reservations import actions, lending, openings, unanswered
from reservations.register import renewing
from reservations.seasons import giving


@shared_task
def expire_holds() -> None:
    actions.expire_run_out()
    unanswered.close_unanswered()


@shared_task
def remind_of_late_loans() -> None:
    lending.remind_of_late()


@shared_task
def move_the_horizon() -> None:
    openings.ask_for_all()
    giving.ask_for_all()


@shared_task
def look_after_contacts() -> None:
    renewing.nightly()


@shared_task
def erase_old_words() -> None:
    enqueue("retention-bookings", key=f"retention-bookings:{timezone.localdate()}")
