"""What was done in rooms is kept no longer than promised: of a booking that is long over the words go, and who asked
it; how many people it was for and how many came stays, for the figures of the house. What a question about closing
houses found goes sooner: it names nobody, and bookings came and went since.

In batches, each in one transaction with its count: who takes over from a worker that died goes on where it was.
"""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import models, transaction
from django.utils import timezone

from kortrijk_gebied.erasing import erase_history
from kortrijk_gebied.jobs.models import Job, Message, State
from kortrijk_gebied.jobs.registry import handles
from kortrijk_gebied.retention import kept_since
from reservations.consolidation.asking import JOB as CONSOLIDATION
from reservations.models import Booking, Loan, Quote, Series
from reservations.models.loan_states import AHEAD
from reservations.seasons.erasing import erase_requests

BATCH = 500
ERASED = "Gewist na de bewaartermijn"  # stands in the place of what it was for: the database asks for words
QUESTIONS_KEPT = dt.timedelta(days=90)


@handles("retention-bookings")
def erase_old_words(job: Job) -> None:
    job.count(erased=0)
    before = kept_since("booking_years")
    while erase_batch(before, job):
        pass
    erase_loans(before)
    erase_series(before)
    erase_requests(before, ERASED)
    erase_questions(timezone.now() - QUESTIONS_KEPT)


@transaction.atomic
def erase_batch(before: dt.datetime, job: Job) -> int:
    """The words of some bookings that ended before a moment, and what they were; how many."""
    due = Booking.objects.filter(ends__lt=before).exclude(title=ERASED).order_by("ends")
    keys = list(due.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)[:BATCH])
    if not keys:
        return 0
    Booking.objects.filter(pk__in=keys).update(
        title=ERASED, note="", answer="", created_by=None, cancelled_by=None, counted_by=None, contact=None,
        wants_offer=False,
    )  # fmt: skip
    Quote.objects.filter(booking__in=keys).update(note="", made_by=None)  # what was due stays
    _erase_mails("booking", keys)
    erase_history({Booking: keys})  # the row as it was a moment ago stands there too
    job.count(erased=len(keys))
    return len(keys)


@transaction.atomic
def erase_loans(before: dt.datetime) -> int:
    """Of what went along with a booking too. What somebody still has is not over."""
    over = Loan.objects.filter(ends__lt=before).exclude(state__in=["out", *AHEAD])
    named = models.Q(created_by__isnull=False) | models.Q(picked_up_by__isnull=False) | ~models.Q(answer="")
    named |= ~models.Q(picked_up_condition="") | ~models.Q(returned_condition="")
    keys = list(over.filter(named).values_list("pk", flat=True))
    Loan.objects.filter(pk__in=keys).update(
        title=models.Case(models.When(booking=None, then=models.Value(ERASED)), default=models.Value("")),
        answer="", picked_up_condition="", returned_condition="", created_by=None, picked_up_by=None, returned_by=None,
    )  # fmt: skip
    _erase_mails("loan", keys)
    erase_history({Loan: keys})
    return len(keys)


@transaction.atomic
def erase_series(before: dt.datetime) -> int:
    """Once no date of it is younger."""
    younger = Booking.objects.filter(series=models.OuterRef("pk"), ends__gte=before)
    over = Series.objects.filter(~models.Exists(younger), created_at__lt=before).exclude(title=ERASED)
    keys = list(over.values_list("pk", flat=True))
    Series.objects.filter(pk__in=keys).update(title=ERASED, note="", created_by=None)
    _erase_mails("series", keys)
    erase_history({Series: keys})
    return len(keys)


def erase_questions(before: dt.datetime) -> int:
    """What closing houses would mean, as somebody once asked it."""
    done = Job.objects.filter(kind=CONSOLIDATION, created_at__lt=before)
    return done.exclude(state__in=[State.WAITING, State.RUNNING]).delete()[0]


def _erase_mails(about: str, keys: Collection[uuid.UUID]) -> None:
    """The key of a mail says what it is about; a request that a keeper was told of is about its booking or series."""
    of = models.Func(
        "key", models.Value(":"), models.Value(2), function="split_part", output_field=models.TextField()
    )  # fmt: skip
    mails = Message.objects.alias(about=of).filter(about__in=[str(key) for key in keys])
    mails.filter(models.Q(key__startswith=f"{about}:") | models.Q(key__startswith="asked:")).delete()
