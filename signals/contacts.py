"""What one reporter told, and the rows of the new signal that it becomes.

A `Contact` is what came in, by whatever entrance. `draft()` turns it into rows, without writing; `write()` writes any
number of drafts. Registering one of them is `signals.intake`.
"""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from areas.locate import Location, locate
from areas.models import Area
from kortrijk_gebied.ids import spoken_reference, uuid7
from signals.levels import Level
from signals.models import (
    Category,
    Channel,
    EventKind,
    Report,
    Reporter,
    ReportKind,
    Signal,
    SignalEvent,
    Task,
)
from signals.offers import tell_who_is_asked
from signals.routing import Route, Router
from signals.webhooks.announce import announce
from signals.workflow import SignalStatus, TaskStatus
from teams.models import User

WORKING_SET = "gebieden17"


@dataclass
class Contact:
    """What one reporter told, through one channel. `area` places it when there is no point on the map."""

    category: Category
    description: str
    channel: str = Channel.PHONE
    kind: str = ReportKind.REPORT
    place: str = ""
    longitude: float | None = None
    latitude: float | None = None
    received_at: dt.datetime = field(default_factory=timezone.now)
    registered_by: User | None = None
    external_number: str | None = None
    answer: str = ""  # given on the spot: closes the signal at once
    due_at: dt.datetime | None = None
    area: Area | None = None
    location: Location | None = None  # when the caller knows already where it lies, on the map or roughly
    name: str = ""
    email: str = ""
    phone: str = ""
    wants_answer: bool = True
    # It came in by itself, and somebody has to read it before anybody is asked to do anything; as long as that
    # takes it is `level` at least.
    unread: bool = False
    level: int = Level.OPEN
    divide: str = ""  # why a coordinator has to look first: then no rule sends it on, unless it is sealed
    id: uuid.UUID = field(default_factory=uuid7)  # made by who typed it, so that sending twice is harmless


@dataclass
class Draft:
    """The rows of one new signal, not written yet."""

    signal: Signal
    reports: list[Report]
    tasks: list[Task] = field(default_factory=list)
    events: list[SignalEvent] = field(default_factory=list)
    reporters: list[Reporter] = field(default_factory=list)

    def note(self, kind: str, at: dt.datetime, by: User | None, task: Task | None = None, **data: object) -> None:
        self.events.append(
            SignalEvent(signal=self.signal, kind=kind, at=at, by=by, task=task, data=data, level=self.signal.level)
        )

    def follow(self, route: Route, router: Router, at: dt.datetime, due_at: dt.datetime | None = None) -> None:
        """Go where the rules send it: a task for that team, accepted at once within one organisation."""
        signal, team = self.signal, route.team
        if team is None:
            return
        task = Task(
            signal=signal, team=team, post=route.post, title=signal.category.work_title, level=signal.level,
            offered_at=at, due_at=due_at or router.due(at, route.term_days, team.organisation_id),
        )  # fmt: skip
        self.tasks.append(task)
        signal.working_team_ids = [team.pk]
        signal.status = SignalStatus.ROUTED
        names = {"team": team.name, "title": task.title}
        self.note(EventKind.OFFERED, at, None, task, **names)
        if team.organisation_id == signal.owner_id:
            task.status, task.accepted_at = TaskStatus.ACCEPTED, at
            signal.status = SignalStatus.IN_PROGRESS
            self.note(EventKind.ACCEPTED, at, None, task, **names)

    def tell(self) -> None:
        """Let partners, and who is asked to take it on, hear of it. The rows are written."""
        announce(*self.events)
        for task in self.tasks:
            if task.status == TaskStatus.OFFERED:
                tell_who_is_asked(task)

    def end(self, at: dt.datetime, outcome: str) -> None:
        """What was over before it came to us: tasks done, signal closed, by somebody we do not know.

        It tells nobody: who reported it was told then, or never.
        """
        for task in self.tasks:
            task.status, task.ended_at, task.outcome = TaskStatus.DONE, at, outcome
            task.accepted_at = task.accepted_at or task.offered_at
            self.note(EventKind.COMPLETED, at, None, task, team=task.team.name, title=task.title, outcome=outcome)
        self.signal.status, self.signal.closed_at, self.signal.outcome = SignalStatus.CLOSED, at, outcome
        self.note(EventKind.CLOSED, at, None, outcome=outcome)


