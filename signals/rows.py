"""One line of the inbox, with no more in it than its viewer may know."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from signals.field.notices import photos_to_come
from signals.models import Column, Handover, Share, Signal, SignalTag, Task
from signals.visibility import Sight
from signals.workflow import STARTED_TASK, TaskStatus
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
ASKED_BY = {
    OrganisationKind.CITY: _("Asked by the city"),
    OrganisationKind.OCMW: _("Asked by the OCMW"),
    OrganisationKind.POLICE: _("Asked by the police"),
    OrganisationKind.PARTNER: _("Asked by %(organisation)s"),
}
STARTED = STARTED_TASK | {TaskStatus.DONE}


@dataclass(frozen=True)
class Badge:
    organisation: Organisation
    state: str


@dataclass(frozen=True)
class Row:
    """`signal`, `share` and `handover` are None where the row may not hold them."""

    sight: str
    owner: Organisation
    area_name: str
    url: str = ""
    signal: Signal | None = None
    share: Share | None = None
    badges: list[Badge] = field(default_factory=list)
    handover: Handover | None = None  # asked of the viewer's team, of a signal it may not read
    facts: list[str] = field(default_factory=list)  # what the viewer wants to see besides
    snippet: SafeString | None = None  # where the words were found
    asks: Handover | None = None  # the same, of a signal it may read

    @property
    def heading(self) -> str:
        """What stands in bold. Of what may not be read only who has it and where it runs."""
        if self.signal is not None:
            return self.signal.title
        words = ASKED_BY if self.handover else SHARED_BY if self.share else RUNS_AT
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
        told = self.handover or self.share
        return str(told.pk) if told else ""


def rows_of(
    signals: Iterable[Signal],
    viewer: Access,
    *,
    columns: Sequence[str] = (),
    snippets: Mapping[uuid.UUID, SafeString] | None = None,
) -> list[Row]:
    """Rows of `Signal.objects.listed(viewer)`, in five queries at most, whatever their number."""
    shown = list(signals)
    shared = [signal.pk for signal in shown if sight_of(signal) == Sight.SHARED]
    shares: dict[object, Share] = {}
    if shared:
        for share in Share.objects.received_by(viewer).filter(signal__in=shared).order_by("at"):
            shares[share.signal_id] = share
    handovers: dict[object, Handover] = {}
    for handover in Handover.objects.shown_to(viewer).filter(signal__in=[one.pk for one in shown]).order_by("at"):
        handovers[handover.signal_id] = handover
    full = [signal for signal in shown if sight_of(signal) == Sight.FULL]
    tasks = tasks_by_signal(full, viewer)
    tags = tags_by_signal(full, viewer) if Column.TAGS in columns else {}
    coming = photos_to_come(full)
    return [
        _row(
            signal, handovers.get(signal.pk) or shares.get(signal.pk), tasks.get(signal.pk, []),
            [*facts_of(signal, columns, tags), *coming.get(signal.pk, ())], (snippets or {}).get(signal.pk),
        )
        for signal in shown
    ]  # fmt: skip


def tags_by_signal(signals: list[Signal], viewer: Access) -> dict[object, list[str]]:
    found: dict[object, list[str]] = {}
    hanging = SignalTag.objects.readable(viewer).filter(signal__in=[signal.pk for signal in signals])
    for hung in hanging.select_related("tag"):
        found.setdefault(hung.signal_id, []).append(f"#{hung.tag.name}")
    return found


def facts_of(signal: Signal, columns: Sequence[str], tags: dict[object, list[str]]) -> list[str]:
    """In the order of the columns; of a row that is not fully readable none."""
    if not columns or sight_of(signal) != Sight.FULL:
        return []
    count = signal.report_count
    words: dict[str, str] = {
        Column.REFERENCE: signal.reference,
        Column.AREA: signal.area.name if signal.area else "",
        Column.STATUS: str(signal.get_status_display()),
        Column.OWNER: signal.owner.name,
        Column.REPORTED: date_format(localtime(signal.reported_at), "j b"),
        Column.REPORTS: ngettext("%(count)s report", "%(count)s reports", count) % {"count": count},
        Column.TAGS: " ".join(tags.get(signal.pk, [])),
    }
    return [words[column] for column in columns if words[column]]


def sight_of(signal: Signal) -> str:
    return str(getattr(signal, "sight", Sight.LIMITED))


def tasks_by_signal(signals: list[Signal], viewer: Access) -> dict[object, list[Task]]:
    counting = Task.objects.readable(viewer).exclude(status__in=[TaskStatus.RETURNED, TaskStatus.WITHDRAWN])
    found: dict[object, list[Task]] = {}
    for task in counting.filter(signal__in=[signal.pk for signal in signals]).select_related("team__organisation"):
        found.setdefault(task.signal_id, []).append(task)
    return found


def _row(
    signal: Signal, told: Share | Handover | None, tasks: list[Task], facts: list[str], snippet: SafeString | None
) -> Row:  # fmt: skip
    area_name = signal.area.name if signal.area else ""
    if sight_of(signal) == Sight.FULL:
        url = reverse("signals:signal", args=[signal.reference])
        asks = told if isinstance(told, Handover) and told.is_pending else None
        return Row(
            Sight.FULL, signal.owner, area_name, url, signal, badges=badges(tasks), facts=facts, snippet=snippet,
            asks=asks,
        )  # fmt: skip
    badge = [Badge(signal.owner, "")]
    if isinstance(told, Handover):
        url = reverse("signals:handover", args=[told.pk])
        return Row(Sight.SHARED, signal.owner, area_name, url, badges=badge, handover=told)
    if told is not None:
        url = reverse("signals:share", args=[told.pk])
        return Row(Sight.SHARED, signal.owner, area_name, url, badges=badge, share=told)
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
