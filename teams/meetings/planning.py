"""When a team meets: once, or every so many weeks."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from copy import copy

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS, is_holiday
from teams.access import access_of
from teams.models import Meeting, Team, User

MOST = 26  # two weeks apart, that is a year
FARTHEST = dt.timedelta(days=731)


def between(day: dt.date, start: dt.time, end: dt.time) -> tuple[dt.datetime, dt.datetime]:
    """Moments, to be compared as such: in the night of summer time the clock says less than the truth."""
    starts, ends = (dt.datetime.combine(day, clock, BRUSSELS).astimezone(dt.UTC) for clock in (start, end))
    return starts, ends


class Overtaken(Refused):
    """A colleague was first; asked once more it is done."""


class Every(models.TextChoices):
    ONCE = "", gettext_lazy("just once")
    FORTNIGHT = "fortnight", gettext_lazy("every two weeks")
    MONTH = "month", gettext_lazy("every month, on the same weekday")


def days_from(first: dt.date, every: str, until: dt.date | None) -> list[dt.date]:
    """Public holidays are left out, but for the day that was chosen itself."""
    if not every:
        return [first]
    found: list[dt.date] = []
    for day in _ticks(first, every):
        if until is None or day > until or len(found) == MOST:
            break
        if day == first or not is_holiday(day):
            found.append(day)
    return found or [first]


def is_cut(made: Sequence[Meeting], every: str, until: dt.date | None) -> bool:
    """Whether more would have followed: then somebody plans the rest later."""
    return bool(every) and until is not None and len(made) == MOST and _after(made[-1].day, every) <= until


def _after(day: dt.date, every: str) -> dt.date:
    ticks = _ticks(day, every)
    next(ticks)
    return next(ticks)


def _ticks(first: dt.date, every: str) -> Iterator[dt.date]:
    nth, day = (first.day - 1) // 7, first
    while True:
        yield day
        if every == Every.FORTNIGHT:
            day += dt.timedelta(weeks=2)
            continue
        month = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        start = month + dt.timedelta(days=(first.weekday() - month.weekday()) % 7)
        day = start + dt.timedelta(weeks=nth)
        if day.month != month.month:  # a fifth Tuesday, in a month that has four
            day -= dt.timedelta(weeks=1)


def plan(meeting: Meeting, *, by: User, every: str = "", until: dt.date | None = None) -> list[Meeting]:
    """One row for each day; sent twice they are the same rows. Raises `Refused` with a sentence."""
    from teams.meetings.letters import tell_planned

    if meeting.team_id not in access_of(by).team_ids:
        raise Refused(_("Only members of a team plan its meetings."))
    if meeting.ends <= timezone.now():
        raise Refused(_("This moment is past. Choose a later one."))
    begins, ends = meeting.starts.astimezone(BRUSSELS), meeting.ends.astimezone(BRUSSELS)
    with transaction.atomic():
        Team.objects.select_for_update(of=("self",)).get(pk=meeting.team_id)
        made, new = [], []
        for day in days_from(begins.date(), every, until):
            one = copy(meeting)
            one.pk, one.created_by = uuid7(), by
            one.starts, one.ends = between(day, begins.time(), ends.time())
            made.append(_once(one))
            new += [one] if made[-1] is one else []
        if new:  # of the days that stood there already they heard before
            tell_planned(new)
    return made


def _once(meeting: Meeting) -> Meeting:
    there = Meeting.objects.exclude(state=Meeting.State.CANCELLED)
    if found := there.filter(team=meeting.team_id, starts=meeting.starts).first():
        if found.created_by_id != meeting.created_by_id or mark_of(found) != mark_of(meeting):
            raise Refused(_("This team already meets at that moment."))
        return found
    meeting.save(force_insert=True)
    return meeting


CHANGED = ["form", "starts", "ends", "place", "chair", "reporter", "second_reporter"]


def mark_of(meeting: Meeting) -> str:
    """How it stands, for a form to say what it began with."""
    stands = [str(meeting.serializable_value(name)) for name in CHANGED]
    return hashlib.sha256("\n".join(stands).encode()).hexdigest()[:12]


@transaction.atomic
def change(meeting: Meeting, *, seen: str = "") -> None:
    """Another hour or place is told to everybody. `seen` is the mark of what was there when somebody began to write:
    what a colleague changed since is not put back in silence."""
    from teams.meetings.letters import tell_moved, when

    Team.objects.select_for_update(of=("self",)).get(pk=meeting.team_id)  # as when one is planned
    there = Meeting.objects.exclude(state=Meeting.State.CANCELLED).exclude(pk=meeting.pk)
    if there.filter(team=meeting.team_id, starts=meeting.starts).exists():
        raise Refused(_("This team already meets at that moment."))
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not held.is_planned:
        raise Refused(_("This meeting is over or cancelled. Choose another one."))
    if seen and mark_of(held) not in (seen, mark_of(meeting)):
        said = _("A colleague was first: it is now %(when)s. Save once more to put what you wrote in its place.")
        raise Overtaken(said % {"when": ", ".join(filter(None, [when(held), held.place]))})
    if (meeting.starts, meeting.ends) != (held.starts, held.ends) and meeting.ends <= timezone.now():
        raise Refused(_("This moment is past. Choose a later one."))
    meeting.save(update_fields=CHANGED)
    was = (held.starts, held.ends, held.place)
    if (meeting.starts, meeting.ends, meeting.place) != was and meeting.ends > timezone.now():
        tell_moved(meeting)