def draft(contact: Contact, router: Router, reference: str) -> Draft:
    category, at, by = contact.category, contact.received_at, contact.registered_by
    area, area_ids = _place(contact)
    level = max(category.level, contact.level)
    route = router.route(
        category=category, area_ids=area_ids, channel=contact.channel, level=level, at=at, text=contact.description
    )
    if contact.divide and level < Level.SEALED:
        route = Route(None, category.term_days, lambda: contact.divide)
    own = route.team if route.team and route.team.organisation_id == category.owner_id else None
    if contact.unread:
        route = dataclasses.replace(route, why=lambda: "", rule=None)
        own = own if level == Level.SEALED else category.owner.intake_team
    signal = Signal(
        reference=reference,
        category=category,
        description=contact.description,
        level=level,
        owner=category.owner,
        team=own,
        area=area,
        area_ids=area_ids,
        place=contact.place,
        longitude=contact.longitude,
        latitude=contact.latitude,
        routine=category.routine,
        rule=route.rule,
        route_reason=route.reason,
        due_at=contact.due_at or router.due(at, route.term_days, category.owner_id),
        reported_at=at,
        last_reported_at=at,
    )
    made = Draft(signal, [report_of(contact, signal)])
    if reporter := reporter_of(contact, made.reports[0]):
        made.reporters.append(reporter)
    made.note(EventKind.REGISTERED, at, by, channel=contact.channel)
    if contact.answer:
        _answer(made, contact)
    elif not contact.unread:
        made.follow(route, router, at, contact.due_at)
    return made


def _place(contact: Contact) -> tuple[Area | None, list[int]]:
    """Its area in the working set, and its areas in all sets. Outside the city there is none."""
    found = contact.location
    if found is None and contact.longitude is not None and contact.latitude is not None:
        found = locate(contact.longitude, contact.latitude, on=timezone.localdate(contact.received_at))
    if found is not None and not found.outside:
        return found.area(WORKING_SET), found.ids
    if contact.area is not None:
        return contact.area, [contact.area.pk]
    return None, []


def report_of(contact: Contact, signal: Signal) -> Report:
    return Report(
        pk=contact.id,
        signal=signal,
        external_number=contact.external_number,
        kind=contact.kind,
        channel=contact.channel,
        category=contact.category,
        description=contact.description,
        place=contact.place,
        longitude=contact.longitude,
        latitude=contact.latitude,
        answer=contact.answer,
        answered_at_once=bool(contact.answer),
        received_at=contact.received_at,
        registered_by=contact.registered_by,
    )


def reporter_of(contact: Contact, report: Report) -> Reporter | None:
    if not (contact.name or contact.email or contact.phone):
        return None
    return Reporter(
        report=report, name=contact.name, email=contact.email, phone=contact.phone,
        wants_answer=contact.wants_answer,
    )  # fmt: skip


def _answer(made: Draft, contact: Contact) -> None:
    signal = made.signal
    signal.status, signal.outcome = SignalStatus.CLOSED, contact.answer
    signal.closed_at, signal.closed_by = contact.received_at, contact.registered_by
    made.note(EventKind.ANSWERED, contact.received_at, contact.registered_by, outcome=contact.answer)


def fresh_references(count: int) -> list[str]:
    """References nobody has yet."""
    fresh: set[str] = set()
    while len(fresh) < count:
        drawn = {spoken_reference("S") for _ in range(count - len(fresh))}
        fresh |= drawn - set(Signal.objects.filter(reference__in=drawn).values_list("reference", flat=True))
    return list(fresh)


type Create = Callable[[type[models.Model], list[Any]], object]


def _insert(model: type[models.Model], rows: list[Any]) -> None:
    model._default_manager.bulk_create(rows)


def write(drafts: list[Draft], *, create: Create = _insert) -> None:
    """Write drafts in a handful of statements, however many there are."""
    with transaction.atomic():
        create(Signal, [made.signal for made in drafts])
        create(Report, [report for made in drafts for report in made.reports])
        create(Reporter, [reporter for made in drafts for reporter in made.reporters])
        create(Task, [task for made in drafts for task in made.tasks])
        create(SignalEvent, [event for made in drafts for event in made.events])
