"""Who reported it comes back while its signal waits for that answer: by whatever way, it goes on, and they hear."""

import re
import uuid
from collections.abc import Collection

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import post
from signals.levels import Level
from signals.mentions import readers_of
from signals.models import EventKind, Report, Reporter, Signal
from signals.models.lexemes import DIGITS, LastDigits
from signals.offers import who_works_on
from signals.raised import RAISED_BY_COLLEAGUES
from signals.workflow import SignalStatus
from teams.models import User


def hear(signal: Signal, report: Report, *, came_along: Collection[uuid.UUID] = ()) -> None:
    """A report was added to it, alone or with others. Is it of who was to answer, and told since they were to, then
    it waits no longer. The caller holds the lock."""
    if signal.status != SignalStatus.WAITING or not signal.stands_still:
        return
    if signal.waiting_since and report.received_at < signal.waiting_since:  # no answer: nobody had asked yet
        return
    if not is_of_who_reported(report, came_along):
        signal.surface("told_more")  # it may be the answer all the same: who steers it reads it, and says so
        return
    waited = signal.events.filter(kind=EventKind.WAITS).select_related("by").order_by("-at", "-pk").first()
    signal.resume(by=None)
    signal.surface("followed")
    _tell(signal, report, waited.by if waited else None)


def is_of_who_reported(report: Report, came_along: Collection[uuid.UUID] = ()) -> bool:
    """Whether the same person reported it before: by address, number or whole name; or as a colleague. What came along
    with it does not count: it knows its own reporter, who is not therefore the one that is awaited."""
    others = Report.objects.filter(signal=report.signal_id).exclude(pk__in=[report.pk, *came_along])
    if report.follows_id and others.filter(pk=report.follows_id).exists():
        return True
    by_hand = others.filter(registered_by=report.registered_by_id, channel__in=RAISED_BY_COLLEAGUES)
    if report.registered_by_id and report.channel in RAISED_BY_COLLEAGUES and by_hand.exists():
        return True
    who = Reporter.objects.filter(report=report).first()
    known = Reporter.objects.filter(report__in=others).alias(digits=LastDigits("phone"))
    return who is not None and known.filter(_same_person(who)).exists()


def _same_person(who: Reporter) -> Q:
    digits, name = re.sub(r"\D", "", who.phone)[-DIGITS:], who.name.strip()
    same = Q(pk__in=[])
    if who.email:
        same |= Q(email__iexact=who.email)
    if len(digits) == DIGITS:
        same |= Q(digits=digits)
    if " " in name:  # there are many of a first name alone
        same |= Q(name__iexact=name)
    return same


def _tell(signal: Signal, report: Report, who_let_it_wait: User | None) -> None:
    """Who let it wait, as long as they may read it, and who works on it: nothing of what it is about."""
    people = {who_let_it_wait} if who_let_it_wait and readers_of(signal, [who_let_it_wait]) else set()
    for task in signal.tasks.live().select_related("team", "post"):
        people |= who_works_on(task)
    page = reverse("signals:signal", args=[signal.reference]) if signal.level == Level.OPEN else reverse("inbox")
    for person in people - {report.registered_by}:
        words = {"name": person.name, "day": date_format(timezone.localdate(), "j F Y")}
        post(
            key=f"answered:{signal.pk}:{report.pk}:{person.pk}",
            to=person.email,
            reader_id=person.pk,
            subject=_("The reporter answered"),
            body=_(
                "Hello %(name)s\n\nSomething waited for an answer of who reported it. The answer came on %(day)s: it "
                "goes on, and so does its term.\n\n%(link)s"
            )
            % {**words, "link": f"{settings.SITE_URL}{page}"},
        )
