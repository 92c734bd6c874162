"""Writes that cross models. Each is repeatable and says who did it."""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import Message, State, post
from signals.levels import Level
from signals.models import EventKind, Feedback, Report, Reporter, Signal
from teams.models import User

# How long an undo can still take a mail back.
UNDO = dt.timedelta(minutes=2)


def tell_who_raised_it(*, signal: Signal, by: User | None) -> None:
    """Queue the mail to each reporter who wants to hear, and the feedback of each colleague who raised it.

    Of sealed matter they hear only that it reached the right service.
    """
    sealed = signal.level == Level.SEALED
    assert signal.closed_at is not None  # noqa: S101  the caller has just closed it
    reports = Report.objects.filter(signal=signal).select_related("registered_by", "category")
    for user in {report.registered_by for report in reports if report.channel == "warden" and report.registered_by}:
        Feedback.objects.get_or_create(
            user=user, signal=signal, at=signal.closed_at,
            defaults={
                "subject": signal.category.name if sealed else signal.title,
                "text": _("Delivered to the right service.") if sealed else signal.outcome,
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


def withdraw_what_was_told(*, signal: Signal) -> None:
    """Take back closing mails that have not left. Feedback of a colleague stays: a new one will follow."""
    for message in Message.objects.filter(key__startswith=f"closed:{signal.pk}:", state=State.WAITING):
        message.withdraw()
