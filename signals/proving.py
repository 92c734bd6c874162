"""That an address on the public form is of who typed it: a mail with a link, and a button behind that link."""

from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from kortrijk_gebied.jobs.bounces import Bounce
from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from signals.answered import hear
from signals.arrivals import admit
from signals.models import Report, Reporter, Signal, UnprovenAddress
from signals.models.unproven import MOST_WAITING
from signals.receipts import ask_for_proof, send_receipt
from signals.workflow import SignalStatus


@transaction.atomic
def remember(*, report: Report, email: str) -> None:
    """Keep an address until it is proven; it takes the place of another one that was typed before. When many wait
    already nothing leaves, and nobody is told so."""
    before = UnprovenAddress.objects.select_for_update(of=("self",)).filter(report=report).first()
    if not email or (before and before.email.lower() == email.lower()):
        return
    if before:
        _forget([before.pk])
    waiting = UnprovenAddress.objects.waiting().alias(address=Lower("email")).filter(address=email.lower())
    if waiting.count() < MOST_WAITING:
        ask_for_proof(address=UnprovenAddress.objects.create(report=report, email=email))


def is_proven(*, report: Report, email: str) -> bool:
    return UnprovenAddress.objects.filter(report=report, email__iexact=email, proven_at__isnull=False).exists()


def call_by(*, report: Report, name: str, phone: str) -> None:
    """Who reported it mended a name or a number; what they left empty stays."""
    if given := {key: value for key, value in (("name", name), ("phone", phone)) if value}:
        Reporter.objects.update_or_create(report=report, defaults=given)


@transaction.atomic
def prove(address: UnprovenAddress) -> Report:
    """From now on answers go there; and what they reported, and nobody read yet, goes where the rules send it. What
    somebody else reported, and this was added to, waits for a reader. Once or twice."""
    address = UnprovenAddress.objects.select_for_update(of=("self",)).select_related("report").get(pk=address.pk)
    report = address.report
    if address.proven_at is None:
        address.proven_at = timezone.now()
        address.save(update_fields=["proven_at"])
        Reporter.objects.update_or_create(report=report, defaults={"email": address.email, "wants_answer": True})
        Bounce.forget(address.email)
        signal = Signal.objects.select_for_update(of=("self",)).get(pk=report.signal_id)
        hear(signal, report)
        if signal.status == SignalStatus.NEW and report == signal.reports.earliest("received_at"):
            with suppress(Refused):  # a colleague took it up already
                admit(signal=signal, by=None, category=signal.category)
        send_receipt(report=report, to=address.email)
    return report


@transaction.atomic
def erase_unproven() -> int:
    """Addresses nobody said yes to, and those who did: they stand with the reporter now."""
    due = list(UnprovenAddress.objects.worn_out().select_for_update(skip_locked=True).values_list("pk", flat=True))
    _forget(due)
    return len(due)


def _forget(reports: list[Any]) -> None:
    """The address stands in the mail that asked, too."""
    Message.objects.filter(key__in=[f"proof:{pk}" for pk in reports]).delete()
    UnprovenAddress.objects.filter(pk__in=reports).delete()
