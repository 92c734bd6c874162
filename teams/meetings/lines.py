"""The minutes: of each point how it ended, and who does what by when. There is no other text of a meeting."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from teams.access import Access
from teams.models import Action, AgendaPoint, Meeting, PointCorrection, User
from teams.models.meetings import PointState


@dataclass(frozen=True)
class Promise:
    """Who does it, and by when. In minutes that have left: as they said it, whatever became of `action` since."""

    action: Action
    owner: User | None
    due_on: dt.date | None

    @classmethod
    def of(cls, action: Action) -> "Promise":
        return cls(action, action.owner, action.due_on)

    @property
    def has_moved(self) -> bool:
        return (self.owner, self.due_on) != (self.action.owner, self.action.due_on)


@dataclass(frozen=True)
class Line:
    point: AgendaPoint
    how: str
    decision: str
    agreements: list[Promise]
    corrections: list[PointCorrection] = field(default_factory=list)

    @property
    def in_words(self) -> str:
        """For a mail."""
        head = f"{self.point.title}: {self.how}"
        said = [head, *([self.decision] if self.decision else [])]
        return "\n".join([*said, *(f"- {who_what_when(each)}" for each in self.agreements)])


def who_what_when(promise: Promise) -> str:
    day = date_format(promise.due_on) if promise.due_on else ""
    return _("%(who)s: %(what)s, by %(when)s") % {"who": promise.owner, "what": promise.action.title, "when": day}


def lines_of(meeting: Meeting, viewer: Access | None = None) -> list[Line]:
    """In the order of the agenda; then what went on to a later meeting. In seven queries at most. Without a `viewer`
    as the members of the team read it."""
    ended = list(_ended(meeting.points.prefetch_related(agreed(viewer), corrected())))
    if meeting.minutes_sent_at:
        ended = _as_they_left(ended, meeting.minutes_sent_at)
    return [*ended, *_gone_on(meeting)]


def _as_they_left(lines: list[Line], sent_at: dt.datetime) -> list[Line]:
    """History keeps a row as it was before each change: the first change since then knows how the minutes said it.
    Of the words only what stands there now, for those may have had to go."""
    promised = [each.action.pk for line in lines for each in line.agreements]
    changes: Any = Action.changes.rel.related_model  # type: ignore[attr-defined]  # of its history
    since = changes.objects.filter(pgh_obj__in=promised, pgh_created_at__gt=sent_at)
    first = since.order_by("pgh_obj", "pgh_id").distinct("pgh_obj")
    then = {pk: (owner, day) for pk, owner, day in first.values_list("pgh_obj", "owner", "due_on")}
    people = User.objects.in_bulk({owner for owner, _day in then.values() if owner})

    def left(promise: Promise) -> Promise:
        if promise.action.pk not in then:
            return promise
        owner, day = then[promise.action.pk]
        return replace(promise, owner=people.get(owner), due_on=day)

    return [replace(line, agreements=[left(each) for each in line.agreements]) for line in lines]


def lines_to_send(meeting: Meeting, viewer: Access | None = None) -> list[Line]:
    """As the minutes of a meeting that is still open would leave now: what was not reached goes on."""
    lines = lines_of(meeting, viewer)
    reached = [line for line in lines if not (line.point.is_open and line.point.meeting_id == meeting.pk)]
    return [*reached, *(Line(line.point, _goes_on(), "", []) for line in lines if line not in reached)]


def _goes_on() -> str:
    return _("to a later meeting")


def line_of(point: AgendaPoint) -> Line:
    """Of one point, as the members of its team read it."""
    (line,) = _ended(AgendaPoint.objects.filter(pk=point.pk).prefetch_related(agreed(), corrected()))
    return line


def corrected() -> "Prefetch[str]":
    """What stood there before, the first first."""
    return Prefetch("corrections", PointCorrection.objects.select_related("by").order_by("at", "id"))


def agreed(viewer: Access | None = None) -> "Prefetch[str]":
    """What was agreed under points, for who reads them. What a team keeps to itself by now stays there."""
    rows = Action.objects.all() if viewer is None else Action.objects.readable(viewer)
    return Prefetch("agreements", rows.select_related("owner").order_by("due_on", "pk"))


def _ended(points: Iterable[AgendaPoint]) -> Iterator[Line]:
    for point in points:
        agreements = [Promise.of(action) for action in point.agreements.all()]
        corrections = list(point.corrections.all())
        yield Line(point, how_it_ended(point), point.decision, agreements, corrections)


def _gone_on(meeting: Meeting) -> Iterator[Line]:
    for gone in meeting.postponements.select_related("point"):
        if gone.point.meeting_id != meeting.pk:
            yield Line(gone.point, _goes_on(), "", [])


def how_it_ended(point: AgendaPoint) -> str:
    if point.state == PointState.DECIDED and not point.decision:
        return _("agreed")
    return str(point.get_state_display())
