"""What stands beside the words with which somebody ends a signal, or a task on it.

Standard texts that are filled in for it, and the mail that the sentence becomes. It holds words of the signal, so it is
for who may read that. Each part is asked of the database once, for all the forms on a page.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from signals.closing_mail import previewed
from signals.levels import Level
from signals.models import Reporter, Signal, StandardText, Task
from signals.models.texts import TextUse
from signals.wording import filled_in

# The key of a text, with its title and its words.
type Texts = dict[str, tuple[str, str]]


@dataclass
class Ending:
    signal: Signal

    def texts(self, organisation_id: int | None, service: str = "") -> Texts:
        """Those of who writes: the owner of a signal, or whoever does a task. `service` is how they call themselves."""
        own = [text for text in self._known if text.organisation_id == organisation_id]
        return {str(text.pk): (text.title, filled_in(text.text, self.signal, service)) for text in own}

    @cached_property
    def _known(self) -> list[StandardText]:
        usable = StandardText.objects.usable().filter(use=TextUse.OUTCOME)
        return list(usable.about(self.signal.category))

    @cached_property
    def hears(self) -> dict[str, Any]:
        """How many of those who reported get a mail, and what stands in it above the outcome and below; of what is not
        open it holds no outcome."""
        waiting = Reporter.objects.filter(report__signal=self.signal, wants_answer=True).exclude(email="")
        above, below = previewed(self.signal)
        return {"count": waiting.count(), "is_quiet": self.signal.level > Level.OPEN, "above": above, "below": below}

    def closes_with(self, task: Task) -> bool:
        """Whether what is said of this task becomes how the signal ended: routine, and nothing else runs."""
        return self.signal.routine and task.level <= self.signal.level and not self._running - {task.pk}

    @cached_property
    def _running(self) -> set[Any]:
        return set(self.signal.tasks.live().values_list("pk", flat=True))
