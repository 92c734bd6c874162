"""Correcting a subject or a place: what the rules would do with it then, and doing what somebody chose.

Nothing goes to another team silently: who corrects sees what the rules say, and keeps the team or follows them.
"""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from areas.models import Area
from kortrijk_gebied.jobs.models import post
from kortrijk_gebied.refusals import Refused
from signals.arrivals import needs_admission
from signals.levels import Level
from signals.models import Category, Signal, Task
from signals.models.corrected import Spot
from signals.offers import who_works_on
from signals.routing import Route, Router
from signals.vicinity import notice_repetition
from signals.waiting import stood_still
from signals.workflow import SignalStatus, TaskStatus
from teams.access import access_of
from teams.models import Team, User


@dataclass(frozen=True)
class Stands:
    """A signal as it is now, with the work that runs on it."""

    category: Category
    spot: Spot
    level: int
    owner_id: int
    team: Team | None
    tasks: list[Task]

    @classmethod
    def of(cls, signal: Signal, user: User) -> "Stands":
        """As far as this person may read it."""
        tasks = Task.objects.readable(access_of(user)).live().filter(signal=signal)
        found = list(tasks.select_related("team", "post__team", "post__area"))
        return cls(signal.category, signal.spot, signal.level, signal.owner_id, signal.team, found)

    @property
    def with_whom(self) -> str:
        """Who has it, in words; empty when nobody has."""
        at_work = dict.fromkeys(str(task.post or task.team) for task in self.tasks)
        return ", ".join(at_work) or str(self.team or "")


@dataclass(frozen=True)
class Plan:
    """What it would become. Nothing is done yet."""

    now: Stands
    category: Category
    spot: Spot
    route: Route
    due_at: dt.datetime  # by the rules
    due_when_kept: dt.datetime  # by its subject alone

    @property
    def new_subject(self) -> bool:
        return self.category.pk != self.now.category.pk

    @property
    def new_place(self) -> bool:
        return self.spot != self.now.spot

    @property
    def level(self) -> Level:
        return Level(max(self.now.level, self.category.level))

    @property
    def is_raised(self) -> bool:
        return self.level > self.now.level

    @property
    def loses_point(self) -> bool:
        """No register knows these words: on the map it then lies in an area alone."""
        return self.now.spot.longitude is not None and self.spot.longitude is None

    @property
    def is_of_another_owner(self) -> bool:
        return self.new_subject and self.category.owner_id != self.now.owner_id

    @cached_property
    def area(self) -> Area | None:
        return Area.objects.defer("boundary").get(pk=self.spot.area_id) if self.spot.area_id is not None else None

    @property
    def goes_to(self) -> str:
        return str(self.route.post or self.route.team or "")

    @property
    def is_with_them(self) -> bool:
        """The rules would do what is done already."""
        if self.route.team is None:
            return not self.now.tasks and self.now.team is None
        return len(self.others) < len(self.now.tasks)

    @property
    def others(self) -> list[Task]:
        """Work that runs with others than the rules name."""
        wanted = (self.route.team, self.route.post)
        return [task for task in self.now.tasks if (task.team, task.post) != wanted]

    @property
    def may_follow(self) -> bool:
        """What is sealed stays with its team, and what becomes sealed with its owner: the rest is a handover."""
        if self.now.level == Level.SEALED:
            return False
        return self.level < Level.SEALED or (
            self.route.team is not None and self.route.team.organisation_id == self.now.owner_id
        )

    @property
    def asks_who(self) -> bool:
        return self.may_follow and not self.is_with_them

    @property
    def asks(self) -> bool:
        """It may go elsewhere, or cannot be taken back: then somebody sees it first."""
        return self.is_raised or self.is_of_another_owner or self.loses_point or not self.is_with_them

    @property
    def key(self) -> str:
        """Of what was shown. When it is something else by now, that is shown first."""
        route = [self.route.team and self.route.team.pk, self.route.post and self.route.post.pk]
        tasks = sorted((str(task.pk), task.status) for task in self.now.tasks)
        return str(uuid.uuid5(uuid.NAMESPACE_OID, repr([self.category.pk, self.spot, int(self.level), route, tasks])))


