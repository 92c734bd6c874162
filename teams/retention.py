"""The read log is kept as long as promised. How rows leave it is the log's own affair.

Who sat at a table from outside, who was away, who worked where and that a case was discussed goes for good, with what
it was before.
"""

from collections.abc import Collection
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from kortrijk_gebied.audit.retention import erase_before
from kortrijk_gebied.erasing import erase_history
from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.jobs.registry import handles
from kortrijk_gebied.retention import kept_since
from teams.briefing.since import LONGEST
from teams.models import (
    Absence,
    AreaFlag,
    BriefingRead,
    CaseConsultation,
    ExternalMember,
    RotaCalendar,
    RotaShift,
    RotaTurn,
    RotaVersion,
    ShiftNote,
)
from teams.rota.own import versions_that_hold

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


@handles("retention-duty")
def erase_old_duty(job: Job) -> None:
    """Who worked where: what was left for who came after, who read a briefing, the rounds and turns of a rota, and
    flags that are over. What holds of a rota stays, whatever its age."""
    job.count(erased=0)
    days, years = kept_since("shift_days"), kept_since("seat_years")
    for rows in (
        # Of no use to anybody: a briefing never goes further back.
        BriefingRead.objects.filter(at__lt=timezone.now() - LONGEST),
        RotaShift.objects.filter(day__lt=days.date()),
        RotaTurn.objects.filter(ends__lt=years.date()),
    ):
        erased, _rows = rows.delete()
        job.count(erased=erased)
    over = kept_since("flag_years")
    for due in (
        ShiftNote.objects.filter(at__lt=days),
        RotaVersion.objects.filter(published_at__lt=years).exclude(pk__in=versions_that_hold()),
        RotaCalendar.objects.filter(revoked_at__lt=years),
        AreaFlag.objects.filter(ended_at__lt=over),
        AreaFlag.objects.filter(lapsed_at__lt=over),
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
