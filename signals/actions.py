"""Writes that cross models. Each is repeatable and says who did it."""

import datetime as dt
import uuid

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import Message, State, post
from kortrijk_gebied.jobs.rounds import each
from signals.closing_mail import closing_mail
from signals.levels import Level
from signals.models import EventKind, Feedback, Report, Reporter, Signal, Task
from signals.models.events import Unseen
from signals.models.status_links import StatusLink
from signals.offers import hush, tell_who_is_asked
from signals.raised import hears_how_it_ends, who_raised
from signals.workflow import TaskStatus
from teams.access import teams_that_work
from teams.models import User

# How long an undo can still take a mail back.
UNDO = dt.timedelta(minutes=2)


def tell_who_raised_it(*, signal: Signal, by: User | None) -> None:
    """Queue the mail to each reporter who wants to hear, and the feedback of each colleague or partner who raised it.

    Of what they may not hear more of: that it reached the right service.
    """
    sealed = signal.level == Level.SEALED
    assert signal.closed_at is not None  # noqa: S101  the caller has just closed it
    reports = Report.objects.filter(signal=signal)
    for user in who_raised(signal):
        quiet = not hears_how_it_ends(signal, user)
        Feedback.objects.get_or_create(
            user=user, signal=signal, at=signal.closed_at,
            defaults={
                "subject": _subject_of(signal, user) if quiet else signal.title,
                "text": _("Delivered to the right service.") if quiet else signal.outcome,
            },
        )  # fmt: skip
    told = False
    for reporter in Reporter.objects.filter(report__in=reports, wants_answer=True).exclude(email=""):
        post(
            key=f"closed:{signal.pk}:{reporter.pk}:{signal.closed_at.timestamp():.6f}",
            to=reporter.email,
            subject=_("Your report to 1777"),
            body=closing_mail(signal, reporter),
            send_after=timezone.now() + UNDO,
        )
        told = True
    if told and not sealed:
        signal.record(EventKind.TOLD, by=by)


def hush_what_was_told(*, signal: Signal) -> None:
    """It became more secret: take its words out of feedback, and of mail that has not left.

    Mail that is being sent may fail and be sent again: so out of that one too.
    """
    lines = Feedback.objects.filter(signal=signal).select_related("user")
    for line in lines if signal.level == Level.SEALED else lines.exclude(user__organisation_id=signal.owner_id):
        Feedback.objects.filter(pk=line.pk).update(
            subject=_subject_of(signal, line.user), text=_("Delivered to the right service.")
        )
    word_ending_anew(signal)
    unsent = Message.objects.filter(state__in=[State.WAITING, State.RUNNING])
    for task in signal.tasks.select_related("team"):
        task.signal = signal
        for mail in unsent.filter(key=f"reopened:{task.pk}"):
            person = User.objects.filter(email=mail.to).first()
            unsent.filter(pk=mail.pk).update(body=_came_back(task, person.name if person else ""))
    hush(signal)


def word_ending_anew(signal: Signal) -> None:
    """Mail about its end that has not left says it as it is by now."""
    unsent = Message.objects.filter(state__in=[State.WAITING, State.RUNNING])
    for reporter in Reporter.objects.filter(report__signal=signal):
        mails = unsent.filter(key__startswith=f"closed:{signal.pk}:{reporter.pk}:")
        mails.update(body=closing_mail(signal, reporter))


def _subject_of(signal: Signal, user: User) -> str:
    """What somebody who may not hear more raised themselves, by hand or by their program: not what became of it, what
    it turned out to be, or what it was joined with."""
    by_them = models.Q(registered_by=user)
    if user.organisation_id:  # of nobody's program is what came by none
        by_them |= models.Q(partner_report__key__organisation=user.organisation_id)
    own = signal.reports.filter(by_them).select_related("category").order_by("received_at").first()
    return (own.category if own else signal.category).name


def erase_reporters() -> int:
    """Forget who reported what ended long ago, in the history and in the mail too; how many were forgotten."""
    with transaction.atomic():
        due = list(Reporter.objects.due_for_erasure().select_for_update(of=("self",)).values_list("pk", flat=True))
        for pk in due:
            Message.objects.filter(key__startswith=f"receipt:{pk}:").delete()
            Message.objects.filter(key__startswith=f"policy:{pk}:").delete()
        # Told of the signal it belonged to then: since, it may have been joined with another, or split off.
        reporter = models.Func(
            "key", models.Value(":"), models.Value(3), function="split_part", output_field=models.TextField()
        )
        told = Message.objects.filter(key__startswith="closed:").alias(reporter=reporter)
        told.filter(reporter__in=[str(pk) for pk in due]).delete()
        Reporter.objects.filter(pk__in=due).delete()
        StatusLink.objects.filter(report__in=due).update(token=None, comment="")  # how satisfied, nobody in particular
        apps.get_model("signals", "ReporterChange").objects.filter(pgh_obj_id__in=due).delete()
    return len(due)


