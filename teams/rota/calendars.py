"""The own turns and rounds in another calendar. Read without signing in: whoever has the address reads one person's."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event

from kortrijk_gebied import ics
from kortrijk_gebied.workdays import BRUSSELS
from teams.models import RotaCalendar, RotaShift, RotaTurn, RotaVersion, User
from teams.rota.facts import A_DAY
from teams.rota.own import shifts_of_person, turns_of_person

BACK = dt.timedelta(days=30)


@transaction.atomic
def give_new(user: User) -> str:
    """The address, shown once and kept nowhere. The one before opens nothing any more."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    revoke(user)
    token = secrets.token_urlsafe(32)
    RotaCalendar.objects.create(owner=user, hashed=hashed(token))
    return f"{settings.SITE_URL}{reverse('rota:calendar-file', args=[token])}"


def revoke(user: User) -> None:
    own = RotaCalendar.objects.filter(owner=user, revoked_at__isnull=True)
    own.update(revoked_at=timezone.now(), revoked_by=user)


def hashed(token: str) -> str:
    """An address has 256 random bits: nobody guesses it, so a plain hash is enough to look it up by."""
    return hashlib.sha256(token.encode()).hexdigest()


def named_by(token: str) -> RotaCalendar | None:
    return RotaCalendar.objects.select_related("owner").filter(hashed=hashed(token)).first()


def why_closed(calendar: RotaCalendar) -> str:
    """A sentence when its address opens nothing any more."""
    if calendar.revoked_at is not None:
        return _("This calendar was revoked. Make a new one under Your rota.")
    if not calendar.owner.is_active:
        return _("The account that made this calendar was stopped.")
    return ""


def written(user: User) -> bytes:
    since = timezone.localdate() - BACK
    events = [_of_turn(turn) for turn in turns_of_person(user, since)]
    events += [_of_shift(shift) for shift in shifts_of_person(user, since)]
    return ics.calendar(events, name=_("My rota"))


def _of_turn(turn: RotaTurn) -> Event:
    """Whole days, so that it stands above the hours and takes none."""
    name = _("Zone %(zone)s (rota)") % {"zone": turn.zone.name}
    event = _event(f"turn-{turn.user_id}-{turn.zone_id}-{turn.starts}", turn.version, name)
    event.add("dtstart", turn.starts)
    event.add("dtend", turn.ends + A_DAY)
    event.add("transp", "TRANSPARENT")
    return event


def _of_shift(shift: RotaShift) -> Event:
    """The same round keeps its place in a calendar from one version to the next."""
    name = f"{shift.zone.name}: {shift.name}"
    event = _event(f"round-{shift.user_id}-{shift.day}-{shift.starts}", shift.version, name)
    if shift.is_cover:
        event.add("description", _("In place of a colleague."))
    ics.when(
        event,
        dt.datetime.combine(shift.day, shift.starts, BRUSSELS),
        dt.datetime.combine(shift.day, shift.ends, BRUSSELS),
    )
    return event


def _event(key: str, version: RotaVersion, summary: str) -> Event:
    told_at = (version.published_at or version.created_at).replace(microsecond=0)
    event = Event()
    event.add("uid", ics.uid(key))
    event.add("sequence", version.number)
    event.add("dtstamp", told_at)
    event.add("last-modified", told_at)
    event.add("summary", summary)
    event.add("class", "PRIVATE")
    event.add("status", "CONFIRMED")
    return event
