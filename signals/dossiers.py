"""What a dossier shows one viewer: the signals in it that this viewer may read, and what comes of those alone."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from areas.closeup import CloseUp, close_up
from areas.distance import box_around
from kortrijk_gebied.charts import Bar, BarChart
from signals.course import Entry, courses_of, of_dossier
from signals.models import Note, Signal, Task
from signals.models.dossiers import Dossier
from teams.access import Access

# What could belong to it: around its signals, lately.
AROUND_METRES = 100
LATELY = dt.timedelta(days=365)
MOST_PROPOSED = 20
MOST_ENTRIES = 100
RECENT_ENTRIES = 12  # that stand in the open; the older ones unfold

PARTS_OF_DAY = [
    (_("night, 0 to 6"), range(6)),
    (_("morning, 6 to 12"), range(6, 12)),
    (_("afternoon, 12 to 18"), range(12, 18)),
    (_("evening, 18 to 24"), range(18, 24)),
]


@dataclass
class Shown:
    """A dossier, which `viewer` may read. Each part is asked of the database when first shown."""

    dossier: Dossier
    viewer: Access

    @cached_property
    def signals(self) -> list[Signal]:
        readable = Signal.objects.readable(self.viewer).filter(dossier_entries__dossier=self.dossier)
        found = list(readable.select_related("category", "owner", "area").order_by("-reported_at"))
        return sorted(found, key=lambda signal: not signal.is_open)

    @cached_property
    def tasks(self) -> list[Task]:
        found = Task.objects.readable(self.viewer).filter(signal__in=self.signals)
        return list(found.select_related("team__organisation", "signal__category").order_by("-offered_at"))

    @property
    def running(self) -> list[Task]:
        return [task for task in self.tasks if task.is_live]

    @property
    def ended(self) -> list[Task]:
        return [task for task in self.tasks if not task.is_live]

    @cached_property
    def _courses(self) -> tuple[list[tuple[Signal, Entry]], list[Note]]:
        return courses_of(self.signals, self.viewer)

    @property
    def secret_notes(self) -> list[tuple[Signal, Note]]:
        """Those more secret than their signal, for the read log."""
        signals = {signal.pk: signal for signal in self.signals}
        return [(signals[note.signal_id], note) for note in self._courses[1]]

    @property
    def recent(self) -> list[tuple[Signal | None, Entry]]:
        return self.course[:RECENT_ENTRIES]

    @property
    def older(self) -> list[tuple[Signal | None, Entry]]:
        return self.course[RECENT_ENTRIES:]

    @cached_property
    def course(self) -> list[tuple[Signal | None, Entry]]:
        """What happened to the dossier and on its signals, latest first."""
        own: list[tuple[Signal | None, Entry]] = [(None, each) for each in of_dossier(self.dossier, self.viewer)]
        both = sorted([*own, *self._courses[0]], key=lambda pair: pair[1].at, reverse=True)
        return both[:MOST_ENTRIES]

    @property
    def map(self) -> CloseUp | None:
        spots = [
            (signal.longitude, signal.latitude, signal.is_open)
            for signal in self.signals
            if signal.longitude is not None and signal.latitude is not None and signal.area_id == self.dossier.area_id
        ]
        return close_up(self.dossier.area, spots) if spots else None

    @property
    def charts(self) -> list[BarChart]:
        """What it is about and when it was reported: the picture of a hotspot."""
        if not self.signals:
            return []
        subjects = Counter(signal.category.name for signal in self.signals)
        hours = Counter(timezone.localtime(signal.reported_at).hour for signal in self.signals)
        parts = [(name, sum(hours[hour] for hour in part)) for name, part in PARTS_OF_DAY]
        return [
            _chart(_("By subject"), _("Signals of this dossier by subject"), subjects.most_common(8)),
            _chart(_("By part of the day"), _("Signals of this dossier by the hour they were reported"), parts),
        ]

    def proposed(self) -> list[Signal]:
        """Other signals around those in it, no more secret than it, latest first."""
        around = Q(pk__in=[])
        for signal in self.signals[:10]:
            if signal.longitude is not None and signal.latitude is not None:
                around |= box_around(signal.longitude, signal.latitude, AROUND_METRES)
        found = Signal.objects.readable(self.viewer).filter(around, level__lte=self.dossier.level)
        found = found.filter(reported_at__gt=timezone.now() - LATELY).exclude(dossier_entries__dossier=self.dossier)
        return list(found.select_related("category").order_by("-reported_at")[:MOST_PROPOSED])


def _chart(title: Any, description: Any, figures: list[tuple[Any, int]]) -> BarChart:
    bars = [Bar(name, [number]) for name, number in figures]
    return BarChart(title=title, description=description, series=[_("Signals")], bars=bars, label_heading=title)
