"""What a signal would become under another subject, or at another place: seen before anything is done."""

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import cached_property

from areas.models import Area
from signals.levels import Level
from signals.models import Category, Signal, Task
from signals.models.corrected import Spot
from signals.pauses import stood_still
from signals.routing import Route, Router
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
    has_ended: bool

    @classmethod
    def of(cls, signal: Signal, user: User) -> "Stands":
        """As far as this person may read it."""
        tasks = Task.objects.readable(access_of(user)).live().filter(signal=signal)
        found = list(tasks.select_related("team", "post__team", "post__area"))
        return cls(
            signal.category, signal.spot, signal.level, signal.owner_id, signal.team, found, not signal.is_open
        )  # fmt: skip

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
        """Of what ended nobody takes anything over."""
        return self.new_subject and not self.now.has_ended and self.category.owner_id != self.now.owner_id

    @cached_property
    def area(self) -> Area | None:
        return Area.objects.defer("boundary").get(pk=self.spot.area_id) if self.spot.area_id is not None else None

    @property
    def goes_to(self) -> str:
        return str(self.route.post or self.route.team or "")

    @property
    def is_with_them(self) -> bool:
        """The rules would do what is done already; of what ended they ask nothing any more."""
        if self.now.has_ended:
            return True
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
        shown = [self.category.pk, self.spot, int(self.level), self.now.has_ended, route, tasks]
        return str(uuid.uuid5(uuid.NAMESPACE_OID, repr(shown)))


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
