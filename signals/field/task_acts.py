"""What a warden did with a task while there was no network. Somebody else may have been first: then the tablet hears
who, and the words that were written stay with the signal."""

import datetime as dt
import uuid

from django.apps import apps
from django.db import models, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from signals.field.outcomes import Became
from signals.field.records import Record, key, words
from signals.models import Result, Task
from signals.workflow import STARTED_TASK, TaskStatus
from teams.access import Access, access_of
from teams.models import Membership, User


def take_in(record: Record, author: User, noted_at: dt.datetime) -> Became:
    pk, text = key(record.content, "id"), words(record.content, "text")
    act = ACTS.get(str(record.content.get("act")))
    access = access_of(author)
    task = _given(pk, author, access) if pk else None
    if task is None or act is None:
        raise Refused(_("We cannot read what the tablet sent. It stays on the tablet; tell your coordinator."))
    if task.team_id not in access.teams("work") or not Task.objects.readable(access).filter(pk=task.pk).exists():
        said = _("This task is not with your team any more.") + _kept(task, text, author)
        return Became(Result.CONFLICT, said, task.signal, task=task)
    try:
        with transaction.atomic():
            return Became(act(task, text, author), "", task.signal, task=task)
    except Refused:
        task.refresh_from_db()
        return Became(Result.CONFLICT, _overtaken(task) + _kept(task, text, author), task.signal, task=task)


def _given(pk: uuid.UUID, author: User, access: Access) -> Task | None:
    """The task, if it is or ever was with a team of this person. Of any other, nobody learns here that it exists."""
    teams = [*access.teams("work"), *Membership.objects.filter(user=author).values_list("team", flat=True)]
    was = apps.get_model("signals", "TaskChange").objects.filter(pgh_obj_id=models.OuterRef("pk"), team__in=teams)
    own = models.Q(team__in=teams) | models.Exists(was)
    return Task.objects.select_related("signal", "team").filter(own, pk=pk).first()


def _accept(task: Task, text: str, author: User) -> Result:
    if task.status not in STARTED_TASK:  # a colleague of the same team was first: then it is accepted
        task.accept(by=author)
    return Result.ACCEPTED


def _done(task: Task, text: str, author: User) -> Result:
    if task.status == TaskStatus.OFFERED:
        task.accept(by=author)
    task.complete(by=author, outcome=text or _("Done."))
    return Result.DONE


def _return(task: Task, text: str, author: User) -> Result:
    task.give_back(by=author, reason=text or _("No reason given."))
    return Result.RETURNED


ACTS = {"accept": _accept, "done": _done, "return": _return}


def _overtaken(task: Task) -> str:
    """Such as “Intussen afgehandeld door Hassan Maes, 22 november 2026, 14.30 uur.”"""
    if task.ended_at is None:
        return _("This task changed meanwhile.")
    said = {
        TaskStatus.DONE: _("Done meanwhile by %(who)s, %(when)s."),
        TaskStatus.RETURNED: _("Given back meanwhile by %(who)s, %(when)s."),
    }.get(TaskStatus(task.status), _("Withdrawn meanwhile by %(who)s, %(when)s."))
    who = task.ended_by.name if task.ended_by else _("the program")
    return said % {"who": who, "when": date_format(localtime(task.ended_at), "DATETIME_FORMAT")}


def _kept(task: Task, text: str, author: User) -> str:
    """Keep as a note what was written in vain, as secret as the matter is by now; say so."""
    if not text:
        return ""
    task.signal.add_note(by=author, text=text, level=task.level)
    return " " + _("What you wrote stands as a note with the signal.")
