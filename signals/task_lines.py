"""One task of a signal as a line: who has it since when, and what this viewer can do with it."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy

from signals import moves
from signals.ending import Ending
from signals.models import Task
from signals.moves import Move
from signals.workflow import STARTED_TASK, TASK_TRANSITIONS, TaskStatus
from teams.access import Access

TASK_WORDS = {
    TaskStatus.OFFERED: gettext_lazy("%(team)s, offered on %(date)s at %(time)s"),
    TaskStatus.ACCEPTED: gettext_lazy("%(team)s, accepted on %(date)s at %(time)s"),
    TaskStatus.IN_PROGRESS: gettext_lazy("%(team)s, at work since %(date)s at %(time)s"),
    TaskStatus.DONE: gettext_lazy("%(team)s, done on %(date)s at %(time)s"),
    TaskStatus.RETURNED: gettext_lazy("%(team)s, returned on %(date)s at %(time)s"),
    TaskStatus.WITHDRAWN: gettext_lazy("%(team)s, withdrawn on %(date)s at %(time)s"),
}
# A rule gave it to a team of the owner: nobody said yes.
STRAIGHT = gettext_lazy("%(team)s, straight there on %(date)s at %(time)s")


@dataclass(frozen=True)
class TaskLine:
    task: Task
    words: str
    moves: list[Move] = field(default_factory=list)
    is_own: bool = False  # of a team the viewer is in: its moves stand in the open


def task_moves(task: Task, viewer: Access, may_steer: bool, ending: Ending | None = None) -> list[Move]:
    """`ending` when the viewer may read the signal of the task."""
    found: list[Move] = []
    if task.team_id in viewer.teams("work"):
        if task.status == TaskStatus.OFFERED:
            found += [moves.acceptance(task), moves.return_(task)]
        elif task.status in STARTED_TASK:
            found.append(moves.completion(task, ending=ending))
            if task.status in TASK_TRANSITIONS["begin"]:
                found.append(moves.beginning(task))
            found.append(moves.return_(task))
    if may_steer and task.is_live:
        found.append(moves.withdrawal(task))
    return found


def task_words(task: Task) -> str:
    """Who has it and since when, such as “Team Net, aanvaard op 18 november om 8.16 uur”."""
    since = {
        TaskStatus.OFFERED: task.offered_at,
        TaskStatus.ACCEPTED: task.accepted_at,
        TaskStatus.IN_PROGRESS: task.accepted_at,
    }
    at = timezone.localtime(since.get(TaskStatus(task.status)) or task.ended_at or task.offered_at)
    words = {"team": task.team.name, "date": date_format(at, "j F"), "time": time_format(at.time())}
    straight = task.status == TaskStatus.ACCEPTED and task.accepted_by_id is None
    return str(STRAIGHT if straight else TASK_WORDS[TaskStatus(task.status)]) % words
