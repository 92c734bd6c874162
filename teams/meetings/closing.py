"""A meeting ends: its minutes leave, or it is cancelled because nobody needs it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.rounds import each
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import working_days_between
from teams.meetings import letters
from teams.meetings.agenda import no_persons
from teams.meetings.deciding import postpone
from teams.models import AgendaPoint, Meeting, User
from teams.models.meetings import SOON

DAYS_BEFORE = 2  # working days: time enough for everybody to hear it


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("team").get(pk=meeting.pk)


@transaction.atomic
def send_minutes(meeting: Meeting, *, by: User) -> Meeting:
    """Once; what was not reached goes on to the next meeting. Raises `Refused` with a sentence."""
    found = _locked(meeting)
    if found.state == Meeting.State.HELD:
        return found
    if not found.is_planned:
        raise Refused(_("This meeting is cancelled: there are no minutes."))
    if found.day > timezone.localdate():
        raise Refused(_("This meeting is still to come."))
    if found.form == Meeting.Form.HEARING and not has_two_reporters(found):
        raise Refused(_("A hearing has two reporters: write both names with the meeting before its minutes leave."))
    for point in AgendaPoint.objects.open().filter(meeting=found):
        postpone(point, by=by)
    found.state, found.minutes_sent_at, found.minutes_sent_by = Meeting.State.HELD, timezone.now(), by
    found.save(update_fields=["state", "minutes_sent_at", "minutes_sent_by"])
    letters.tell_minutes(found)
    return found


def has_two_reporters(meeting: Meeting) -> bool:
    names = {name.strip().casefold() for name in (meeting.reporter, meeting.second_reporter)} - {""}
    return len(names) == 2


@transaction.atomic
def cancel(meeting: Meeting, *, by: User, note: str = "") -> Meeting:
    """Everybody hears it, once; the points stay, on the open agenda of the team."""
    no_persons([note])
    found = _locked(meeting)
    if found.state == Meeting.State.CANCELLED:
        return found
    if not found.is_planned:
        raise Refused(_("The minutes of this meeting have left: it was held."))
    if found.points.exclude(state=AgendaPoint.State.OPEN).exists():
        raise Refused(_("Something was decided here already. Send the minutes instead."))
    AgendaPoint.objects.open().filter(meeting=found).update(meeting=None, position=0)
    found.state, found.cancelled_at, found.cancelled_by = Meeting.State.CANCELLED, timezone.now(), by
    found.cancel_note = note.strip()
    found.save(update_fields=["state", "cancelled_at", "cancelled_by", "cancel_note"])
    letters.tell_cancelled(found)
    return found


def propose_cancelling() -> int:
    """To who leads a meeting without a point that needs a decision, two working days before. Never by itself."""
    coming = Meeting.objects.needless(timezone.now()).select_related("team", "chair", "created_by")
    return each(_near(coming), letters.propose_cancelling, about="meetings nobody needs")


def send_agendas() -> int:
    """To the members from outside, two working days before: no page opens for them."""
    now = timezone.now()
    coming = Meeting.objects.planned().filter(starts__gt=now, starts__lte=now + SOON).select_related("team")
    return each(_near(coming), letters.tell_agenda, about="agendas for members from outside")


def _near(meetings: Iterable[Meeting]) -> list[Meeting]:
    today = timezone.localdate()
    return [one for one in meetings if working_days_between(today, one.day) <= DAYS_BEFORE]
