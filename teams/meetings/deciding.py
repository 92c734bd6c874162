"""How a point ends: with a decision and who does what by when, taken note of, at the next meeting, or dropped."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused, SaidOtherwise
from teams import mandates
from teams.inventory.due import must_be_ahead
from teams.meetings.agenda import end, next_position, no_persons
from teams.models import Action, AgendaPoint, Meeting, Membership, Postponement, Team, User
from teams.models.audience import Audience
from teams.models.meetings import PointState


@dataclass(frozen=True)
class Agreement:
    """Who does what, and by when."""

    what: str
    who: User | None
    due_on: dt.date | None


def decide(
    point: AgendaPoint, *, by: User, decision: str = "", agreements: Sequence[Agreement] = (), on: dt.date | None = None
) -> AgendaPoint:
    """Raises `Refused` with a sentence, and then nothing of it is kept."""
    day, decision = on or timezone.localdate(), decision.strip()
    complete(agreements, on=day)
    no_persons([decision, *(each.what for each in agreements)])
    if not decision and not agreements:
        raise Refused(_("Write what was decided, or who does what by when."))
    with transaction.atomic():
        found = AgendaPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
        at_its_meeting(found, day)
        mandates.must_speak(by, found.team, on=day)
        if found.is_open:
            for each in agreements:
                agree(found, each, by=by)
        else:
            _must_agree_the_same(found, agreements)
        return end(found, PointState.DECIDED, by=by, words=decision)


def _must_agree_the_same(point: AgendaPoint, agreements: Sequence[Agreement]) -> None:
    """Sent again with other agreements, those would be lost."""
    stands = set(point.agreements.values_list("title", "owner", "due_on"))
    if stands != {(each.what.strip()[:160], each.who.pk if each.who else None, each.due_on) for each in agreements}:
        raise SaidOtherwise


def complete(agreements: Sequence[Agreement], *, on: dt.date | None = None) -> None:
    """What nobody does, or not by a day to come, was not agreed."""
    for each in agreements:
        if not each.what.strip():
            raise Refused(_("Say what was agreed."))
        if each.who is None or each.due_on is None:
            raise Refused(
                _("“%(what)s” has nobody or no day: an agreement says who does it and by when.") % {"what": each.what}
            )
        must_be_ahead(each.due_on, on=on)


def agree(point: AgendaPoint, agreement: Agreement, *, by: User) -> Action:
    """Who promises something speaks too, whoever writes it down."""
    if agreement.who is not None:
        mandates.must_speak(agreement.who, point.team)
    joint = point.team.organisation_id is None and point.team.kind == Team.Kind.AREA
    action = Action(
        kind=Action.Kind.AGREEMENT, title=agreement.what.strip()[:160], team=point.team, owner=agreement.who,
        due_on=agreement.due_on, status=Action.Status.PLANNED, point=point, created_by=by,
        audience=Audience.PARTNERS if joint else Audience.INTERNAL,
    )  # fmt: skip
    action.lie_in(point.team.areas.current())
    return action


def at_its_meeting(point: AgendaPoint, day: dt.date) -> Meeting:
    if point.meeting is None:
        raise Refused(_("This point stands on the open agenda. Give it to a meeting first."))
    if not point.meeting.is_planned:
        raise Refused(_("The minutes of this meeting have left: what was decided stays as it is."))
    if timezone.localdate(point.meeting.starts) > day:
        raise Refused(_("This meeting is still to come."))
    return point.meeting


def note(point: AgendaPoint, *, by: User) -> AgendaPoint:
    """Everybody heard it, and nothing has to be done."""
    with transaction.atomic():
        found = AgendaPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
        at_its_meeting(found, timezone.localdate())
        return end(found, PointState.NOTED, by=by)


def drop(point: AgendaPoint, *, by: User, reason: str) -> AgendaPoint:
    """Also of what stands on the open agenda."""
    if not (said := reason.strip()):
        raise Refused(_("Say why it is dropped."))
    no_persons([said])
    with transaction.atomic():
        found = AgendaPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
        if found.meeting is not None and not found.meeting.is_planned:
            raise Refused(_("The minutes of this meeting have left: what was decided stays as it is."))
        if found.raised_by_id != by.pk:  # what one raised oneself one takes back for oneself
            mandates.must_speak(by, found.team)
        return end(found, PointState.DROPPED, by=by, words=said)


@transaction.atomic
def postpone(point: AgendaPoint, *, by: User) -> None:
    """To the next meeting of the team, or to its open agenda while none is planned."""
    found = AgendaPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if not found.is_open:
        raise Refused(_("This point has ended already."))
    gone = Postponement.objects.filter(point=found)
    if found.meeting is None or gone.filter(meeting=point.meeting).exists():
        return
    if found.meeting.day > timezone.localdate():
        if gone.exists():  # sent twice
            return
        raise Refused(_("This meeting is still to come."))
    Postponement.objects.create(point=found, meeting=found.meeting, by=by)
    found.meeting = following(found.meeting)
    found.position = next_position(found.meeting)
    found.save(update_fields=["meeting", "position"])


def following(meeting: Meeting) -> Meeting | None:
    """Held while something goes on to it: cancelled in that moment, it would take the point along."""
    later = Meeting.objects.planned().filter(team=meeting.team_id, starts__gt=meeting.starts)
    return later.select_for_update(of=("self",)).first()


def owners_of(team: Team, on: dt.date | None = None) -> QuerySet[User]:
    """Who can promise something: the members of the team, and of the teams that serve its areas."""
    members = Membership.objects.valid_on(on or timezone.localdate())
    serving = Q(team__organisation__isnull=False, team__areas__in=team.areas.all())
    wanted = members.filter(Q(team=team) | serving).values("user")
    return User.objects.filter(pk__in=wanted, is_active=True).order_by("name", "pk")
