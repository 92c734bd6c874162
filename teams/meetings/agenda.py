"""What gets on an agenda, and where it stands there. Any member of the team puts something on it."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.discretion import Kind, kinds_in
from kortrijk_gebied.refusals import Refused, must_say_the_same
from teams import lifting
from teams.access import access_of
from teams.models import Action, AgendaPoint, Meeting, Team, User
from teams.models.audience import Audience
from teams.models.meetings import PointState

# By these one person is known: that is no matter for a table around which several organisations sit.
OF_A_PERSON = {Kind.REGISTER_NUMBER, Kind.HEALTH, Kind.TROUBLE}


class Personal(Refused):
    """Somebody's case. It belongs in a case consultation."""


def no_persons(texts: Iterable[str]) -> None:
    """Refuses words by which a person and their trouble can be known."""
    if OF_A_PERSON.intersection(kinds_in(texts)):
        raise Personal(
            _(
                "This is about one person. Personal cases do not stand on an agenda: plan a case consultation, "
                "with only who must be there."
            )
        )


def put_on_agenda(
    *, team: Team, title: str, text: str = "", needs_decision: bool = False, by: User, meeting: Meeting | None = None,
    action: Action | None = None, key: uuid.UUID | None = None,
) -> AgendaPoint:  # fmt: skip
    """On the agenda of a meeting, or on the open agenda of the team. With the same `key`, or about the same thing of
    the inventory, it is the same point. Raises `Personal`, and `Refused` with a sentence."""
    no_persons([title, text])
    if team.pk not in access_of(by).team_ids:
        raise Refused(_("Only members of a team put something on its agenda."))
    if action is not None and not may_stand_on(action, team):
        raise Refused(_("This is for the members alone, and others read this agenda too. Write it anew, for all."))
    with transaction.atomic():
        Team.objects.select_for_update(of=("self",)).get(pk=team.pk)  # numbers are given out one at a time
        if key and (found := AgendaPoint.objects.filter(pk=key).first()):
            must_say_the_same(found, team=team, title=title.strip()[:160], text=text.strip())
            return found
        if action and (found := AgendaPoint.objects.filter(team=team, action=action).open().first()):
            return found
        if meeting is not None:
            meeting = _to_come(team, meeting)
        return AgendaPoint.objects.create(
            **({"id": key} if key else {}), team=team, meeting=meeting, action=action, title=title.strip()[:160],
            text=text.strip(), needs_decision=needs_decision, raised_by=by, position=next_position(meeting),
        )  # fmt: skip


def may_stand_on(action: Action, team: Team) -> bool:
    """The agenda of an area team is read by who may view its areas too, not by its members alone."""
    return action.audience != Audience.INTERNAL or team.kind != Team.Kind.AREA


def _to_come(team: Team, meeting: Meeting) -> Meeting:
    found = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if found.team_id != team.pk:
        raise Refused(_("This meeting is of another team."))
    if not found.is_planned:
        raise Refused(_("This meeting is over or cancelled. Choose another one."))
    return found


def next_position(meeting: Meeting | None) -> int:
    if meeting is None:
        return 0
    last: int | None = meeting.points.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


@transaction.atomic
def give_to_meeting(point: AgendaPoint, meeting: Meeting | None) -> None:
    """From the open agenda to a meeting, to another one, or back. Done already, it changes nothing."""
    found = AgendaPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if not found.is_open:
        raise Refused(_("This point has ended already."))
    if found.meeting_id == (meeting.pk if meeting else None):
        return
    if meeting is not None:
        meeting = _to_come(found.team, meeting)
    found.meeting, found.position = meeting, next_position(meeting)
    found.save(update_fields=["meeting", "position"])


@transaction.atomic
def put_in_place(point: AgendaPoint, place: int) -> None:
    """At this place of its agenda, the first being 1. Asked twice it stands where it stood."""
    if point.meeting is None:
        return
    _to_come(point.team, point.meeting)
    rows = list(point.meeting.points.select_for_update(of=("self",)))
    others, own = [row for row in rows if row.pk != point.pk], [row for row in rows if row.pk == point.pk]
    if not own:  # somebody just took it off
        return
    others.insert(max(place, 1) - 1, own[0])
    for position, row in enumerate(others, 1):
        row.position = position
    AgendaPoint.objects.bulk_update(others, ["position"])


@transaction.atomic
def end(point: AgendaPoint, state: PointState, *, by: User, words: str = "") -> AgendaPoint:
    """What every way to end a point does, and who wants to hear of it. Sent twice by the same, it ends once."""
    found = AgendaPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if not found.is_open:
        if (found.state, found.decision, found.decided_by_id) == (state, words, by.pk):
            return found
        raise Refused(_("This point has ended already."))
    lifting.must_be_own_words(found, words)
    found.state, found.decision, found.decided_at, found.decided_by = state, words, timezone.now(), by
    found.save(update_fields=["state", "decision", "decided_at", "decided_by"])
    lifting.decided(found)
    return found
