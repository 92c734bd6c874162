"""What is written for a table around which several organisations sit."""

from kortrijk_gebied.discreet import DiscreetForm
from teams.meetings.agenda import Personal, no_persons


class TableForm(DiscreetForm):
    """Somebody's case is refused at once; `is_personal` then shows the way to case consultation."""

    is_personal = False

    def refuse_words(self, texts: list[str]) -> None:
        try:
            no_persons(texts)
        except Personal:
            self.is_personal = True
            raise
