"""What the people of a team hear by mail about its meetings: one mail each, however often it is asked.

A team is a mixed group: a mail holds what all of it may read, and of a signal only that it stands on the agenda.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import post
from kortrijk_gebied.workdays import BRUSSELS
from teams.meetings.invitation import attached
from teams.meetings.lines import Line, line_of, lines_of
from teams.models import Action, ExternalMember, Meeting, Membership, PointCorrection, Team, User
from teams.models.meetings import PointState


@dataclass(frozen=True)
class Hearer:
    """A member, or somebody from outside who sits in the team and has no account."""

    key: str
    name: str
    email: str
    reader_id: UUID | None = None


def hearers_of(team: Team) -> list[Hearer]:
    today = timezone.localdate()
    members = Membership.objects.valid_on(today).filter(team=team).values("user")
    people = User.objects.filter(pk__in=members, is_active=True).order_by("name", "pk")
    outside = ExternalMember.objects.speaking(today).filter(team=team).exclude(email="")
    return [
        *(Hearer(str(person.pk), person.name, person.email, person.pk) for person in people),
        *(_from_outside(one) for one in outside),
    ]


def silent_in(team: Team) -> list[Hearer]:
    """Who sits there from outside with a mandate that ran out: nothing of what is said goes to them by mail."""
    silent = ExternalMember.objects.silent(timezone.localdate()).filter(team=team).exclude(email="")
    return [_from_outside(one) for one in silent]


def _from_outside(member: ExternalMember) -> Hearer:
    return Hearer(f"external-{member.pk}", member.name, member.email)


def when(meeting: Meeting) -> str:
    starts, ends = meeting.starts.astimezone(BRUSSELS), meeting.ends.astimezone(BRUSSELS)
    words = {
        "day": date_format(starts, "l j F Y"),
        "start": time_format(starts, "G.i"),
        "end": time_format(ends, "G.i"),
    }
    return _("%(day)s, from %(start)s to %(end)s") % words


def address_of(meeting: Meeting) -> str:
    return f"{settings.SITE_URL}{reverse('meetings:meeting', args=[meeting.pk])}"


def _words(meeting: Meeting) -> dict[str, str]:
    return {
        "team": meeting.team.name, "kind": meeting.get_form_display(), "when": when(meeting),
        "day": date_format(meeting.starts.astimezone(BRUSSELS), "j F"),
        "place": meeting.place or _("still to be said"), "address": address_of(meeting),
    }  # fmt: skip


def _to_all(
    meeting: Meeting, what: str, subject: str, body: str, *, page: str = "", instead: str = "",
    dates: Sequence[Meeting] = (),
) -> None:  # fmt: skip
    """With `dates` they go along, for everybody's own calendar."""
    _to(hearers_of(meeting.team), meeting, what, subject, body, page=page, instead=instead, dates=dates)


def _to(
    hearers: Sequence[Hearer], meeting: Meeting, what: str, subject: str, body: str, *, page: str = "",
    instead: str = "", dates: Sequence[Meeting] = (),
) -> None:  # fmt: skip
    """`page` is said to who has an account and can open it; `instead` to who sits there from outside."""
    files = attached(dates, address_of(meeting)) if dates else []
    for hearer in hearers:
        more = page if hearer.reader_id else instead
        said = [_("Dear %(name)s") % {"name": hearer.name}, body.rstrip("\n"), *([more] if more else [])]
        post(
            key=f"meeting-{what}:{meeting.pk}:{hearer.key}", to=hearer.email, reader_id=hearer.reader_id,
            subject=subject, body="\n\n".join(said) + "\n", attachments=files,
        )  # fmt: skip


def tell_planned(meetings: Sequence[Meeting]) -> None:
    """One mail for all the days that were planned together."""
    first = meetings[0]
    words = _words(first) | {"days": "\n".join(f"- {when(each)}" for each in meetings)}
    subject = _("%(team)s meets on %(day)s") % words
    body = _("%(team)s meets (%(kind)s):\n\n%(days)s\n\nPlace: %(place)s\n") % words
    page = _("The agenda, and where you put something on it: %(address)s") % words
    _to_all(first, "planned", subject, body, page=page, instead=agenda_in_words(first), dates=meetings)


def agenda_in_words(meeting: Meeting) -> str:
    """For who has no page to look at. The titles: what all of the team may read."""
    titles = "\n".join(f"- {title}" for title in meeting.points.open().values_list("title", flat=True))
    if not titles:
        return _("Nothing stands on the agenda yet: it comes by mail.")
    return _("On the agenda:\n\n%(points)s") % {"points": titles}


def tell_agenda(meeting: Meeting) -> bool:
    """To who sits there from outside, once; whether it was written now. The others look at the page."""
    if not meeting.points.open().exists():
        return False
    words = _words(meeting)
    subject = _("%(team)s, %(day)s: the agenda") % words
    body = _("%(team)s meets: %(when)s.\nPlace: %(place)s\n") % words
    outside = [one for one in hearers_of(meeting.team) if one.reader_id is None]
    _to(outside, meeting, "agenda", subject, body, instead=agenda_in_words(meeting))
    return bool(outside)


