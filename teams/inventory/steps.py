"""What may come next for an action, as buttons; and the doing of it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teams.models import Action, User
from teams.models.action_words import TRANSITIONS, ActionStatus


@dataclass(frozen=True)
class Step:
    key: str
    label: str | Promise


# The most obvious next step first. What ends it asks for words and has a form of its own.
STEPS = [
    Step("start", _("Start")),
    Step("finish", _("Say what came of it")),
    Step("plan", _("Plan it")),
    Step("take", _("I take this")),
    Step("reopen", _("Reopen")),
    Step("drop", _("Drop it")),
]
FIRST = {ActionStatus.PROPOSED: "plan"}
WITH_WORDS = {"finish", "drop"}


def steps_for(action: Action) -> list[Step]:
    """Those that its status allows; who has an owner is not taken again."""
    able = [step for step in STEPS if action.status in TRANSITIONS[step.key]]
    able = [step for step in able if step.key != "take" or action.owner_id is None]
    return sorted(able, key=lambda step: step.key != FIRST.get(ActionStatus(action.status), ""))


def take_step(action: Action, step: str, *, by: User, words: str = "") -> None:
    """One step, by its key."""
    match step:
        case "take":
            action.take(by=by)
        case "plan":
            action.plan(by=by)
        case "start":
            action.start(by=by)
        case "finish":
            action.finish(by=by, result=words)
        case "drop":
            action.drop(by=by, reason=words)
        case "reopen":
            action.reopen(by=by)
