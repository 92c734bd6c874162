"""What a reporter reads of the report behind the random address, and may say back.

No word that somebody typed stands there, except the outcome of an open signal, which was written for the
reporter. Of limited and sealed matter only that it reached the right service: no state, no outcome, no question.
"""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kortrijk_gebied.refusals import Refused
from signals.arrivals import add_words
from signals.levels import Level
from signals.models import Channel, EventKind, Signal
from signals.models.status_links import REOPENED_WITHIN, StatusLink
from signals.workflow import ENDED, SignalStatus

S = SignalStatus

STATES = {
    S.NEW: gettext_lazy("We received your report and will read it soon."),
    S.TO_DIVIDE: gettext_lazy("We are looking for who can handle your report."),
    S.REOPENED: gettext_lazy("We are looking at your report once more."),
    S.ROUTED: gettext_lazy("Your report went to the service that handles it."),
    S.IN_PROGRESS: gettext_lazy("The service is working on it."),
    S.WAITING: gettext_lazy("The work rests for a moment. We go on with it by ourselves."),
    S.REFERRED: gettext_lazy("We asked somebody else to handle this, and wait for their answer."),
    S.RESOLVED: gettext_lazy("The work was done. We check it once more."),
    S.CLOSED: gettext_lazy("Your report was handled."),
    S.CANCELLED: gettext_lazy("Your report was stopped."),
    S.JOINED: gettext_lazy("We handle your report together with others about the same."),
    S.NOT_OURS: gettext_lazy("Somebody else handles this: we passed it on."),
}


@dataclass(frozen=True)
class Followed:
    """What the page shows. `outcome` and the questions are absent while it runs and of what is not open."""

    link: StatusLink
    subject: str
    state: str
    outcome: str = ""
    ended_on: str = ""
    may_reopen: bool = False
    may_rate: bool = False
    is_too_late: bool = False


def followed(link: StatusLink) -> Followed:
    signal = link.report.signal
    if is_quiet(signal):
        return Followed(link, "", _("Your report was delivered to the right service."))
    ended = signal.status in ENDED
    return Followed(
        link,
        subject=signal.category.name,
        state=str(STATES[SignalStatus(signal.status)]),
        outcome=signal.outcome if ended else "",
        ended_on=date_format(timezone.localdate(signal.closed_at)) if signal.closed_at else "",
        may_reopen=ended and not is_too_late(signal),
        may_rate=ended and not is_too_late(signal),
        is_too_late=ended and is_too_late(signal),
    )


def is_quiet(signal: Signal) -> bool:
    return signal.level > Level.OPEN


def is_too_late(signal: Signal) -> bool:
    return signal.closed_at is None or timezone.now() > signal.closed_at + REOPENED_WITHIN


def not_resolved(link: StatusLink, *, why: str) -> None:
    """Reopen what the reporter says is not over; who did the work is asked again. Said twice it is said once.

    Did somebody else reopen it meanwhile, then what they say is added.
    """
    said = " ".join(why.split())
    reason = _("The reporter says: %(why)s") % {"why": said or _("this is not resolved.")}
    with transaction.atomic():
        signal = Signal.objects.select_for_update(of=("self",)).get(pk=link.report.signal_id)
        if is_quiet(signal):
            return
        if signal.status not in ENDED:
            if said and not signal.events.filter(kind=EventKind.REOPENED, data__reason=reason).exists():
                add_words(report=link.report, text=said, key=uuid.uuid5(link.pk, said), channel=Channel.WEB)
            return
        if is_too_late(signal):
            raise Refused(_("This ended more than 30 days ago. Please make a new report: we handle it at once."))
        signal.reopen(by=None, reason=reason)


def rate(link: StatusLink, *, score: int, comment: str = "") -> None:
    """Keep how satisfied the reporter is; the last answer counts."""
    with transaction.atomic():
        link = StatusLink.objects.select_for_update(of=("self",)).select_related("report__signal").get(pk=link.pk)
        if not followed(link).may_rate:
            return
        link.score, link.rated_at = score, timezone.now()
        link.comment = comment.strip() or link.comment
        link.save(update_fields=["score", "rated_at", "comment"])
