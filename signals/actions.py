"""Writes that cross models. Each is repeatable and says who did it."""

import datetime as dt

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import Message, State, post
from kortrijk_gebied.refusals import Refused
from signals.levels import Level
from signals.models import Channel, EventKind, Feedback, Report, Reporter, Signal
from signals.workflow import SignalStatus, TaskStatus
from teams.models import User

# How long an undo can still take a mail back.
UNDO = dt.timedelta(minutes=2)
# Through these channels it is a colleague who noticed it; through the others somebody typed for a citizen.
RAISED_BY_COLLEAGUES = {Channel.WARDEN, Channel.PARTNER}
# Tasks are withdrawn in the transaction that closes their signal, a moment before its time of closing.
CLOSING_TAKES = dt.timedelta(seconds=5)


def tell_who_raised_it(*, signal: Signal, by: User | None) -> None:
    """Queue the mail to each reporter who wants to hear, and the feedback of each colleague who raised it.

    Of sealed matter they hear only that it reached the right service; of limited matter too, outside its owner.
    """
    sealed = signal.level == Level.SEALED
    assert signal.closed_at is not None  # noqa: S101  the caller has just closed it
    reports = Report.objects.filter(signal=signal).select_related("registered_by", "category")
    raised = [report for report in reports if report.channel in RAISED_BY_COLLEAGUES]
    for user in {report.registered_by for report in raised if report.registered_by}:
        quiet = sealed or (signal.level == Level.LIMITED and user.organisation_id != signal.owner_id)
        Feedback.objects.get_or_create(
            user=user, signal=signal, at=signal.closed_at,
            defaults={
                "subject": signal.category.name if quiet else signal.title,
                "text": _("Delivered to the right service.") if quiet else signal.outcome,
            },
        )  # fmt: skip
    told = False
    for reporter in Reporter.objects.filter(report__in=reports, wants_answer=True).exclude(email=""):
        post(
            key=f"closed:{signal.pk}:{reporter.pk}:{signal.closed_at.timestamp():.6f}",
            to=reporter.email,
            subject=_("Your report to 1777"),
            body=_mail_text(signal, reporter, sealed=sealed),
            send_after=timezone.now() + UNDO,
        )
        told = True
    if told and not sealed:
        signal.record(EventKind.TOLD, by=by)


def _mail_text(signal: Signal, reporter: Reporter, *, sealed: bool) -> str:
    """A mail never holds limited or sealed content: then only that the right service has it."""
    quiet = sealed or signal.level == Level.LIMITED
    outcome = _("Your report was delivered to the right service.") if quiet else signal.outcome
    about = "" if quiet else _("Your report: %(title)s") % {"title": signal.title} + "\n\n"
    return _(
        "Dear %(name)s\n\n%(about)s%(outcome)s\n\nThank you for letting us know.\n\n"
        "Report desk 1777, city of Kortrijk\n%(site)s\n\nUrgent? Call 112 or 101."
    ) % {
        "name": reporter.name or _("citizen"),
        "about": about,
        "outcome": outcome,
        "site": settings.SITE_URL,
    }


def hush_what_was_told(*, signal: Signal) -> None:
    """It became more secret after it was closed: take its words out of feedback and of mail that has not left."""
    if signal.level == Level.SEALED:
        lines = Feedback.objects.filter(signal=signal)
    else:
        lines = Feedback.objects.filter(signal=signal).exclude(user__organisation_id=signal.owner_id)
    lines.update(subject=signal.category.name, text=_("Delivered to the right service."))
    for reporter in Reporter.objects.filter(report__signal=signal):
        mails = Message.objects.filter(key__startswith=f"closed:{signal.pk}:{reporter.pk}:", state=State.WAITING)
        mails.update(body=_mail_text(signal, reporter, sealed=signal.level == Level.SEALED))


def erase_reporters() -> int:
    """Forget who reported what ended long ago, in the history and in the mail too; how many were forgotten."""
    with transaction.atomic():
        due = list(Reporter.objects.due_for_erasure().select_for_update(of=("self",)).values_list("pk", flat=True))
        for pk, signal in Report.objects.filter(pk__in=due).values_list("pk", "signal_id"):
            Message.objects.filter(key__startswith=f"closed:{signal}:{pk}:").delete()
        Reporter.objects.filter(pk__in=due).delete()
        apps.get_model("signals", "ReporterChange").objects.filter(pgh_obj_id__in=due).delete()
    return len(due)


def withdraw_what_was_told(*, signal: Signal) -> None:
    """Take back closing mails that have not left. Feedback of a colleague stays: a new one will follow."""
    for message in Message.objects.filter(key__startswith=f"closed:{signal.pk}:", state=State.WAITING):
        message.withdraw()


def undo_closing(*, signal: Signal, by: User) -> None:
    """Take a closing back as if it had not happened: mail that has not left, unread feedback, and the
    tasks it withdrew. Only for a moment, by who closed it; later it is a reopening, with a reason."""
    with transaction.atomic():
        signal = Signal.objects.select_for_update(of=("self",)).get(pk=signal.pk)
        closed_at = signal.closed_at
        if signal.status != SignalStatus.CLOSED or closed_at is None or not can_undo_closing(signal, by=by):
            raise Refused(_("Too late to undo. Reopen the signal, with the reason."))
        signal.reopen(by=by, reason=_("closing undone"))
        Feedback.objects.filter(signal=signal, at=closed_at, read_at__isnull=True).delete()
        withdrawn = signal.tasks.filter(status=TaskStatus.WITHDRAWN, ended_at__gte=closed_at - CLOSING_TAKES)
        tasks = list(withdrawn.filter(ended_by=by))
        for task in tasks:
            task.status = TaskStatus.ACCEPTED if task.accepted_at else TaskStatus.OFFERED
            task.ended_at = task.ended_by = None
            task.save(update_fields=["status", "ended_at", "ended_by"])
        signal.follow_tasks(by=by)


def can_undo_closing(signal: Signal, *, by: User) -> bool:
    return signal.closed_at is not None and signal.closed_by_id == by.pk and timezone.now() < signal.closed_at + UNDO
