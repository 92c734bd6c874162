"""The read log is kept as long as promised. How rows leave it is the log's own affair.

Who sat at a table from outside, who was away and that a case was discussed goes for good, with what it was before.
"""

from collections.abc import Collection
from typing import Any

from django.db import models, transaction

from kortrijk_gebied.audit.retention import erase_before
from kortrijk_gebied.erasing import erase_history
from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.jobs.registry import handles
from kortrijk_gebied.retention import kept_since
from teams.models import Absence, CaseConsultation, ExternalMember

BATCH = 500


@handles("retention-read-log")
def erase_old_entries(job: Job) -> None:
    job.count(erased=0)
    erase_before(kept_since("read_log_years"), counted=lambda number: job.count(erased=number))


@handles("retention-seats")
def erase_old_seats(job: Job) -> None:
    job.count(erased=0)
    over = kept_since("seat_years").date()
    for due in (
        ExternalMember.objects.filter(ends__lt=over),
        ExternalMember.objects.filter(team__ends__lt=over),
        Absence.objects.filter(ends__lt=over),
        CaseConsultation.objects.filter(day__lt=kept_since("consultation_years").date()),
    ):
        while erased := erase(due):
            job.count(erased=erased)


@transaction.atomic
def erase(due: "models.QuerySet[Any]") -> int:
    """Some of them, with what they were; how many."""
    held = due.order_by("pk").select_for_update(of=("self",), skip_locked=True)
    keys: Collection[Any] = list(held.values_list("pk", flat=True)[:BATCH])
    if keys:
        due.model._default_manager.filter(pk__in=keys).delete()
        erase_history({due.model: keys})  # after the row: going leaves a change too
    return len(keys)
