"""The list of the inbox as a file: the rows of the screen that may be read, and nothing of the others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import batched

from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.sheets import MOST_ROWS, Cell, broken_off, csv_parts, xlsx_parts
from signals.inbox import Inbox
from signals.levels import Level
from signals.models import Export, ExportForm, Reporter, Signal
from signals.reading import looked_at
from signals.rows import tasks_by_signal
from signals.visibility import SignalQuerySet
from teams.access import Access, may_still
from teams.models import User

AT_ONCE = 500
CONTENT_TYPES = {
    ExportForm.CSV: "text/csv; charset=utf-8",
    ExportForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass
class Exporting:
    """One list on its way out. `export` is its row in the book of what left, and keeps count while it goes."""

    box: Inbox
    user: User
    export: Export
    _is_broken_off: bool = field(default=False, init=False)

    @property
    def viewer(self) -> Access:
        return self.box.viewer

    def parts(self) -> Iterator[bytes]:
        """A file may take minutes: every batch is decided by the rights of that moment. Once there are less of them, it
        ends with a sentence that says so, and is on record as broken off."""
        rows = self._rows()
        if self.export.form == ExportForm.CSV:
            yield from csv_parts(self._heading(), rows)
        else:
            yield from xlsx_parts(self._heading(), rows, title=_("Signals"))
        if not self._is_broken_off:
            self.export.finished_at = timezone.now()
            self.export.save(update_fields=["finished_at"])

    def _rows(self) -> Iterator[list[Cell]]:
        signals = readable_rows(self.box)[:MOST_ROWS].iterator(chunk_size=AT_ONCE)
        for batch in batched(signals, AT_ONCE, strict=False):
            if not may_still(self.viewer):
                self._is_broken_off = True
                yield [broken_off()]
                return
            some = self._still_readable(batch)
            looked_at(some, by=self.user, surface="export")
            self.export.rows += len(some)
            self.export.secret_rows += sum(signal.level > Level.OPEN for signal in some)
            self.export.save(update_fields=["rows", "secret_rows"])
            teams, reporters = self._teams(some), self._reporters(some)
            for signal in some:
                cells = cells_of(signal, teams.get(signal.pk, ""))
                yield [*cells, *reporters.get(signal.pk, NO_REPORTER)] if self.export.with_reporters else cells

    def _still_readable(self, signals: Iterable[Signal]) -> list[Signal]:
        """Those that may be read at this moment: some became more secret while the list was on its way."""
        found = {signal.pk: signal for signal in signals}
        levels = dict(Signal.objects.readable(self.viewer).filter(pk__in=found).values_list("pk", "level"))
        for pk, level in levels.items():
            found[pk].level = level
        return [signal for pk, signal in found.items() if pk in levels]

    def _teams(self, signals: list[Signal]) -> dict[object, str]:
        tasks = tasks_by_signal(signals, self.viewer)
        return {pk: ", ".join(sorted({task.team.name for task in found})) for pk, found in tasks.items()}

    def _reporters(self, signals: list[Signal]) -> dict[object, tuple[str, str, str]]:
        """Names, addresses and numbers of each signal, several after each other; of whose they are not, nothing."""
        if not self.export.with_reporters:
            return {}
        found: dict[object, list[Reporter]] = {}
        mine = Reporter.objects.readable(self.viewer).filter(report__signal__in=[signal.pk for signal in signals])
        for reporter in mine.select_related("report").order_by("report__received_at"):
            found.setdefault(reporter.report.signal_id, []).append(reporter)
        return {
            pk: (joined(r.name for r in some), joined(r.email for r in some), joined(r.phone for r in some))
            for pk, some in found.items()
        }

    def _heading(self) -> list[str]:
        return [*heading(), *reporter_heading()] if self.export.with_reporters else heading()


NO_REPORTER = ("", "", "")


def readable_rows(box: Inbox) -> SignalQuerySet:
    """What of a list can leave: rows with all their words. Of the others not even the number of them."""
    # The border of an area is larger than the rest of the row, and no cell.
    return box.in_order().readable(box.viewer).defer("area__boundary")


def heading() -> list[str]:
    return [
        _("Number"), _("Subject"), _("Place"), _("Area"), _("Status"), _("Secrecy"), _("Owner"), _("Teams at work"),
        _("Reported"), _("Last reported"), _("Due"), _("Closed"), _("Reports"), _("Description"), _("Outcome"),
        _("Latitude"), _("Longitude"),
    ]  # fmt: skip


def reporter_heading() -> list[str]:
    return [_("Reporters"), _("E-mail addresses of reporters"), _("Phone numbers of reporters")]


def cells_of(signal: Signal, teams: str) -> list[Cell]:
    return [
        signal.reference,
        signal.category.name,
        signal.place,
        signal.area.name if signal.area else "",
        str(signal.get_status_display()),
        str(signal.get_level_display()),
        signal.owner.name,
        teams,
        signal.reported_at,
        signal.last_reported_at,
        signal.due_at,
        signal.closed_at,
        signal.report_count,
        signal.description,
        signal.outcome,
        signal.latitude,
        signal.longitude,
    ]


def joined(words: Iterator[str]) -> str:
    return "; ".join(word for word in words if word)
