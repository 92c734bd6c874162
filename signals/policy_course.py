"""In the course of a signal or dossier: that it was lifted to policy, and how that ended.

Drawn from the links as they stand, and kept nowhere: once the matter is secret the links are gone, and nothing tells
that they were there (docs/decisions/050-what-is-lifted-leaves-no-trace.md).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from signals.decided import words_of
from signals.models import ActionEvidence, AgendaSubject
from signals.models.lifted import Lifted
from teams.access import Access
from teams.models import Action, AgendaPoint, User


@dataclass(frozen=True)
class Line:
    row: Lifted
    at: dt.datetime
    words: str
    by: User | None


def lines(about: Q, viewer: Access) -> Iterator[Line]:
    """Of the links `about` it, those to an action or a point that the viewer may read."""
    evidence = ActionEvidence.objects.readable(viewer).filter(about, action__in=Action.objects.readable(viewer))
    for row in evidence.select_related("by", "action__team", "action__done_by"):
        action, you = row.action, row.by_id == viewer.user_id
        said = (
            _("You lifted this to the inventory: “%(title)s”.") if you else _("Lifted to the inventory: “%(title)s”.")
        )
        yield Line(row, row.at, said % {"title": action.title}, row.by)
        if action.done_at and action.done_at > row.at:  # what had ended by then is not of its course
            yield Line(row, action.done_at, _ended(action, action.result), action.done_by)
    subjects = AgendaSubject.objects.readable(viewer).filter(about, point__in=AgendaPoint.objects.readable(viewer))
    for subject in subjects.select_related("by", "point__team", "point__decided_by"):
        point, you = subject.point, subject.by_id == viewer.user_id
        said = (
            _("You put this on the agenda of %(team)s: “%(title)s”.")
            if you
            else _("Put on the agenda of %(team)s: “%(title)s”.")
        )
        yield Line(subject, subject.at, said % {"team": point.team.name, "title": point.title}, subject.by)
        if point.decided_at and point.decided_at > subject.at:
            yield Line(subject, point.decided_at, _ended(point, point.decision), point.decided_by)


def _ended(subject: Action | AgendaPoint, words: str) -> str:
    told = f"{words_of(subject, in_full=False)} “{subject.title}”"
    return f"{told}: {words}" if words else told
