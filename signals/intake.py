"""How a report becomes or joins a signal: one way in for the desk, the tablet, mail and the programs of partners."""

from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from signals.actions import UNDO
from signals.answered import hear
from signals.contacts import Contact, draft, fresh_references, report_of, reporter_of, write
from signals.levels import Level
from signals.models import Channel, EventKind, Report, Signal
from signals.receipts import send_receipt
from signals.routing import Router
from signals.vicinity import notice_repetition
from signals.workflow import SIGNAL_TRANSITIONS, SignalStatus

__all__ = ["Contact", "register", "registered_before", "told_the_same"]

# Other entrances write to who reported by themselves, once the address is proven.
SPOKEN = {Channel.PHONE, Channel.COUNTER}


def register(contact: Contact, *, join: Signal | None = None) -> Report:
    """Register one contact: as a new signal, or joined to a running one. Sent twice, it is registered once."""
    if known := registered_before(contact):
        return known
    try:
        if join is not None:
            return _join(contact, join)
        made = draft(contact, Router(), fresh_references(1)[0])
        if contact.registered_by is None and made.signal.status == SignalStatus.TO_DIVIDE:
            made.signal.status = SignalStatus.NEW  # it came in by itself: no colleague has seen it
        with transaction.atomic():
            write([made])
            made.tell()
            _notice_repetition(made.signal, contact)
            _tell_where_to_follow(made.reports[0], contact)
    except IntegrityError:
        # The same page sent twice at the same moment: the other one was first.
        if known := registered_before(contact):
            return known
        raise
    return made.reports[0]


def registered_before(contact: Contact) -> Report | None:
    """The report that this contact became already. The same id with other words is another report: never
    take the one for the other."""
    known = Report.objects.filter(pk=contact.id).select_related("signal").first()
    if known is None:
        return None
    by_the_same = (contact.registered_by and contact.registered_by.pk) == known.registered_by_id
    if not by_the_same or not told_the_same(
        known, description=contact.description, place=contact.place, category_id=contact.category.pk
    ):
        raise Refused(_other_words(known))
    known.saved_before = True
    return known


def told_the_same(known: Report, *, description: str, place: str, category_id: int) -> bool:
    if description != known.description:
        return False
    return (place, category_id) in [(known.place, known.category_id), _as_told(known)]


def _as_told(known: Report) -> tuple[str, int]:
    """Who corrects a signal gives its first report that place and subject too: what was told stands in its history."""
    first = apps.get_model("signals", "ReportChange").objects.filter(pgh_obj_id=known.pk).order_by("pgh_id").first()
    told: Any = first or known
    return str(told.place), int(told.category_id)


def _other_words(known: Report) -> str:
    """Its number only for a colleague, and not of what its author may not look up again."""
    if known.registered_by_id is None or known.signal.level > Level.OPEN:
        return _("Another report was saved from this page before. Save once more: this becomes a new one.")
    said = _(
        "From this page %(reference)s was saved before, with other words. Something to mend in it? Open that signal. "
        "Is this something else? Save once more: it becomes a new one."
    )
    return said % {"reference": known.signal.reference}


def _join(contact: Contact, signal: Signal) -> Report:
    """Add a report to a running signal. The words come along as secret as the signal is."""
    with transaction.atomic():
        signal = Signal.objects.select_for_update(of=("self",)).get(pk=signal.pk)
        if signal.status not in SIGNAL_TRANSITIONS["join"]:
            raise Refused(_("This signal is closed meanwhile. Register it as a new one."))
        if contact.category.level > signal.level:
            raise Refused(_("This subject is more secret than the running signal. Register it as a new one."))
        report = report_of(contact, signal)
        report.save(force_insert=True)
        if reporter := reporter_of(contact, report):
            reporter.save(force_insert=True)
        signal.report_count += 1
        signal.last_reported_at = max(signal.last_reported_at, contact.received_at)
        signal.save(update_fields=["report_count", "last_reported_at"])
        signal.record(EventKind.JOINED, by=contact.registered_by, at=contact.received_at, channel=contact.channel)
        hear(signal, report)
        _notice_repetition(signal, contact)
        _tell_where_to_follow(report, contact)
    return report


def _tell_where_to_follow(report: Report, contact: Contact) -> None:
    """Who told it aloud, and wants to hear, gets the address of their own page; not at once, for whoever noted it may
    still take it back."""
    if contact.channel in SPOKEN and contact.email and contact.wants_answer and not contact.answer:
        send_receipt(report=report, to=contact.email, send_after=timezone.now() + UNDO)


def _notice_repetition(signal: Signal, contact: Contact) -> None:
    notice_repetition(
        signal, category_id=contact.category.pk, longitude=contact.longitude, latitude=contact.latitude,
        until=contact.received_at,
    )  # fmt: skip
