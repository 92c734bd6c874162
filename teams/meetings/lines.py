"""The minutes: of each point how it ended, and who does what by when. There is no other text of a meeting."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from teams.models import Action, AgendaPoint, Meeting
from teams.models.meetings import PointState


@dataclass(frozen=True)
class Line:
    point: AgendaPoint
    how: str
    decision: str
    agreements: list[Action]

    @property
    def in_words(self) -> str:
        """For a mail."""
        head = f"{self.point.title}: {self.how}"
        said = [head, *([self.decision] if self.decision else [])]
        return "\n".join([*said, *(f"- {who_what_when(each)}" for each in self.agreements)])


def who_what_when(agreement: Action) -> str:
    day = date_format(agreement.due_on) if agreement.due_on else ""
    return _("%(who)s: %(what)s, by %(when)s") % {"who": agreement.owner, "what": agreement.title, "when": day}


def lines_of(meeting: Meeting) -> list[Line]:
    """In the order of the agenda; then what went on to a later meeting. In three queries."""
    points = meeting.points.prefetch_related("agreements__owner")
    return [*_ended(points), *_gone_on(meeting)]


def _ended(points: "Iterator[AgendaPoint] | object") -> Iterator[Line]:
    for point in points:  # type: ignore[attr-defined]
        agreements = sorted(point.agreements.all(), key=lambda each: (each.due_on, each.pk))
        yield Line(point, how_it_ended(point), point.decision, agreements)


def _gone_on(meeting: Meeting) -> Iterator[Line]:
    for gone in meeting.postponements.select_related("point"):
        if gone.point.meeting_id != meeting.pk:
            yield Line(gone.point, _("to a later meeting"), "", [])


def how_it_ended(point: AgendaPoint) -> str:
    if point.state == PointState.DECIDED and not point.decision:
        return _("agreed")
    return str(point.get_state_display())
