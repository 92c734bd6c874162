"""Correcting a subject or a place, as somebody chose who saw what it would become (signals/correction.py).

Nothing goes to another team silently: who corrects keeps the team, or follows the rules.
"""

from collections.abc import Collection

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import post
from kortrijk_gebied.refusals import Refused
from signals.actions import word_ending_anew
from signals.arrivals import needs_admission
from signals.correction import Plan, plan
from signals.levels import Level
from signals.models import Category, Signal, Task
from signals.models.corrected import Spot
from signals.offers import who_works_on, word_anew
from signals.vicinity import notice_repetition
from signals.workflow import SignalStatus, TaskStatus
from teams.models import User


def correct(
    *, signal: Signal, by: User, category: Category, spot: Spot, shown: str = "", follow: bool = False,
    take_back: Collection[str] = (),
) -> None:  # fmt: skip
    """Do it. `shown` is the key of what they saw; `take_back` are keys of tasks that end when the rules are followed.

    What somebody accepted stays otherwise, and its team hears of it; what was only offered goes with the rules.
    """
    with signal.locked("correct"):
        if needs_admission(signal):
            raise Refused(_("Nobody read this yet. Read it and send it on instead."))
        found = plan(signal, by=by, category=category, spot=spot)
        if found.asks and found.key != shown:
            raise Refused(_("Meanwhile this became something else. Look at it as it is now, and choose again."))
        follows = follow and found.asks_who
        signal.correct(by=by, category=category, spot=spot, route=found.route if follows else None)
        if not signal.is_open:  # what was promised and done stays: only figures, searches and pages follow
            word_ending_anew(signal)
            return
        _heed_rules(signal, found, follows)
        if follows:
            _send_on(signal, found, take_back, by)
        else:
            _rename_work(signal, found)
        if signal.status == SignalStatus.NEW:  # somebody has read it by now
            signal.status = SignalStatus.TO_DIVIDE
            signal.save(update_fields=["status"])
        for task in signal.tasks.live().select_related("team"):
            task.signal = signal
            word_anew(task)
            if task in found.now.tasks:
                _tell(task, by)
        notice_repetition(
            signal, category_id=category.pk, longitude=spot.longitude, latitude=spot.latitude, until=timezone.now()
        )


def _heed_rules(signal: Signal, found: Plan, follows: bool) -> None:
    """Which rule sent it, why, and until when: counted from when it was reported."""
    by_rule = follows or found.is_with_them
    if by_rule:
        signal.rule, signal.route_reason = found.route.rule, found.route.reason
    else:
        kept = _("Corrected, and left with %(team)s.") % {"team": found.now.with_whom}
        left = _("Corrected, and left to be divided.")
        signal.rule, signal.route_reason = None, kept if found.now.with_whom else left
    if follows or found.new_subject:
        signal.due_at = found.due_at if by_rule else found.due_when_kept
    signal.save(update_fields=["rule", "route_reason", "due_at"])


def _rename_work(signal: Signal, found: Plan) -> None:
    """Work that bore the name of the old subject bears that of the new one, where its team may know the subject. What
    somebody wrote themselves is what they asked: it stays."""
    was, now = found.now.category.work_title, found.category.work_title
    live = list(signal.tasks.live().select_related("team"))
    has_it = {task.team_id for task in live if task.title == now}
    for task in live:
        if task.title == was and task.team_id not in has_it and _may_know_subject(task, signal):
            task.title = now
            task.save(update_fields=["title"])


def _may_know_subject(task: Task, signal: Signal) -> bool:
    if signal.level == Level.SEALED:
        return task.team_id == signal.team_id
    return signal.level == Level.OPEN or task.team.organisation_id == signal.owner_id


def _send_on(signal: Signal, found: Plan, take_back: Collection[str], by: User) -> None:
    others = signal.tasks.live().filter(pk__in=[task.pk for task in found.others])
    ended = [
        task for task in others.select_related("team") if task.status == TaskStatus.OFFERED or str(task.pk) in take_back
    ]
    for task in ended:
        task.signal = signal
        task.end(TaskStatus.WITHDRAWN, by=by)
    if ended:
        signal.follow_tasks(by=by)
    team, title = found.route.team, found.category.work_title
    if team is not None and not signal.tasks.live().filter(team=team, title=title).exists():
        signal.offer(team=team, post=found.route.post, title=title, by=by)


def _tell(task: Task, by: User) -> None:
    """Who works on it, or took it on for the team: that it was corrected. What it became stands behind the sign-in."""
    for person in who_works_on(task) - {by}:
        words = {"name": person.name, "team": task.team.name, "day": date_format(timezone.localdate(), "j F Y")}
        post(
            key=f"task:{task.pk}:corrected-{timezone.now():%Y%m%d%H%M%S%f}:{person.pk}",
            to=person.email,
            reader_id=person.pk,
            subject=_("Corrected: a task of %(team)s") % words,
            body=_(
                "Hello %(name)s\n\nOn %(day)s a colleague corrected the subject or the place of something that "
                "%(team)s works on. Read it before you go on: %(link)s"
            )
            % {**words, "link": f"{settings.SITE_URL}{reverse('signals:task', args=[task.pk])}"},
        )