def plan(signal: Signal, *, by: User, category: Category, spot: Spot) -> Plan:
    """Ask the rules of today about it, as it came in."""
    router, since = Router(), signal.reopened_at or signal.reported_at
    route = router.route(
        category=category, area_ids=spot.area_ids, channel=signal.reports.earliest("received_at").channel,
        level=max(signal.level, category.level), at=since, text=signal.description,
    )  # fmt: skip
    calendar, pauses = router.calendars.of(signal.owner_id), stood_still(signal)

    def due(days: int) -> dt.datetime:
        """The time that an answer of the reporter took is not theirs who do the work."""
        until = calendar.deadline(since, days)
        for paused, resumed in pauses:
            if resumed > since:
                until = calendar.resumed(until, paused_at=max(paused, since), resumed_at=resumed)
        return until

    return Plan(Stands.of(signal, by), category, spot, route, due(route.term_days), due(category.term_days))


def correct(
    *, signal: Signal, by: User, category: Category, spot: Spot, shown: str = "", follow: bool = False,
    take_back: Collection[str] = (),
) -> None:  # fmt: skip
    """Do it. `shown` is the key of what they saw; `take_back` are keys of tasks that end when the rules are followed.

    What somebody accepted stays otherwise, and its team hears of it; what was only offered goes with the rules.
    """
    with signal.locked("correct"):
        if needs_admission(signal):
            raise Refused(_("Nobody read this yet. Read it and send it on instead."))
        found = plan(signal, by=by, category=category, spot=spot)
        if found.asks and found.key != shown:
            raise Refused(_("Meanwhile this became something else. Look at it as it is now, and choose again."))
        follows = follow and found.asks_who
        signal.correct(by=by, category=category, spot=spot, route=found.route if follows else None)
        _heed_rules(signal, found, follows)
        if follows:
            _send_on(signal, found, take_back, by)
        if signal.status == SignalStatus.NEW:  # somebody has read it by now
            signal.status = SignalStatus.TO_DIVIDE
            signal.save(update_fields=["status"])
        for task in signal.tasks.live().filter(pk__in=[task.pk for task in found.now.tasks]).select_related("team"):
            _tell(task, by)
        notice_repetition(
            signal, category_id=category.pk, longitude=spot.longitude, latitude=spot.latitude, until=timezone.now()
        )


def _heed_rules(signal: Signal, found: Plan, follows: bool) -> None:
    """Which rule sent it, why, and until when: counted from when it was reported."""
    by_rule = follows or found.is_with_them
    if by_rule:
        signal.rule, signal.route_reason = found.route.rule, found.route.reason
    else:
        kept = _("Corrected, and left with %(team)s.") % {"team": found.now.with_whom}
        left = _("Corrected, and left to be divided.")
        signal.rule, signal.route_reason = None, kept if found.now.with_whom else left
    if follows or found.new_subject:
        signal.due_at = found.due_at if by_rule else found.due_when_kept
    signal.save(update_fields=["rule", "route_reason", "due_at"])


def _send_on(signal: Signal, found: Plan, take_back: Collection[str], by: User) -> None:
    others = signal.tasks.live().filter(pk__in=[task.pk for task in found.others])
    ended = [
        task for task in others.select_related("team") if task.status == TaskStatus.OFFERED or str(task.pk) in take_back
    ]
    for task in ended:
        task.signal = signal
        task.end(TaskStatus.WITHDRAWN, by=by)
    if ended:
        signal.follow_tasks(by=by)
    team, title = found.route.team, found.category.work_title
    if team is not None and not signal.tasks.live().filter(team=team, title=title).exists():
        signal.offer(team=team, post=found.route.post, title=title, by=by)


def _tell(task: Task, by: User) -> None:
    """Who works on it, or took it on for the team: that it was corrected. What it became stands behind the sign-in."""
    for person in who_works_on(task) - {by}:
        words = {"name": person.name, "team": task.team.name, "day": date_format(timezone.localdate(), "j F Y")}
        post(
            key=f"task:{task.pk}:corrected-{timezone.now():%Y%m%d%H%M%S%f}:{person.pk}",
            to=person.email,
            reader_id=person.pk,
            subject=_("Corrected: a task of %(team)s") % words,
            body=_(
                "Hello %(name)s\n\nOn %(day)s a colleague corrected the subject or the place of something that "
                "%(team)s works on. Read it before you go on: %(link)s"
            )
            % {**words, "link": f"{settings.SITE_URL}{reverse('signals:task', args=[task.pk])}"},
        )