def tell_moved(meeting: Meeting) -> None:
    words = _words(meeting)
    subject = _("%(team)s meets on %(day)s: changed") % words
    body = _("This meeting of %(team)s changed:\n\n%(when)s\nPlace: %(place)s\n") % words
    page = _("The agenda: %(address)s") % words
    number = meeting.changes.count()  # type: ignore[attr-defined]  # of its history: back where it was is told too
    _to_all(
        meeting, f"moved-{number}", subject, body, page=page, instead=agenda_in_words(meeting), dates=[meeting]
    )  # fmt: skip


def tell_cancelled(meeting: Meeting) -> None:
    words = _words(meeting) | {"why": f"{meeting.cancel_note}\n\n" if meeting.cancel_note else ""}
    words["agenda"] = f"{settings.SITE_URL}{reverse('meetings:agenda', args=[meeting.team.code])}"
    subject = _("%(team)s does not meet on %(day)s") % words
    body = _(
        "This meeting of %(team)s is cancelled: %(when)s.\n\n%(why)sWhat stood on the agenda is kept, on the open "
        "agenda of the team.\n"
    )
    page = _("The open agenda: %(agenda)s") % words
    # Also to whose mandate ran out since: they would stand before a closed door.
    hearers = [*hearers_of(meeting.team), *silent_in(meeting.team)]
    _to(hearers, meeting, "cancelled", subject, body % words, page=page, dates=[meeting])


def tell_minutes(meeting: Meeting) -> None:
    """The lines and nothing else: what was decided, and who does what by when."""
    lines = lines_of(meeting)
    words = _words(meeting) | {
        "lines": "\n\n".join(line.in_words for line in lines) or _("Nothing was decided or agreed."),
        "minutes": f"{settings.SITE_URL}{reverse('meetings:minutes', args=[meeting.pk])}",
    }
    subject = _("%(team)s, %(day)s: who, what, when") % words
    page = _("The minutes, also on paper: %(minutes)s") % words
    _to_all(meeting, "minutes", subject, _("%(team)s, %(when)s\n\n%(lines)s\n") % words, page=page)
    tell_promised(meeting, lines)


def promised_elsewhere(meeting: Meeting, lines: Sequence[Line]) -> list[Action]:
    """What was agreed with somebody who serves the area and does not sit in the team."""
    members = {hearer.reader_id for hearer in hearers_of(meeting.team)}
    return [each.action for line in lines for each in line.agreements if each.action.owner_id not in members]


def tell_promised(meeting: Meeting, lines: Sequence[Line]) -> None:
    """To who does not get the minutes: that one agreement, and nothing else of what was said. Once for each."""
    for each in promised_elsewhere(meeting, lines):
        if each.owner is None or not each.owner.is_active or not each.is_open:
            continue
        words = _words(meeting) | {"what": each.title, "until": date_format(each.due_on) if each.due_on else ""}
        words["address"] = f"{settings.SITE_URL}{each.get_absolute_url()}"
        subject = _("%(team)s, %(day)s: agreed with you") % words
        body = _(
            "%(team)s met on %(day)s and agreed that you do this:\n\n%(what)s, by %(until)s\n\n"
            "Is this not right, or can it not be done? Say so to the team. Where it stands: %(address)s\n"
        )
        hearer = Hearer(str(each.owner.pk), each.owner.name, each.owner.email, each.owner.pk)
        _to([hearer], meeting, f"promised-{each.pk}", subject, body % words)


def tell_corrected(correction: PointCorrection) -> None:
    """That one line again, to whom it touches: who raised it, wrote it down or promised something under it, who leads
    the meeting, and who sits there from outside and has no other way to see it."""
    point = correction.point
    meeting = point.meeting
    if meeting is None:
        return
    line = line_of(point)
    touched = {
        point.raised_by_id,
        point.decided_by_id,
        meeting.chair_id,
        *(each.action.owner_id for each in line.agreements),
    }
    words = _words(meeting) | {
        "line": line.in_words, "was": was_in_words(correction), "who": correction.by.name, "why": correction.reason,
    }  # fmt: skip
    subject = _("%(team)s, %(day)s: the minutes were corrected") % words
    body = _(
        "%(who)s corrected a line of the minutes of %(team)s, %(when)s. Why: %(why)s\n\nIt now says:\n\n%(line)s\n\n"
        "It said:\n\n%(was)s\n"
    )
    hearers = [one for one in hearers_of(meeting.team) if one.reader_id is None or one.reader_id in touched]
    _to(hearers, meeting, f"corrected-{correction.pk}", subject, body % words, page=words["address"])
    tell_promised(meeting, [line])


def was_in_words(correction: PointCorrection) -> str:
    """How the line stood before."""
    how = PointState(correction.was_state).label
    return f"{how}: {correction.was_decision}" if correction.was_decision else str(how)


def propose_cancelling(meeting: Meeting) -> bool:
    """To who leads it, once; whether it was written now."""
    leader = meeting.chair or meeting.created_by
    subject = _("%(team)s, %(day)s: does this meeting have to be?")
    body = _(
        "On the agenda of %(team)s, %(when)s, stands no point that needs a decision.\n\n"
        "You can cancel it with one press: everybody hears it, and the points stay on the open agenda.\n\n%(address)s\n"
    )
    words = _words(meeting)
    message = post(
        key=f"meeting-needless:{meeting.pk}:{leader.pk}", to=leader.email, reader_id=leader.pk,
        subject=subject % words, body=_("Dear %(name)s") % {"name": leader.name} + "\n\n" + body % words,
    )  # fmt: skip
    return message.attempts == 0
