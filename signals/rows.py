"""One line of the inbox, with no more in it than its viewer may know."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from signals.models import Share, Signal, Task
from signals.visibility import Sight
from signals.workflow import TaskStatus
from teams.access import Access
from teams.models import Organisation
from teams.models.organisations import OrganisationKind

RUNS_AT = {
    OrganisationKind.CITY: _("Runs at the city"),
    OrganisationKind.OCMW: _("Runs at the OCMW"),
    OrganisationKind.POLICE: _("Runs at the police"),
    OrganisationKind.PARTNER: _("Runs at %(organisation)s"),
}
SHARED_BY = {
    OrganisationKind.CITY: _("Shared by the city"),
    OrganisationKind.OCMW: _("Shared by the OCMW"),
    OrganisationKind.POLICE: _("Shared by the police"),
    OrganisationKind.PARTNER: _("Shared by %(organisation)s"),
}
STARTED = {TaskStatus.ACCEPTED, TaskStatus.DONE}


@dataclass(frozen=True)
class Badge:
    organisation: Organisation
    state: str


@dataclass(frozen=True)
class Row:
    """`signal` and `share` are None where the row may not hold them."""

    sight: str
    owner: Organisation
    area_name: str
    url: str = ""
    signal: Signal | None = None
    share: Share | None = None
    badges: list[Badge] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """What stands in bold. Of what may not be read only who has it and where it runs."""
        if self.signal is not None:
            return self.signal.title
        words = SHARED_BY if self.share else RUNS_AT
        line = str(words[OrganisationKind(self.owner.kind)]) % {"organisation": self.owner.name}
        return f"{line} · {self.area_name}" if self.area_name else line

    @property
    def is_full(self) -> bool:
        return self.signal is not None

    @property
    def key(self) -> str:
        """Names the row in the page and in its address; a limited row has none."""
        if self.signal is not None:
            return self.signal.reference
        return str(self.share.pk) if self.share else ""


def rows_of(signals: Iterable[Signal], viewer: Access) -> list[Row]:
    """Rows of `Signal.objects.listed(viewer)`, in two queries whatever their number."""
    shown = list(signals)
    shared = [signal.pk for signal in shown if sight_of(signal) == Sight.SHARED]
    shares: dict[object, Share] = {}
    if shared:
        for share in Share.objects.received_by(viewer).filter(signal__in=shared).order_by("at"):
            shares[share.signal_id] = share
    tasks = tasks_by_signal([signal for signal in shown if sight_of(signal) == Sight.FULL], viewer)
    return [_row(signal, shares.get(signal.pk), tasks.get(signal.pk, [])) for signal in shown]


def sight_of(signal: Signal) -> str:
    return str(getattr(signal, "sight", Sight.LIMITED))


def tasks_by_signal(signals: list[Signal], viewer: Access) -> dict[object, list[Task]]:
    counting = Task.objects.readable(viewer).exclude(status__in=[TaskStatus.RETURNED, TaskStatus.WITHDRAWN])
    found: dict[object, list[Task]] = {}
    for task in counting.filter(signal__in=[signal.pk for signal in signals]).select_related("team__organisation"):
        found.setdefault(task.signal_id, []).append(task)
    return found


def _row(signal: Signal, share: Share | None, tasks: list[Task]) -> Row:
    area_name = signal.area.name if signal.area else ""
    if sight_of(signal) == Sight.FULL:
        url = reverse("signals:signal", args=[signal.reference])
        return Row(Sight.FULL, signal.owner, area_name, url, signal, None, badges(tasks))
    badge = [Badge(signal.owner, "")]
    if share is not None:
        return Row(Sight.SHARED, signal.owner, area_name, reverse("signals:share", args=[share.pk]), None, share, badge)
    return Row(Sight.LIMITED, signal.owner, area_name, badges=badge)


def badges(tasks: Iterable[Task]) -> list[Badge]:
    """One per organisation: filled as soon as one of its tasks was accepted."""
    bodies: dict[int, Organisation] = {}
    started: set[int] = set()
    for task in tasks:
        body = task.team.organisation
        if body is None:
            continue
        bodies[body.pk] = body
        if task.status in STARTED:
            started.add(body.pk)
    return [
        Badge(body, TaskStatus.ACCEPTED if pk in started else TaskStatus.OFFERED) for pk, body in sorted(bodies.items())
    ]
