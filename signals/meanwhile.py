"""Two people at one signal: what a colleague did since somebody began to write about it.

A form carries how much of the course its writer had seen. Under the lock of the signal that is compared with what
the same person may read of it now: who comes second learns who did what, and can still go on.
"""

from signals.course import Entry, course_of
from signals.models import Signal
from teams.access import Access


class Overtaken(Exception):
    """A colleague was first. Each of the `news` is a sentence with name and hour."""

    def __init__(self, news: list[str], seen: int) -> None:
        super().__init__(*news)
        self.news, self.seen = news, seen


def seen_in(course: list[Entry]) -> int:
    return sum(entry.matters for entry in course)


def news_since(signal: Signal, viewer: Access, seen: int) -> Overtaken:
    """What others did since; without news when nobody did anything."""
    mattering = [entry for entry in course_of(signal, viewer)[0] if entry.matters]
    later = mattering[: max(0, len(mattering) - seen)]
    return Overtaken([_sentence(entry) for entry in reversed(later) if not entry.is_you], len(mattering))


def _sentence(entry: Entry) -> str:
    who = f"{entry.by}, {entry.when}" if entry.by else entry.when
    return f"{who}: {entry.words}"
