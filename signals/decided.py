"""Who raised what was lifted to policy hears what was decided, and who lifted it how that ended: once per decision.

A colleague reads the words when they may read the action or the point. A citizen reads them only of an action that is
for everybody; else that the team decided, and where to ask. Of secret matter nobody hears, for nothing of it is linked.
"""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import post
from signals.actions import UNDO
from signals.closing_mail import title_of
from signals.levels import Level
from signals.lifting import rows_behind
from signals.models import Feedback, Reporter, Signal
from signals.raised import hears_how_it_ends, who_raised
from teams.access import access_of
from teams.lifting import on_decided
from teams.models import Action, AgendaPoint, User
from teams.models.audience import Audience
from teams.models.corrections import said_at
from teams.models.meetings import PointState


@on_decided
def tell_who_raised_it(subject: Action | AgendaPoint) -> None:
    for signal in _signals(subject):
        _tell_colleagues(signal, subject)
        _tell_reporters(signal, subject)


def _signals(subject: Action | AgendaPoint) -> list[Signal]:
    """Each once. Of a dossier those in it that are open by now."""
    rows = [row for found in rows_behind(subject) for row in found.values_list("signal", "dossier")]
    own = {signal for signal, _dossier in rows if signal}
    dossiers = {dossier for _signal, dossier in rows if dossier}
    heard = Signal.objects.filter(level=Level.OPEN, category__about_persons=False)
    found = heard.filter(pk__in=own) | heard.filter(
        pk__in=Signal.objects.filter(
            dossier_entries__dossier__in=dossiers, dossier_entries__dossier__level=Level.OPEN
        ).values("pk")
    )
    return list(found.select_related("category", "owner").order_by("pk"))


def _tell_colleagues(signal: Signal, subject: Action | AgendaPoint) -> None:
    for user in [*who_raised(signal), *_who_lifted(signal, subject)]:
        if not hears_how_it_ends(signal, user):
            continue
        reads = type(subject)._default_manager.readable(access_of(user)).filter(pk=subject.pk).exists()
        Feedback.objects.get_or_create(
            user=user, signal=signal, at=_moment(subject),
            defaults={"subject": signal.title, "text": words_of(subject, in_full=reads)},
        )  # fmt: skip


def _who_lifted(signal: Signal, subject: Action | AgendaPoint) -> list[User]:
    """Who brought it to the table hears how it ended, unless they ended it themselves."""
    ended_by = subject.done_by_id if isinstance(subject, Action) else subject.decided_by_id
    if ended_by is None:
        return []
    lifted = [row for found in rows_behind(subject) for row in found.filter(signal=signal).values_list("by", flat=True)]
    return list(User.objects.filter(pk__in=lifted, is_active=True).exclude(pk=ended_by))


def _tell_reporters(signal: Signal, subject: Action | AgendaPoint) -> None:
    in_full = isinstance(subject, Action) and subject.audience == Audience.PUBLIC
    wanting = Reporter.objects.filter(report__signal=signal, wants_answer=True).exclude(email="")
    for reporter in wanting.select_related("report__category", "report__follows__category"):
        told = reporter.report.follows or reporter.report
        if told.category.level > Level.OPEN:
            continue
        words = {
            "name": reporter.name or _("citizen"), "title": title_of(reporter.report), "site": settings.SITE_URL,
            "said": words_of(subject, in_full=in_full),
        }  # fmt: skip
        post(
            key=f"policy:{reporter.pk}:{subject.pk}:{_stamp(subject)}",
            to=reporter.email,
            subject=_("What your report led to"),
            body=_(
                "Dear %(name)s\n\nYour report: %(title)s\n\n%(said)s\n\nQuestions? Call 1777.\n\nThank you for letting "
                "us know.\n\nReport desk 1777, city of Kortrijk\n%(site)s"
            )
            % words,
            send_after=timezone.now() + UNDO,
        )


def words_of(subject: Action | AgendaPoint, *, in_full: bool) -> str:
    """What is said of it; in full only to who may read it there."""
    if isinstance(subject, AgendaPoint):
        said = {
            PointState.DECIDED: _("%(team)s spoke about this and decided."),
            PointState.NOTED: _("%(team)s spoke about this and keeps it in mind."),
        }.get(PointState(subject.state), _("%(team)s looked at this and will not do more about it for now."))
        words = subject.decision
    else:
        said = {
            Action.Status.PLANNED: _("%(team)s took this up: it is planned."),
            Action.Status.RUNNING: _("%(team)s took this up and has begun."),
            Action.Status.DONE: _("%(team)s took this up, and it is done."),
        }.get(Action.Status(subject.status), _("%(team)s looked at this and will not do more about it for now."))
        words = subject.result
    sentence = said % {"team": subject.team.name}
    return "\n".join(part for part in (sentence, subject.title, words) if part) if in_full else sentence


def _moment(subject: Action | AgendaPoint) -> dt.datetime:
    ended = subject.done_at if isinstance(subject, Action) else said_at(subject)
    return ended or timezone.now()


def _stamp(subject: Action | AgendaPoint) -> str:
    state = subject.status if isinstance(subject, Action) else subject.state
    ended = subject.done_at if isinstance(subject, Action) else said_at(subject)
    return f"{state}:{ended.timestamp():.6f}" if ended else str(state)