def take_along(*, signal: Signal) -> None:
    """Raise what hangs on it to its level. What its keepers could read they go on reading, under their own
    name; what was another organisation's alone stays that. What it led to in the open is no longer linked to it."""
    from signals.lifting import forget

    forget(signal)
    level, owner = signal.level, signal.owner_id
    for parts in (signal.notes, signal.attachments):
        read_here = models.Q(level=Level.OPEN) | models.Q(level=Level.LIMITED, organisation_id=owner)
        parts.filter(read_here, level__lt=level).update(
            level=level, organisation_id=owner, team_id=signal.team_id if level == Level.SEALED else None
        )
    for rows in (signal.tasks, signal.events, signal.notes, signal.attachments, signal.handovers, signal.signal_tags):
        rows.filter(level__lt=level).update(level=level)


def withdraw_unseen_tasks(*, signal: Signal, by: User | None, why: Unseen) -> None:
    """Take back what is asked of teams that may no longer see it, and tell them so. The caller holds the lock."""
    tasks = list(signal.tasks.unseen().select_related("team"))
    for task in tasks:
        task.end(TaskStatus.WITHDRAWN, by=by, why=why)
        _tell_team(task, signal)
    if tasks:
        signal.follow_tasks(by=by)


def _tell_team(task: Task, signal: Signal) -> None:
    """That it is over, to each member: not what was asked, nor why it ended, for that is theirs no longer."""
    words = {
        "team": task.team.name,
        "owner": signal.owner.name,
        "day": date_format(timezone.localtime(task.offered_at), "j F Y"),
        "site": settings.SITE_URL,
    }
    for person in User.objects.filter(pk__in=task.team.memberships.valid_on(timezone.localdate()).values("user")):
        post(
            key=f"task-unseen:{task.pk}:{person.pk}",
            to=person.email,
            reader_id=person.pk,
            subject=_("A task of your team was withdrawn"),
            body=_(
                "Hello %(name)s\n\nOn %(day)s %(team)s got a task of %(owner)s. It was withdrawn: your team need do "
                "nothing more for it, and it is no longer on your list.\n\nQuestions? Ask %(owner)s.\n%(site)s"
            )
            % {**words, "name": person.name},
        )


def withdraw_tasks_of_ended_shares() -> int:
    """Shares end on their day, with nobody there to end what hung on them; on how many signals that was."""
    found = Task.objects.unseen().order_by().values_list("signal", flat=True).distinct()
    return each(found, _withdraw_what_nobody_is_told_of, about="Ending tasks with their share")


def _withdraw_what_nobody_is_told_of(pk: uuid.UUID) -> bool:
    signal = Signal.objects.select_for_update(of=("self",)).get(pk=pk)
    withdraw_unseen_tasks(signal=signal, by=None, why=Unseen.SHARE_ENDED)
    return True


def withdraw_what_was_told(*, signal: Signal) -> None:
    """Take back closing mails that have not left. Feedback of a colleague stays: a new one will follow."""
    for message in Message.objects.filter(key__startswith=f"closed:{signal.pk}:", state=State.WAITING):
        message.withdraw()


def ask_again(*, signal: Signal, by: User | None, since: dt.datetime | None) -> None:
    """Offer the work of the round that ended to those who did it, or were doing it, or else did it before: the
    reopening reaches them.

    `since` is when that round began. Who may not see the matter any longer is not asked. The caller holds the lock.
    """
    ended = signal.tasks.filter(ended_at__isnull=False)
    last = ended.filter(ended_at__gt=since) if since else ended
    started = last.filter(status=TaskStatus.WITHDRAWN, accepted_at__isnull=False)
    was_done = models.Q(status=TaskStatus.DONE)
    done = list(last.filter(was_done)) or list(started) or list(ended.filter(was_done))
    able = set(teams_that_work().filter(pk__in=[task.team_id for task in done]).values_list("pk", flat=True))
    for former in {task.team_id: task for task in done}.values():
        if former.team_id in able and signal.may_be_asked(former.team):
            team = former.team
            task = Task.objects.create(
                signal=signal, team=team, post=former.post, title=former.title, level=former.level, offered_by=by,
                due_at=signal.due_of_an_offer(team),
            )  # fmt: skip
            signal.record(EventKind.OFFERED, by=by, task=task, level=task.level, team=team.name, title=task.title)
            tell_who_is_asked(task)
            _tell_who_did_it(task=task, former=former)
    signal.note_working_teams()


def _tell_who_did_it(*, task: Task, former: Task) -> None:
    """A mail to who did the work before, that it came back; of secret matter not even what it is."""
    person = former.ended_by if former.status == TaskStatus.DONE and former.ended_by else former.accepted_by
    if person is None or person == task.offered_by:
        return
    members = former.team.memberships.valid_on(timezone.localdate())
    if not members.filter(user=person).exists():
        return
    post(
        key=f"reopened:{task.pk}",
        to=person.email,
        reader_id=person.pk,
        subject=_("A signal that your team handled came back"),
        body=_came_back(task, person.name),
    )


def _came_back(task: Task, name: str) -> str:
    title = task.signal.title if task.signal.level == Level.OPEN else _("A signal")
    words = {"name": name, "team": task.team.name, "title": title, "link": f"{settings.SITE_URL}{reverse('today')}"}
    return _("Hello %(name)s\n\n%(title)s was reopened: it is not over. %(team)s is asked again.\n\n%(link)s") % words
