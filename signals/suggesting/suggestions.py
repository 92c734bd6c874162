"""Three subjects that the words may be about. They are only offered: a person decides."""

from dataclasses import dataclass

from signals.models import Category, SubjectLesson
from signals.suggesting.learned import Damaged, Learned

FEWEST_LETTERS = 8
SHOWN = 3
UNLIKELY = 0.04


@dataclass(frozen=True)
class Suggestion:
    category: Category
    chance: float

    @property
    def percent(self) -> int:
        return round(self.chance * 100)


def suggestions(text: str) -> list[Suggestion]:
    """Nothing when there is too little to go by, or nothing was learned yet."""
    learned = current() if len(text.strip()) >= FEWEST_LETTERS else None
    guesses = learned.guesses(text) if learned else []
    likely = [(code, chance) for code, chance in guesses if chance >= UNLIKELY][: SHOWN * 2]
    rows = Category.objects.choosable().filter(code__in=[code for code, _chance in likely])
    known = {category.code: category for category in rows}
    return [Suggestion(known[code], chance) for code, chance in likely if code in known][:SHOWN]


_kept: tuple[str, Learned] | None = None


def current() -> Learned | None:
    """The newest lesson, read once per process; what an older one knew is forgotten then."""
    global _kept
    lesson = SubjectLesson.objects.newest().defer("content").first()
    if lesson is None:
        _kept = None
        return None
    if _kept is None or _kept[0] != lesson.sha256:
        try:
            _kept = lesson.sha256, lesson.learned()
        except Damaged:
            _kept = None
            return None
    return _kept[1]
