"""What time does: signals that waited come back on their day, and who does not answer a handover is reminded.

Each row in a transaction of its own, and each step notes on the row that it was taken: a sweep that runs twice,
or two at once, does it once.
"""

import uuid

from django.utils import timezone

from kortrijk_gebied.jobs.rounds import each
from signals import outside
from signals.handing import ANSWER_DAYS
from signals.handover_mail import tell_that_nobody_answers, who_answers, who_decides
from signals.models import EventKind, Handover, Signal
from signals.workflow import SIGNAL_TRANSITIONS, HandoverKind, SignalStatus
from teams.calendars import calendar_of


def resume_what_waited() -> int:
    """Signals whose day has come; how many."""
    due = Signal.objects.filter(status=SignalStatus.WAITING, waiting_until__lte=timezone.localdate())
    return each(due, _resume, about="Resuming what waited")


def _resume(signal: Signal) -> bool:
    with signal.locked():
        # Somebody was first, or let it wait longer.
        still = signal.status in SIGNAL_TRANSITIONS["resume"]
        if not still or signal.waiting_until is None or signal.waiting_until > timezone.localdate():
            return False
        signal.resume(by=None)
    return True


def remind_of_handovers() -> int:
    """Who did not answer in term is reminded; after as long again both sides hear of it. How many it was."""
    late = Handover.objects.pending().filter(due_at__lt=timezone.now(), escalated_at__isnull=True)
    return each(late.values_list("pk", "signal_id"), _remind, about="Reminding of handovers")


def _remind(keys: tuple[uuid.UUID, uuid.UUID]) -> bool:
    pk, signal = keys
    signal = Signal.objects.select_for_update(of=("self",)).get(pk=signal)
    late = Handover.objects.pending().filter(due_at__lt=timezone.now(), escalated_at__isnull=True, pk=pk)
    handover = late.select_for_update(of=("self",)).first()
    if handover is None:
        return False
    handover.signal = signal
    now = timezone.now()
    if handover.reminded_at is None:
        body = handover.team.organisation_id if handover.team else signal.owner_id
        handover.due_at = calendar_of(body).deadline(now, ANSWER_DAYS[HandoverKind(handover.kind)])
        handover.reminded_at = now
        tell_that_nobody_answers(handover, who_answers(handover), "reminded")
        outside.write(handover, key="reminded")
    else:
        handover.escalated_at = now
        tell_that_nobody_answers(handover, who_decides(handover), "escalated")
        signal.surface("unanswered")
    kind = EventKind.ESCALATED if handover.escalated_at else EventKind.REMINDED
    handover.save(update_fields=["due_at", "reminded_at", "escalated_at"])
    signal.record(kind, by=None, level=handover.level, handover=handover.kind, receiver=handover.receiver)
    return True
