"""Putting two signals together that are one, taking that back, and splitting one that turned out to be two.

Reports move with what came along with them; the signal that goes on keeps its own words, place and term. Only when
the report it has them from is split off does it take those of the first report that stays.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.locate import locate
from kortrijk_gebied.refusals import Refused
from signals.answered import hear
from signals.arrivals import decided_level, is_unread
from signals.contacts import WORKING_SET, Contact, Draft, draft, fresh_references, write
from signals.levels import Level
from signals.models import Attachment, EventKind, Report, Reporter, Share, Signal, Task
from signals.models.joinings import Joining
from signals.routing import Router
from signals.undoing import bring_back
from signals.workflow import SignalStatus, TaskStatus
from teams.models import User


def join(signal: Signal, *, into: Signal, by: User) -> Joining:
    """Let `signal` go on in `into`. Who reported it follows `into` from now on. Again it changes nothing."""
    with _both(*sorted((signal, into), key=lambda one: one.pk)):
        if done := Joining.objects.filter(signal=signal, into=into, undone_at__isnull=True).first():
            return done
        signal.must_allow("merge")
        into.must_allow("join")
        _must_belong_together(signal, into)
        joining, now = Joining(signal=signal, into=into, by=by), timezone.now()
        joining.report_ids = _move(Report, signal, into)
        joining.attachment_ids = _move(Attachment, signal, into)
        joining.share_ids = _move(Share, signal, into)
        _move_tasks(joining, by=by, at=now)
        signal.end_as(SignalStatus.JOINED, by=by, outcome=_("Joined with another signal."), at=now)
        joining.save(force_insert=True)
        signal.record(EventKind.MERGED, by=by)
        into.record(EventKind.TOOK_IN, by=by, count=len(joining.report_ids))
        _count_reports(into)
        for report in into.reports.filter(pk__in=joining.report_ids):
            hear(into, report, came_along=joining.report_ids)
        into.follow_tasks(by=by)
    return joining


def separate(joining: Joining, *, by: User) -> None:
    """Take it back: what moved and is still there goes back, and the tasks it cost go on."""
    signal, into = joining.signal, joining.into
    with _both(into, signal):
        joining.refresh_from_db()
        if joining.undone_at:
            return
        signal.must_allow("separate")
        if into.status == SignalStatus.JOINED:
            raise Refused(_("The other signal was joined with a third one meanwhile. Undo that first."))
        _must_be_equally_secret(signal, into)
        told = Report.objects.filter(signal=into, follows__in=joining.report_ids)  # while they were one
        added = list(told.values_list("pk", flat=True))
        back = [*joining.report_ids, *added]
        photos = Attachment.objects.filter(signal=into, report__in=back).values_list("pk", flat=True)
        _move(Attachment, into, signal, [*joining.attachment_ids, *photos])
        _move(Report, into, signal, back)
        _move(Share, into, signal, joining.share_ids)
        _move(Task, into, signal, joining.task_ids)
        joining.undone_at, joining.undone_by = timezone.now(), by
        joining.save(update_fields=["undone_at", "undone_by"])
        bring_back(signal, tasks=signal.tasks.filter(pk__in=joining.withdrawn_ids), by=by)
        for one in (signal, into):
            _count_reports(one)
            one.record(EventKind.SEPARATED, by=by)
        for report in signal.reports.filter(pk__in=added).order_by("received_at", "pk"):
            hear(signal, report)
        if into.is_open:
            into.follow_tasks(by=by)


def ended_a_wait(joining: Joining) -> bool:
    """What came along was taken for the answer that the other one waited for. Undone, that goes on: it is for a person
    to say that the answer is not there (docs/decisions/036)."""
    into = joining.into
    resumed = into.events.filter(kind=EventKind.RESUMED, by=None, at__gte=joining.at)
    return into.is_open and into.status != SignalStatus.WAITING and resumed.exists()


def split(signal: Signal, *, reports: Collection[uuid.UUID], by: User) -> Signal:
    """Let some of its reports go on as a signal of their own, routed anew; as secret as it was at least."""
    with transaction.atomic(), signal.locked("split"):
        before = list(signal.reports.order_by("received_at", "pk"))
        moving = [report for report in before if report.pk in reports]
        staying = [report for report in before if report.pk not in reports]
        if not moving:
            raise Refused(_("Choose the reports that are about something else."))
        if not staying:
            raise Refused(_("One report stays with this signal: it would be empty otherwise."))
        made = draft(_contact(moving[0], signal), Router(), fresh_references(1)[0])
        made.reports, made.reporters = [], []
        if signal.level > Level.OPEN or made.signal.owner_id != signal.owner_id:
            _stay_with(made, signal)
        was_unread, decided = is_unread(signal), decided_level(signal)
        now = timezone.now()
        made.signal.due_at = made.signal.due_of_an_offer(made.signal.team)
        for task in made.tasks:
            task.offered_at, task.due_at = now, made.signal.due_at
            task.accepted_at = now if task.accepted_at else None
        write([made])
        _move(Report, signal, made.signal, [report.pk for report in moving])
        photos = Attachment.objects.filter(report__in=moving).values_list("pk", flat=True)
        _move(Attachment, signal, made.signal, list(photos))
        _stand_alone(moving)
        _stand_alone(staying)
        _tell_what_stays(signal, before, staying)
        for one in (signal, made.signal):
            _count_reports(one)
        signal.record(EventKind.SPLIT_OFF, by=by, count=len(moving))
        made.signal.record(EventKind.SPLIT_FROM, by=by, unread=was_unread, decided=decided)
        made.signal.surface("split")
        made.tell()
    return made.signal


def _stay_with(made: Draft, signal: Signal) -> None:
    """What is secret, or was handed over, goes where no rule sends it: its keepers divide it by hand."""
    made.tasks, made.events = [], [event for event in made.events if event.task is None]
    new = made.signal
    new.owner, new.team, new.rule, new.route_reason = signal.owner, signal.team, None, ""
    new.status, new.working_team_ids = SignalStatus.TO_DIVIDE, []


def _stand_alone(reports: list[Report]) -> None:
    """What somebody added, parted from the report it was added to, is a report of that same person itself."""
    here = {report.pk for report in reports}
    first: dict[uuid.UUID, Report] = {}
    for report in reports:
        if report.follows_id is None or report.follows_id in here:
            continue
        told, report.follows = report.follows_id, first.get(report.follows_id)
        report.save(update_fields=["follows"])
        if report.follows is None:
            first[told] = report
            if who := Reporter.objects.filter(pk=told).first():
                known = {"name": who.name, "email": who.email, "phone": who.phone, "wants_answer": who.wants_answer}
                Reporter.objects.get_or_create(report=report, defaults=known)


def _tell_what_stays(signal: Signal, before: list[Report], staying: list[Report]) -> None:
    """Words and place that left with their report are no longer told, or found, here."""
    told = [report for report in before if (report.description, report.place) == (signal.description, signal.place)]
    if any(report in staying for report in told or before[:1]):
        return
    heir = next((report for report in staying if report.follows_id is None), staying[0])
    signal.description, signal.place = heir.description, heir.place
    if heir.longitude is not None and heir.latitude is not None:
        found = locate(heir.longitude, heir.latitude, on=timezone.localdate(heir.received_at))
        if not found.outside:
            signal.longitude, signal.latitude = heir.longitude, heir.latitude
            signal.area, signal.area_ids = found.area(WORKING_SET), found.ids
    signal.save(update_fields=["description", "place", "longitude", "latitude", "area", "area_ids"])


def _contact(report: Report, signal: Signal) -> Contact:
    """What the report told, again: from it the new signal is drawn up."""
    return Contact(
        category=report.category, description=report.description, channel=report.channel, kind=report.kind,
        place=report.place, longitude=report.longitude, latitude=report.latitude, received_at=report.received_at,
        registered_by=report.registered_by, area=signal.area, level=signal.level,
    )  # fmt: skip


@contextmanager
def _both(first: Signal, second: Signal) -> Iterator[None]:
    """Hold two signals, locked in this order, with their state as it is now."""
    if first.pk == second.pk:
        raise Refused(_("Choose another signal: this is the same one."))
    with transaction.atomic():
        for signal in (first, second):
            signal.refresh_from_db(from_queryset=Signal.objects.select_for_update(of=("self",)))
        yield


def _must_belong_together(signal: Signal, into: Signal) -> None:
    if signal.owner_id != into.owner_id:
        raise Refused(_("These signals have different owners. Hand one over first."))
    _must_be_equally_secret(signal, into)
    if signal.level == Level.SEALED and signal.team_id != into.team_id:
        raise Refused(_("Another team keeps the other signal. Hand one over first."))


def _must_be_equally_secret(one: Signal, other: Signal) -> None:
    """Who may read the one only would learn from it that the other exists, and photos would change readers."""
    if one.level != other.level:
        raise Refused(_("One of these signals is more secret than the other. Make them equally secret first."))


def _move(
    model: type[models.Model], source: Signal, target: Signal, keys: Collection[uuid.UUID] | None = None
) -> list[uuid.UUID]:
    rows: Any = model._default_manager.filter(signal=source)
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    moved = list(rows.values_list("pk", flat=True))
    model._default_manager.filter(pk__in=moved).update(signal=target)
    return moved


def _move_tasks(joining: Joining, *, by: User, at: dt.datetime) -> None:
    """Live tasks go along, unless their team works on the other one already, or may not be asked there."""
    signal, into = joining.signal, joining.into
    busy = set(into.tasks.live().values_list("team_id", flat=True))
    for task in signal.tasks.live().select_related("team"):
        if task.team_id in busy or not into.may_be_asked(task.team):
            joining.withdrawn_ids.append(task.pk)
            task.end(TaskStatus.WITHDRAWN, by=by, at=at)
        else:
            joining.task_ids.append(task.pk)
            Task.objects.filter(pk=task.pk).update(signal=into)


def _count_reports(signal: Signal) -> None:
    """How many reported it: what somebody adds afterwards is not counted once more."""
    latest = signal.reports.aggregate(latest=models.Max("received_at"))["latest"]
    signal.report_count = max(signal.reports.filter(follows__isnull=True).count(), 1)
    signal.last_reported_at = max(latest or signal.reported_at, signal.reported_at)
    signal.save(update_fields=["report_count", "last_reported_at"])
