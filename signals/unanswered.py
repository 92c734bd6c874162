"""One mail per coordinator about all that a run of `follow_offers` found nobody to take.

Of open matter it names task, team and day, with a link to the signal; of what is secret it only counts.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kortrijk_gebied.jobs.models import Message, State, post
from signals.levels import Level
from signals.models import Signal, Task
from teams.access import access_of, who_may
from teams.models import Membership, User

KEY = "unanswered"


def who_decides(task: Task) -> set[User]:
    """Who routes in the area for the owner, and for the organisation that was asked.

    Of sealed matter no coordinator knows: then those who keep it, and nobody else."""
    signal = task.signal
    if signal.level == Level.SEALED:
        members = Membership.objects.valid_on(timezone.localdate()).filter(team=signal.team)
        people = User.objects.filter(pk__in=members.values("user"))
        return {person for person in people if signal.team_id in access_of(person).sealed_team_ids}
    sides = {side for side in (signal.owner_id, task.team.organisation_id) if side}
    if signal.area_id is None:  # then it stands in no inbox but the owner's
        sides = {signal.owner_id}
    return {person for side in sides for person in who_may("route", signal.area_id, side)}


def tell(tasks: Iterable[Task]) -> None:
    """Called in the transaction of the run. A task is escalated once, so its mail is written once."""
    for person, theirs in _by_person(tasks).items():
        post(
            key=f"{KEY}:{min(str(task.pk) for task in theirs)}:{person.pk}",
            to=person.email,
            reader_id=person.pk,
            subject=_subject(len(theirs)),
            body=_body(person, theirs),
        )


def hush(tasks: Iterable[Task]) -> None:
    """These became secret: mail about the same run that did not leave yet is written again, without their words."""
    for moment in {task.escalated_at for task in tasks if task.escalated_at}:
        run = list(_of_run(moment))
        named = Q(*[("key__startswith", f"{KEY}:{task.pk}:") for task in run], _connector=Q.OR)
        people = _by_person(run)
        for mail in Message.objects.filter(named, state__in=[State.WAITING, State.RUNNING]):
            person = User.objects.get(pk=mail.key.rpartition(":")[2])
            if theirs := people.get(person):
                Message.objects.filter(pk=mail.pk).update(body=_body(person, theirs), subject=_subject(len(theirs)))
            else:
                mail.withdraw()


def _of_run(moment: dt.datetime) -> Iterable[Task]:
    return Task.objects.filter(escalated_at=moment).select_related("signal__category", "team")


def _by_person(tasks: Iterable[Task]) -> dict[User, list[Task]]:
    found: dict[User, list[Task]] = defaultdict(list)
    for task in tasks:
        for person in who_decides(task):
            found[person].append(task)
    return found


def _subject(count: int) -> str:
    return ngettext("%(count)s task that nobody takes", "%(count)s tasks that nobody takes", count) % {"count": count}


def _body(person: User, tasks: list[Task]) -> str:
    mine = Signal.objects.readable(access_of(person)).filter(pk__in=[task.signal_id for task in tasks])
    readable = set(mine.values_list("pk", flat=True))
    told = [task for task in tasks if _is_open(task) and task.signal_id in readable]
    lines = [_line(task) for task in sorted(told, key=lambda task: task.offered_at)]
    if secret := len(tasks) - len(told):
        said = ngettext("%(count)s about secret matter", "%(count)s about secret matter", secret) % {"count": secret}
        lines.append(f"{said}\n{settings.SITE_URL}{reverse('inbox')}")
    words = {"name": person.name, "lines": "\n\n".join(lines)}
    return _("Hello %(name)s\n\nNobody took this up, not even after a reminder:\n\n%(lines)s") % words


def _is_open(task: Task) -> bool:
    return max(task.level, task.signal.level) == Level.OPEN


def _line(task: Task) -> str:
    words = {
        "title": task.title,
        "team": task.team.name,
        "day": date_format(timezone.localtime(task.offered_at), "j F Y"),
    }
    asked = _("%(title)s, asked of %(team)s on %(day)s") % words
    link = f"{settings.SITE_URL}{reverse('signals:signal', args=[task.signal.reference])}"
    return f"{task.signal.title}\n{asked}\n{link}"
