"""What follows an offer: a mail with a link for who is on the street, a reminder, and then both coordinators.

The link accepts one task as one person, without signing in: only of open matter, as long as it is offered and that
person works for its team. Opening it does nothing; mail scanners open every link.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

import pghistory
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import Message, State, post
from kortrijk_gebied.jobs.rounds import each
from signals import unanswered
from signals.levels import Level
from signals.models import EventKind, Signal, Task
from signals.pauses import stood_still
from signals.workflow import TASK_TRANSITIONS, TaskStatus
from teams.access import access_of
from teams.calendars import calendar_of
from teams.models import User

SALT = "task-offer"
GOOD_FOR = dt.timedelta(days=14)
# Working days of the team that was asked: from the offer to the reminder, and from there to both coordinators.
REMINDED_AFTER, ESCALATED_AFTER = 1, 1
# In the key of a mail: which of the two that hold words of the task.
ASKED, REMINDED = "offered", "reminded"


@dataclass(frozen=True)
class Invitation:
    """Who is asked what. `is_quiet`: only that there is something, for who signs in."""

    task: Task
    user: User

    @property
    def is_quiet(self) -> bool:
        return max(self.task.level, self.task.signal.level) > Level.OPEN

    @property
    def url(self) -> str:
        if self.is_quiet:
            return f"{settings.SITE_URL}{reverse('today')}"
        token = signing.dumps([str(self.task.pk), str(self.user.pk)], salt=SALT)
        return f"{settings.SITE_URL}{reverse('task-offer', args=[token])}"


def invitation_of(token: str) -> Invitation | None:
    """What a link was made for; None when it is not ours, too old, of somebody who does not work for the team any
    more, or of matter that became secret."""
    try:
        task_pk, user_pk = (uuid.UUID(key) for key in signing.loads(token, salt=SALT, max_age=GOOD_FOR))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    task = (
        Task.objects.select_related("signal__category", "team__organisation", "accepted_by").filter(pk=task_pk).first()
    )
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if task is None or user is None or task.team_id not in access_of(user).teams("work"):
        return None
    found = Invitation(task, user)
    return None if found.is_quiet else found


def accept(invitation: Invitation) -> None:
    """Say yes in the name of who got the mail; the history names that person."""
    with pghistory.context(user=str(invitation.user.pk)):
        invitation.task.accept(by=invitation.user)


def tell_who_is_asked(task: Task) -> None:
    """A mail to the holders of the post and to members who wish one. It leaves with the offer."""
    for person in who_is_asked(task):
        _write(task, person, ASKED)


def who_is_asked(task: Task) -> Iterable[User]:
    today = timezone.localdate()
    members = task.team.memberships.valid_on(today).values("user")
    working = User.objects.filter(pk__in=members, is_active=True)
    if task.post and (holders := working.filter(pk__in=task.post.holders.valid_on(today).values("user"))):
        return holders
    return working.filter(mail_offers=True)  # what is for a post that nobody holds is for the whole team again


def who_works_on(task: Task) -> set[User]:
    """Those, and whoever said yes to it, as long as they are in its team."""
    members = task.team.memberships.valid_on(timezone.localdate()).filter(user=task.accepted_by)
    return {*who_is_asked(task), *User.objects.filter(pk__in=members.values("user"), is_active=True)}


def follow_offers(now: dt.datetime | None = None) -> int:
    """Remind who did not answer, and as long after that tell the coordinators of both; how many it was.

    Each reminder in a transaction of its own. What nobody takes is told in one mail, so all of it at once: a worker
    that dies in the middle has told nothing, and the next run tells it all. Signals are locked in the order of their
    keys, as everybody does who holds more than one.
    """
    now = now or timezone.now()
    waiting = Task.objects.waiting_for_an_answer().filter(escalated_at__isnull=True)
    rows = waiting.filter(offered_at__lt=now - dt.timedelta(hours=12)).order_by("signal_id", "pk")
    keys = rows.values_list("pk", "signal_id")
    reminded = each(keys.filter(reminded_at=None), lambda row: _remind(*row, now), about="Reminding of offers")
    late = list(keys.filter(reminded_at__lt=now))
    try:
        return reminded + _escalate_together(late, now)
    except Exception:  # of one of them: then each has a mail of its own
        return reminded + each(late, lambda row: _escalate_together([row], now), about="Escalating offers")


@transaction.atomic
def _escalate_together(late: list[tuple[uuid.UUID, uuid.UUID]], now: dt.datetime) -> int:
    escalated = [task for keys in late if (task := _escalate(*keys, now))]
    unanswered.tell(escalated)
    return len(escalated)


def _remind(pk: uuid.UUID, signal_id: uuid.UUID, now: dt.datetime) -> bool:
    task = _unanswered(pk, signal_id)
    if task is None or task.reminded_at or now < _silent_until(task, task.offered_at, REMINDED_AFTER):
        return False
    task.reminded_at = now
    for person in who_is_asked(task):
        _write(task, person, REMINDED)
    task.signal.record(EventKind.OFFER_REMINDED, by=None, task=task, level=task.level, team=task.team.name)
    task.save(update_fields=["reminded_at"])
    return True


def _escalate(pk: uuid.UUID, signal_id: uuid.UUID, now: dt.datetime) -> Task | None:
    task = _unanswered(pk, signal_id)
    if task is None or not task.reminded_at or now < _silent_until(task, task.reminded_at, ESCALATED_AFTER):
        return None
    task.escalated_at = now
    task.signal.surface("unanswered")
    task.signal.record(EventKind.OFFER_ESCALATED, by=None, task=task, level=task.level, team=task.team.name)
    task.save(update_fields=["escalated_at"])
    return task


def _unanswered(pk: uuid.UUID, signal_id: uuid.UUID) -> Task | None:
    """Locked, with its signal, as they are now; None when somebody answered, or the reporter is to answer first."""
    signal = Signal.objects.select_for_update(of=("self",)).get(pk=signal_id)
    found = Task.objects.select_for_update(of=("self",)).select_related("team", "post")
    task = found.filter(pk=pk, status=TaskStatus.OFFERED, escalated_at__isnull=True).first()
    if task is None or signal.stands_still:
        return None
    task.signal = signal
    return task


def _silent_until(task: Task, since: dt.datetime, days: int) -> dt.datetime:
    """Until when a team may leave it unanswered: working days of its own, without those on which the signal stood
    still."""
    calendar = calendar_of(task.team.organisation_id)
    until = calendar.deadline(since, days)
    for paused, resumed in stood_still(task.signal):
        until = calendar.resumed(until, paused_at=max(paused, since), resumed_at=resumed)
    return until


def tell_that_it_was_returned_twice(task: Task) -> None:
    """Nobody takes it: the coordinators of both organisations decide together."""
    _tell_coordinators(task, "returned", _("A task was returned twice. The last time by %(team)s, asked on %(day)s."))


def _tell_coordinators(task: Task, key: str, said: str) -> None:
    """Nothing of what it is about."""
    for person in unanswered.who_decides(task):
        words = {"team": task.team.name, "day": date_format(timezone.localtime(task.offered_at), "j F Y")}
        post(
            key=f"task:{task.pk}:{key}:{person.pk}",
            to=person.email,
            reader_id=person.pk,
            subject=_("A task that nobody takes"),
            body=_("Hello %(name)s\n\n%(said)s\n\n%(site)s")
            % {"name": person.name, "said": said % words, "site": f"{settings.SITE_URL}{reverse('inbox')}"},
        )


def _write(task: Task, person: User, key: str) -> None:
    post(
        key=f"task:{task.pk}:{key}:{person.pk}",
        to=person.email,
        reader_id=person.pk,
        subject=_("Asked of %(team)s") % {"team": task.team.name},
        body=_body(task, person, key),
    )


def _body(task: Task, person: User, key: str) -> str:
    invitation = Invitation(task, person)
    about = _("Something is asked of your team. What it is stands behind the sign-in.")
    if not invitation.is_quiet:
        about = "\n".join(filter(None, [task.title, task.signal.title, _due(task)]))
    lead = _("%(team)s did not answer yet.") if key == REMINDED else _("%(team)s is asked:")
    return _("Hello %(name)s\n\n%(lead)s\n\n%(about)s\n\nAccept it: %(link)s") % {
        "name": person.name, "lead": lead % {"team": task.team.name}, "about": about, "link": invitation.url,
    }  # fmt: skip


def hush(signal: Signal) -> None:
    """It became secret: invitations that did not leave yet say from now on only that there is something. What is
    being sent this moment may fail and be sent again, so that one too."""
    tasks = list(signal.tasks.select_related("team", "signal"))
    for task in tasks:
        task.signal = signal
        word_anew(task)
    unanswered.hush(tasks)


def word_anew(task: Task) -> None:
    """What asks for it and did not leave yet says it as it is by now: as secret, of that subject, at that place."""
    mails = Message.objects.filter(key__startswith=f"task:{task.pk}:", state__in=[State.WAITING, State.RUNNING])
    for mail in mails:
        key, person = mail.key.split(":")[2:4]
        if key in (ASKED, REMINDED):
            Message.objects.filter(pk=mail.pk).update(body=_body(task, User.objects.get(pk=person), key))


def call_back(task: Task) -> None:
    """It was withdrawn: what asked for it and did not leave yet stays here."""
    for mail in Message.objects.filter(key__startswith=f"task:{task.pk}:", state=State.WAITING):
        mail.withdraw()


def call_again(task: Task) -> None:
    """Its withdrawal was undone: what stayed here because of that leaves after all."""
    Message.objects.give_back(f"task:{task.pk}:")
    word_anew(task)


def _due(task: Task) -> str:
    if task.due_at is None:
        return ""
    local = timezone.localtime(task.due_at)
    return _("By %(day)s, %(time)s") % {"day": date_format(local, "j F Y"), "time": time_format(local.time())}


def may_accept(task: Task) -> bool:
    return task.status in TASK_TRANSITIONS["accept"]
