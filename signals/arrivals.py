"""What came in by itself: read, given its subject and its place, and only then sent where the rules say.

Until then nobody is asked to do anything. A mail is limited to the desk as well, whatever it is about; so this is the
one place where a signal may become less secret than it was: nothing was decided about it yet.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.models import Area
from kortrijk_gebied.refusals import Refused
from signals.actions import hush_what_was_told, take_along, withdraw_unseen_tasks
from signals.answered import hear
from signals.contacts import Draft
from signals.handing import withdraw_pending
from signals.levels import Level
from signals.models import Category, Channel, EventKind, Report, Share, Signal, SignalEvent, Task
from signals.models.events import Unseen
from signals.models.joinings import lock_joined
from signals.models.status_links import REOPENED_WITHIN
from signals.routing import Route, Router
from signals.whereabouts import Whereabouts, spot_of
from signals.workflow import SIGNAL_TRANSITIONS, SignalStatus
from teams.models import Organisation, Team, User

ADMITTED = (
    "category", "owner", "routine", "level", "team", "rule", "route_reason", "due_at", "status", "working_team_ids",
    "place", "longitude", "latitude", "area", "area_ids",
)  # fmt: skip


# How it came in, and what became one with it. Whatever else stands in its course may hold words that a colleague
# wrote while it was secret: that stays as secret as it was then, whatever the signal turns out to be.
CAME_IN = [
    EventKind.REGISTERED, EventKind.JOINED, EventKind.FOLLOWED, EventKind.PROVEN, EventKind.FILES_REFUSED,
    EventKind.REPEATED, EventKind.LIFTED, EventKind.MERGED, EventKind.TOOK_IN, EventKind.SEPARATED,
    EventKind.SPLIT_OFF, EventKind.SPLIT_FROM,
]  # fmt: skip


def needs_admission(signal: Signal) -> bool:
    """Nobody has it, and nobody said yet what it is about."""
    return signal.status in SIGNAL_TRANSITIONS["admit"] and is_unread(signal)


def is_unread(signal: Signal) -> bool:
    """It came in by itself, no rule has looked at it and nobody said what it is about, whatever else was done to it."""
    if signal.route_reason:
        return False
    if signal.status == SignalStatus.NEW:
        return True
    asked = [EventKind.REGISTERED, EventKind.READ, EventKind.SPLIT_FROM]
    course = {event.kind: event for event in signal.events.filter(kind__in=asked)}
    split = course.get(EventKind.SPLIT_FROM)
    if split is not None and not split.data.get("unread", signal.level > signal.category.level):
        return False  # split off from what was read
    registered = course.get(EventKind.REGISTERED)
    return registered is not None and registered.by_id is None and EventKind.READ not in course


def decided_level(signal: Signal) -> int:
    """How secret somebody decided it is, or what was joined with it, which is the same matter from then on. What came
    in by itself is limited only until it is read: nobody decided that."""
    return max(_decided_alone(one) for one in (signal, *lock_joined(signal)))


def _decided_alone(signal: Signal) -> int:
    if not is_unread(signal):
        return signal.level
    course = {
        event.kind: event for event in signal.events.filter(kind__in=[EventKind.LEVEL_RAISED, EventKind.SPLIT_FROM])
    }
    if EventKind.LEVEL_RAISED in course:
        return signal.level
    split = course.get(EventKind.SPLIT_FROM)
    return int(split.data.get("decided", signal.level)) if split else Level.OPEN


def admit(
    *, signal: Signal, by: User | None, category: Category, where: Whereabouts | None = None, area: Area | None = None
) -> None:
    """Somebody read it and says what it is about and where; or (`by` None) its reporter proved to be there."""
    router = Router()
    with signal.locked("admit"):
        if not needs_admission(signal):
            raise Refused(_("Somebody read this signal already. Reload the page to see it as it is now."))
        first = signal.reports.earliest("received_at")
        was = Was.of(signal)
        if where is not None:
            signal.lie_at(spot_of(where, area))
        level = max(category.level, was.decided)
        if by is not None and was.decided == Level.SEALED and category.owner != was.owner:
            raise Refused(
                _("Somebody sealed this. Choose a subject of %(owner)s, or hand it over.") % {"owner": was.owner}
            )
        since = signal.reopened_at or signal.reported_at
        route = router.route(
            category=category, area_ids=signal.area_ids, channel=first.channel, level=level, at=since,
            text=signal.description,
        )  # fmt: skip
        made = Draft(signal, [])
        is_other = (was.level, was.owner) != (level, category.owner)
        if by is None and (route.team is None or is_other):  # it still has to be read
            made.note(EventKind.PROVEN, timezone.now(), None)
        else:
            _let_in(made, category, level, route, router, was, by)
        mine = signal.reports.filter(Q(pk=first.pk) | Q(follows=first))  # others keep the place they typed themselves
        mine.update(place=signal.place, longitude=signal.longitude, latitude=signal.latitude)
        signal.reports.filter(category=was.category).update(category=signal.category)
        Task.objects.bulk_create(made.tasks)
        SignalEvent.objects.bulk_create(made.events)
        made.tell()
        if by is not None:
            _settle(signal, was, by)


@dataclass(frozen=True)
class Was:
    """A signal as it was before somebody read it."""

    level: int
    owner: Organisation
    category: Category
    status: str
    decided: int
    course: frozenset[str]

    @classmethod
    def of(cls, signal: Signal) -> "Was":
        course = frozenset(signal.events.values_list("kind", flat=True))
        return cls(signal.level, signal.owner, signal.category, signal.status, decided_level(signal), course)


def _let_in(
    made: Draft, category: Category, level: int, route: Route, router: Router, was: Was, by: User | None
) -> None:  # fmt: skip
    signal, now = made.signal, timezone.now()
    signal.team = _keeper(signal, category, level, route, was)
    signal.category, signal.owner, signal.routine, signal.level = category, category.owner, category.routine, level
    signal.rule, signal.route_reason = route.rule, route.reason
    since = signal.reopened_at or signal.reported_at
    signal.due_at = router.due(since, route.term_days, category.owner_id)
    signal.status = SignalStatus.TO_DIVIDE
    made.note(EventKind.READ if by else EventKind.PROVEN, now, by)
    busy = was.status != SignalStatus.NEW and signal.tasks.live().filter(team=route.team).exists()
    if route.team is not None and not busy:
        made.follow(route, router, now, router.due(since, route.term_days, route.team.organisation_id))
    signal.save(update_fields=ADMITTED)
    _take_along(signal, was.level, was.owner)
    for one in lock_joined(signal):  # what was joined with it is the same matter
        level_before, owner_before = one.level, one.owner
        if unread := is_unread(one):
            one.category = category
        if unread or signal.level == Level.SEALED or owner_before != signal.owner:
            one.team = signal.team
        one.owner, one.level = signal.owner, signal.level
        one.save(update_fields=["category", "owner", "level", "team"])
        _take_along(one, level_before, owner_before)


def _keeper(signal: Signal, category: Category, level: int, route: Route, was: Was) -> Team | None:
    """The team that owns it from now on. What a person sealed, or took over, stays with its team."""
    stays = was.owner == category.owner and signal.team is not None
    if stays and level == was.level == was.decided == Level.SEALED:
        return signal.team
    if route.team is not None and route.team.organisation_id == category.owner_id:
        return route.team
    return signal.team if stays and EventKind.HANDED_OVER in was.course else None


def _settle(signal: Signal, was: Was, by: User) -> None:
    """What was asked of others, or told them, was about what it was before: that ends, and so does work of theirs."""
    moved = signal.owner != was.owner
    if moved or signal.level != was.level:
        withdraw_pending(signal=signal, by=by, referrals=moved)
        for share in Share.objects.current().filter(signal=signal).select_related("team"):
            share.revoke(by=by)
        if signal.level > Level.OPEN:
            hush_what_was_told(signal=signal)
    if was.status != SignalStatus.NEW or signal.level == Level.SEALED:
        withdraw_unseen_tasks(signal=signal, by=by, why=Unseen.SEALED)
        signal.follow_tasks(by=by)


def _take_along(signal: Signal, level: int, owner: Organisation) -> None:
    """What came with it gets its level and its owner. What a colleague added stays as secret as it was, or as they
    chose; so does a photo or document that somebody described."""
    mine = {"organisation": signal.owner, "team": signal.team if signal.level == Level.SEALED else None}
    came, told = signal.attachments.filter(report__isnull=False), signal.events.filter(level=level)
    if signal.level < level:
        came, told = came.exclude(described()), told.filter(task__isnull=True, kind__in=CAME_IN)
    came.update(level=signal.level, **mine)
    told.update(level=signal.level)
    if signal.level > level:
        signal.notes.filter(level=level, organisation=owner).update(level=signal.level, **mine)
        take_along(signal=signal)


def described() -> Q:
    """Of a photo or document: a colleague wrote what is to be seen, or gave it another name."""
    changes: Any = apps.get_model("signals", "AttachmentChange").objects.filter(pgh_obj=OuterRef("pk"))
    return ~Q(description="") | Q(Exists(changes.exclude(name=OuterRef("name"))))


def add_words(
    *, report: Report, text: str, key: uuid.UUID, channel: str = Channel.MAIL, at: dt.datetime | None = None
) -> Report | None:
    """What who reported adds afterwards, as secret as its signal. One that ended lately is opened again; of one that
    ended longer ago nothing is added: None, and it has to become a report of its own."""
    signal, now = Signal.objects.get(pk=report.signal_id), at or timezone.now()
    with signal.locked():
        if known := Report.objects.filter(pk=key, signal=signal).first():
            return known
        if signal.closed_at is not None and now > signal.closed_at + REOPENED_WITHIN:
            return None
        if signal.closed_at is not None:
            signal.reopen(by=None, reason=_("The reporter wrote back."))
        added = Report.objects.create(
            pk=key, signal=signal, follows=report.follows or report, channel=channel, category=signal.category,
            kind=report.kind, description=text, received_at=now,
        )  # fmt: skip
        signal.record(EventKind.FOLLOWED, by=None, at=now, channel=channel)
        hear(signal, added)
        if signal.status != SignalStatus.NEW:
            signal.surface("followed")
    return added
