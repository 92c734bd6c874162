"""What beat wakes."""

from celery import shared_task
from django.utils import timezone

from kortrijk_gebied.jobs.models import enqueue
from signals import actions, keeping, offers, succession, waiting
from signals.attaching import thumbnails
from signals.incoming import fetching
from signals.suggesting import training


@shared_task
def erase_reporters() -> None:
    actions.erase_reporters()


@shared_task
def withdraw_tasks_of_ended_shares() -> None:
    actions.withdraw_tasks_of_ended_shares()


@shared_task
def resume_what_waited() -> None:
    waiting.resume_what_waited()


@shared_task
def remind_of_handovers() -> None:
    waiting.remind_of_handovers()


@shared_task
def follow_offers() -> None:
    offers.follow_offers()


@shared_task
def erase_old_signals() -> None:
    enqueue("retention-signals", key=f"retention-signals:{timezone.localdate()}")


@shared_task
def erase_old_imports() -> None:
    enqueue("retention-imports", key=f"retention-imports:{timezone.localdate()}")


@shared_task
def erase_old_lists() -> None:
    enqueue("retention-lists", key=f"retention-lists:{timezone.localdate()}")


@shared_task
def erase_old_shifts() -> None:
    enqueue("retention-shifts", key=f"retention-shifts:{timezone.localdate()}")


@shared_task
def adopt_areas() -> None:
    succession.adopt_current()


@shared_task
def find_readers_again() -> None:
    keeping.find_readers_again()


@shared_task
def poll_mailbox() -> None:
    fetching.poll()


@shared_task
def erase_old_mail() -> None:
    enqueue("retention-mail", key=f"retention-mail:{timezone.localdate()}")


@shared_task
def sweep_attachments() -> None:
    enqueue("sweep-attachments", key=f"sweep-attachments:{timezone.localdate()}")


@shared_task
def ask_for_missing_thumbnails() -> None:
    thumbnails.ask_for_missing_thumbnails()


@shared_task
def train_suggestions_when_due() -> None:
    training.train_when_due()
