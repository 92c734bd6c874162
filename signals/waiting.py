"""What time does: signals that waited come back on their day, and who does not answer a handover is reminded.

Each row in a transaction of its own, and each step notes on the row that it was taken: a sweep that runs twice,
or two at once, does it once.
"""

import datetime as dt
import itertools
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import post
from signals import outside
from signals.handing import ANSWER_DAYS
from signals.levels import Level
from signals.models import EventKind, Handover, Signal
from signals.workflow import SIGNAL_TRANSITIONS, HandoverKind, SignalStatus, WaitingFor
from teams.access import who_may
from teams.calendars import calendar_of
from teams.models import Team, User

# What is in the course of a signal when it stops waiting, one way or another.
ENDS_A_WAIT = (EventKind.WAITS, EventKind.RESUMED, EventKind.CLOSED, EventKind.CANCELLED, EventKind.REOPENED)


def stood_still(signal: Signal) -> list[tuple[dt.datetime, dt.datetime]]:
    """From when to when it stood still, each time that it waited for the reporter and goes on again since."""
    course = list(signal.events.filter(kind__in=ENDS_A_WAIT).order_by("at", "pk"))
    return [
        (event.at, after.at)
        for event, after in itertools.pairwise(course)
        if event.kind == EventKind.WAITS and event.data.get("waiting_for") == WaitingFor.REPORTER
    ]


def resume_what_waited() -> int:
    """Signals whose day has come; how many."""
    due = Signal.objects.filter(status=SignalStatus.WAITING, waiting_until__lte=timezone.localdate())
    return sum(_resume(signal) for signal in list(due))


@transaction.atomic
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
    return sum(_remind(pk) for pk in list(late.values_list("pk", "signal_id")))


@transaction.atomic
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
        _tell(handover, who_answers(handover), "reminded")
        outside.write(handover, key="reminded")
    else:
        handover.escalated_at = now
        _tell(handover, who_decides(handover), "escalated")
        signal.surface("unanswered")
    kind = EventKind.ESCALATED if handover.escalated_at else EventKind.REMINDED
    handover.save(update_fields=["due_at", "reminded_at", "escalated_at"])
    signal.record(kind, by=None, handover=handover.kind, receiver=handover.receiver)
    return True


def who_answers(handover: Handover) -> Iterable[User]:
    """The team that was asked; of a referral outside, who must see to it that they confirm."""
    return members_of(handover.team) if handover.team else [handover.by]


def who_decides(handover: Handover) -> Iterable[User]:
    """The coordinators of both sides in the area. Of sealed matter no coordinator knows: then both teams."""
    signal, sides = handover.signal, {handover.from_organisation_id}
    if handover.team and handover.team.organisation_id:
        sides.add(handover.team.organisation_id)
    if signal.level == Level.SEALED or signal.area_id is None:
        return {*members_of(handover.team), *members_of(handover.from_team), handover.by}
    return {person for side in sides for person in who_may("route", signal.area_id, side)}


def members_of(team: Team | None) -> Iterable[User]:
    if team is None:
        return []
    valid = team.memberships.valid_on(timezone.localdate())
    return User.objects.filter(Q(pk__in=valid.values("user")))


def _tell(handover: Handover, people: Iterable[User], key: str) -> None:
    """Who asked whom, and when: nothing of what it is about."""
    for person in people:
        words = {
            "name": person.name,
            "what": capfirst(handover.get_kind_display()),
            "giver": handover.giver,
            "receiver": handover.receiver,
            "day": date_format(timezone.localtime(handover.at), "j F Y"),
            "site": settings.SITE_URL,
        }
        post(
            key=f"handover:{handover.pk}:{key}:{person.pk}",
            to=person.email,
            subject=_("Still waiting for an answer of %(receiver)s") % words,
            body=_(
                "Hello %(name)s\n\n%(what)s, asked by %(giver)s on %(day)s: no answer of %(receiver)s yet.\n\n%(site)s"
            )
            % words,
        )
