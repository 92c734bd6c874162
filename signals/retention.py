"""What is kept no longer than promised: signals that ended long ago with everything of them, files of imports, who
took which list along, and who worked with which tablet when.

In batches, each in one transaction with its count: who takes over from a worker that died goes on where it was.
Files go before the rows that name them, so that none is left behind that nothing knows of any more.
"""

import datetime as dt
import uuid
from collections.abc import Collection
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models, transaction

from kortrijk_gebied.erasing import Keys, erase_history
from kortrijk_gebied.jobs.models import Job, LeaseLost, Message, State
from kortrijk_gebied.jobs.registry import handles
from kortrijk_gebied.jobs.rounds import each
from kortrijk_gebied.retention import kept_since
from signals.models import (
    Attachment,
    Bulk,
    Delivery,
    Dossier,
    DossierNote,
    Export,
    Handover,
    Note,
    PatrolRound,
    Report,
    ReportImport,
    Shift,
    Signal,
    Task,
)

BATCH = 100


@handles("retention-signals")
def erase_old_signals(job: Job) -> None:
    job.count(erased=0)
    before = kept_since("signal_years")
    try:
        while erase_batch(before, job):
            pass
    except LeaseLost:
        raise
    except Exception:  # of one of them, such as a file that cannot be deleted: each by itself then
        old = Signal.objects.filter(closed_at__lt=before).values_list("pk", flat=True)
        each(old, lambda pk: erase_batch(before, job, only=pk), about="Erasing signals")
    erase_old_dossiers(before)


@transaction.atomic
def erase_old_dossiers(before: dt.datetime) -> int:
    """Dossiers that were closed before a moment, with their notes; their signals have a term of their own."""
    old = list(Dossier.objects.filter(closed_at__lt=before).values_list("pk", flat=True))
    notes = list(DossierNote.objects.filter(dossier__in=old).values_list("pk", flat=True))
    Dossier.objects.filter(pk__in=old).delete()
    erase_history({Dossier: old, DossierNote: notes})
    return len(old)


@transaction.atomic
def erase_batch(before: dt.datetime, job: Job, *, only: uuid.UUID | None = None) -> int:
    """Erase some signals that ended before a moment, with all that hangs on them; how many."""
    due = Signal.objects.filter(closed_at__lt=before, **({"pk": only} if only else {})).order_by("closed_at")
    # One that somebody holds may be opened again by then; tomorrow is another day.
    signals = list(due.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)[:BATCH])
    if not signals:
        return 0
    keys: Keys = {Signal: signals}
    for model in (Report, Task, Note, Attachment, Handover):
        keys[model] = list(model._default_manager.filter(signal__in=signals).values_list("pk", flat=True))
    erase_files(signals)
    # The second part of a key says what a mail is about.
    about = models.Func(
        "key", models.Value(":"), models.Value(2), function="split_part", output_field=models.TextField()
    )
    mails = Message.objects.alias(about=about)
    mails.filter(about__in=[str(key) for group in keys.values() for key in group]).delete()
    Delivery.objects.filter(signal__in=signals).leave_traces()
    Report.objects.filter(pk__in=keys[Report]).delete()
    Signal.objects.filter(pk__in=signals).delete()
    erase_history(keys)
    job.count(erased=len(signals))
    return len(signals)


def erase_files(signals: Collection[uuid.UUID]) -> None:
    """The photos and documents of these signals, also those that only the history still names."""
    tables: list[Any] = [Attachment, apps.get_model("signals", "AttachmentChange")]
    for field in Attachment._meta.get_fields():
        if isinstance(field, models.FileField):
            names = {
                name
                for table in tables
                for name in table._default_manager.filter(signal__in=signals).values_list(field.name, flat=True)
            }
            for name in filter(None, names):
                field.storage.delete(name)


@handles("retention-imports")
def erase_old_imports(job: Job) -> None:
    """Refused rows, and files that never became signals, hold what people told us."""
    job.count(erased=0)
    before = kept_since("refusal_days")
    old = ReportImport.objects.filter(at__lt=before).exclude(file="", rejects="")
    idle = old.exclude(job__state__in=[State.WAITING, State.RUNNING])
    each(idle, partial(_erase_import, job=job), about="Erasing imports")


def _erase_import(upload: ReportImport, *, job: Job) -> None:
    for file in (upload.file, upload.rejects):
        if file:
            file.delete(save=False)
    if upload.job_id is None:  # never set to work: nothing came of it that could be told
        upload.delete()
    else:
        upload.save(update_fields=["file", "rejects"])
    job.count(erased=1)


@handles("retention-lists")
def erase_old_lists(job: Job) -> None:
    """Who took which list along, and how acts on many signals went. The files of the first were never kept."""
    with transaction.atomic():
        exports, _rows = Export.objects.filter(at__lt=kept_since("export_years")).delete()
        _all, rows = Bulk.objects.worn_out().delete()
        job.count(erased=exports, bulks=rows.get(Bulk._meta.label, 0))


@handles("retention-shifts")
def erase_old_shifts(job: Job) -> None:
    """When somebody worked with a tablet, their rounds with notes and history, and what only told of those. A delivery
    of a signal leaves with that signal."""
    before = kept_since("shift_days")
    past = models.Q(ended_at__lt=before) | models.Q(ended_at=None, started_at__lt=before)
    with transaction.atomic():
        shifts, _rows = Shift.objects.filter(past).delete()
        rounds = list(PatrolRound.objects.filter(past).values_list("pk", flat=True))
        PatrolRound.objects.filter(pk__in=rounds).delete()
        changes = apps.get_model("signals", "PatrolRoundChange")._default_manager
        withdrawn = changes.filter(pgh_label="delete", pgh_created_at__lt=before).values_list("pgh_obj", flat=True)
        erase_history({PatrolRound: [*rounds, *withdrawn]})
        deliveries = Delivery.objects.filter(signal=None, received_at__lt=before)
        deliveries.leave_traces()
        _all, told = deliveries.delete()
        job.count(shifts=shifts, rounds=len(rounds), deliveries=told.get(Delivery._meta.label, 0))
