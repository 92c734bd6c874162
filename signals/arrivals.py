"""What came in by itself: read, given its subject and its place, and only then sent where the rules say.

Until then nobody is asked to do anything. A mail is limited to the desk as well, whatever it is about; so this is the
one place where a signal may become less secret than it was: nothing was decided about it yet.
"""

import datetime as dt
import uuid

from django.utils import timezone
from django.utils.translation import gettext as _

from areas.models import Area
from signals.actions import take_along
from signals.intake import WORKING_SET, Draft
from signals.levels import Level
from signals.models import Category, Channel, EventKind, Report, Signal, SignalEvent, Task
from signals.models.status_links import REOPENED_WITHIN
from signals.routing import Route, Router
from signals.webhooks.announce import announce
from signals.whereabouts import Whereabouts
from signals.workflow import SignalStatus, WaitingFor
from teams.models import Organisation, User

ADMITTED = (
    "category", "owner", "routine", "level", "team", "rule", "route_reason", "due_at", "status", "working_team_ids",
    "place", "longitude", "latitude", "area", "area_ids",
)  # fmt: skip


def needs_admission(signal: Signal) -> bool:
    """Nobody read it yet, and no rule has looked at it."""
    return signal.status == SignalStatus.NEW and not signal.route_reason


def admit(
    *, signal: Signal, by: User | None, category: Category, where: Whereabouts | None = None, area: Area | None = None
) -> None:
    """Somebody read it and says what it is about and where; or (`by` None) its reporter proved to be there."""
    router = Router()
    with signal.locked("read"):
        first = signal.reports.earliest("received_at")
        if where is not None:
            _put(signal, where, area)
        route = router.route(
            category=category, area_ids=signal.area_ids, channel=first.channel, level=category.level,
            at=signal.reported_at, text=signal.description,
        )  # fmt: skip
        made = Draft(signal, [])
        if by is None and route.team is None:  # it still has to be read
            made.note(EventKind.PROVEN, timezone.now(), None)
        else:
            _let_in(made, category, route, router, by)
        signal.reports.update(
            category=category, place=signal.place, longitude=signal.longitude, latitude=signal.latitude
        )
        Task.objects.bulk_create(made.tasks)
        SignalEvent.objects.bulk_create(made.events)
        announce(*made.events)


def _put(signal: Signal, where: Whereabouts, area: Area | None) -> None:
    signal.place = where.text
    signal.longitude, signal.latitude = where.point or (None, None)
    if where.location is not None and not where.location.outside:
        signal.area, signal.area_ids = where.location.area(WORKING_SET), where.location.ids
    else:
        signal.area, signal.area_ids = area, [area.pk] if area else []


def _let_in(made: Draft, category: Category, route: Route, router: Router, by: User | None) -> None:
    signal, now = made.signal, timezone.now()
    level, owner = signal.level, signal.owner
    signal.category, signal.owner, signal.routine, signal.level = (
        category, category.owner, category.routine, category.level
    )  # fmt: skip
    signal.team = route.team if route.team and route.team.organisation_id == category.owner_id else None
    signal.rule, signal.route_reason = route.rule, route.reason
    signal.due_at = router.due(signal.reported_at, route.term_days, category.owner_id)
    signal.status = SignalStatus.TO_DIVIDE
    made.note(EventKind.READ if by else EventKind.PROVEN, now, by)
    if route.team is not None:
        made.follow(
            route, router, now, router.due(signal.reported_at, route.term_days, route.team.organisation_id)
        )  # fmt: skip
    signal.save(update_fields=ADMITTED)
    _take_along(signal, level, owner)


def _take_along(signal: Signal, level: int, owner: Organisation) -> None:
    """What came with it gets its level and its owner. What a colleague added stays as secret as they chose."""
    mine = {"organisation": signal.owner, "team": signal.team if signal.level == Level.SEALED else None}
    signal.attachments.filter(report__isnull=False).update(level=signal.level, **mine)
    signal.events.filter(level=level).update(level=signal.level)
    if signal.level > level:
        signal.notes.filter(level=level, organisation=owner).update(level=signal.level, **mine)
        take_along(signal=signal)


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
        elif signal.status == SignalStatus.WAITING and signal.waiting_for == WaitingFor.REPORTER:
            signal.resume(by=None)
        added = Report.objects.create(
            pk=key, signal=signal, follows=report.follows or report, channel=channel, category=signal.category,
            kind=report.kind, description=text, received_at=now,
        )  # fmt: skip
        signal.record(EventKind.FOLLOWED, by=None, at=now, channel=channel)
        if signal.status != SignalStatus.NEW:
            signal.surface("followed")
    return added
