"""What beat wakes. Ids in, one domain call."""

from celery import shared_task
from django.utils import timezone

from kortrijk_gebied.jobs.models import enqueue
from kortrijk_gebied.periods import previous_month
from teams import reports
from teams.flags import reviewing
from teams.inventory import overdue
from teams.meetings import closing


@shared_task
def draft_monthly_reports() -> None:
    today = timezone.localdate()
    reports.draft(previous_month(today))
    reports.queue_due(today)  # of teams that wait 0 days


@shared_task
def mail_due_reports() -> None:
    reports.queue_due(timezone.localdate())


@shared_task
def erase_old_entries() -> None:
    enqueue("retention-read-log", key=f"retention-read-log:{timezone.localdate()}")
    enqueue("retention-seats", key=f"retention-seats:{timezone.localdate()}")
    enqueue("retention-duty", key=f"retention-duty:{timezone.localdate()}")


@shared_task
def look_after_flags() -> None:
    reviewing.look_after_flags()


@shared_task
def mail_digests() -> None:
    from teams.bulletins.digests import send_digests

    send_digests()


@shared_task
def propose_cancelling() -> None:
    """Of meetings on whose agenda nothing has to be decided."""
    closing.propose_cancelling()


@shared_task
def send_agendas() -> None:
    """Of the meetings of the coming days, to who has no account."""
    closing.send_agendas()


@shared_task
def mail_overdue() -> None:
    overdue.mail_overdue()
