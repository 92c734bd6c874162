"""From rows to signals, batch by batch: each batch is one transaction, and a second time it changes nothing.

A row joins a signal when it is about the same subject, lies within 50 m, was received while the signal was
open and within 14 days of its last report (`signals.vicinity`). Questions, complaints and what is not open to
all never join by themselves: under one roof live two families, each with a trouble of its own. A signal is over
when the last of its reports is. Nobody gets a mail or feedback: that was told, or not, when it happened.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kortrijk_gebied.bulk import copy_in
from kortrijk_gebied.refused_rows import Refusal
from kortrijk_gebied.tables import Line
from signals.contacts import Contact, Draft, draft, fresh_references, report_of, write
from signals.importing.ends import update_joined
from signals.importing.mapping import KINDS
from signals.importing.neighbourhood import Matter, Neighbourhood
from signals.importing.placing import Placer
from signals.importing.rows import Rejected, Row, RowReader
from signals.levels import Level
from signals.models import EventKind, Report, ReportKind, Signal, SignalEvent
from signals.routing import Router
from signals.vicinity import REPEATED_TIMES

BATCH = 2000


@dataclass
class Counts:
    imported: int = 0
    already_known: int = 0
    rejected: int = 0

    def __str__(self) -> str:
        return f"imported {self.imported}, already known {self.already_known}, rejected {self.rejected}"

    @property
    def rows(self) -> int:
        return self.imported + self.already_known + self.rejected


@dataclass
class Importer:
    """`refused` hears of each row that cannot be taken; `advanced` of each batch, in its transaction."""

    refused: Callable[[Refusal], None] = lambda refusal: None
    advanced: Callable[[Counts], None] = lambda counts: None
    dry_run: bool = False
    counts: Counts = field(default_factory=Counts)

    def __post_init__(self) -> None:
        self.router = Router()
        self.placer = Placer()

    def run(self, reader: RowReader, lines: Iterable[Line]) -> Counts:
        for batch in batched(lines, BATCH, strict=False):
            self.take(list(self._readable(reader, batch)), dict(batch))
        return self.counts

    def take(self, rows: Sequence[Row], cells: dict[int, list[str]] | None = None) -> None:
        """One batch. Rows outside the city are refused, known ones counted, the others written."""
        outside = {row.line: reason for row, reason in self.placer.place(rows)}
        for line, reason in outside.items():
            self._refuse(line, (cells or {}).get(line, []), reason)
        inside = [row for row in rows if row.line not in outside]
        with transaction.atomic():
            self._lock()
            known = set(
                Report.objects.filter(external_number__in=[row.number for row in inside]).values_list(
                    "external_number", flat=True
                )
            )
            fresh = [row for row in inside if row.number not in known]
            if fresh and not self.dry_run:
                Batch(fresh, self.router).write()
            self.counts.already_known += len(known)
            self.counts.imported += len(fresh)
            self.advanced(self.counts)

    def _readable(self, reader: RowReader, lines: Iterable[Line]) -> Iterator[Row]:
        for line, cells in lines:
            try:
                yield reader.read(line, cells)
            except Rejected as reason:
                self._refuse(line, cells, str(reason))

    def _refuse(self, line: int, cells: list[str], reason: str) -> None:
        self.counts.rejected += 1
        self.refused(Refusal(line, cells, reason))

    @staticmethod
    def _lock() -> None:
        """One batch at a time in the whole city: two imports of one file then see each other's rows."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import reports'))")
            # No trigger is ignored. Unset, every trigger call raises and catches an error inside PostgreSQL
            # to find that out, which among thousands of pending foreign keys takes ten times as long as the rest.
            cursor.execute("SET LOCAL pgtrigger.ignore = '{}'")


class Batch:
    """Rows that are new, in order of time, becoming or joining signals."""

    def __init__(self, rows: Sequence[Row], router: Router) -> None:
        self.rows = sorted(rows, key=lambda row: (row.received_at, row.line))
        self.router = router
        self.references = iter(fresh_references(len(rows)))
        self.near = Neighbourhood(self.rows)
        self.drafts: list[Draft] = []
        self.ends: list[tuple[Draft, Matter, str]] = []
        self.reports: list[Report] = []  # that join what is in the database already
        self.events: list[SignalEvent] = []
        self.touched: dict[object, Matter] = {}

    def write(self) -> None:
        for row in self.rows:
            matter = self.near.matter_for(row) if joins(row) else None
            contact = contact_of(row)
            if matter is None:
                matter = self._begin(row, contact)
            else:
                self._join(row, contact, matter)
            if row.longitude is not None and row.latitude is not None:
                self.near.add_report(row.category.pk, row.longitude, row.latitude, row.received_at)
                self._notice_repetition(row, matter)
        for made, matter, outcome in self.ends:
            if matter.closed_at is not None:
                made.end(matter.closed_at, outcome)
        write(self.drafts, create=copy_in)
        copy_in(Report, self.reports)
        copy_in(SignalEvent, self.events)
        update_joined(self.touched.values())

    def _begin(self, row: Row, contact: Contact) -> Matter:
        made = draft(contact, self.router, next(self.references))
        self.drafts.append(made)
        signal = made.signal
        matter = Matter(
            signal_id=signal.pk, level=signal.level, longitude=row.longitude or 0, latitude=row.latitude or 0,
            reported_at=row.received_at, last_reported_at=row.received_at, closed_at=row.ended_at, surfaced_at=None,
            draft=made,
        )  # fmt: skip
        if not row.answered:
            self.ends.append((made, matter, _outcome(row)))
            if row.longitude is not None and joins(row):
                self.near.add_matter(row.category.pk, matter)
        return matter

    def _join(self, row: Row, contact: Contact, matter: Matter) -> None:
        matter.last_reported_at = max(matter.last_reported_at, row.received_at)
        matter.joined += 1
        if not row.answered and matter.closed_at is not None and not matter.handled_here:
            later = max(matter.closed_at, row.ended_at) if row.ended_at else None
            matter.moved |= later != matter.closed_at
            matter.closed_at = later
        if matter.draft is not None:
            signal = matter.draft.signal
            signal.report_count += 1
            signal.last_reported_at = matter.last_reported_at
            matter.draft.reports.append(report_of(contact, signal))
            matter.draft.note(EventKind.JOINED, row.received_at, None, channel=row.channel)
        else:
            self.touched[matter.signal_id] = matter
            self.reports.append(report_of(contact, Signal(pk=matter.signal_id)))
            self._note(matter, EventKind.JOINED, row, channel=row.channel)

    def _notice_repetition(self, row: Row, matter: Matter) -> None:
        """As `intake` does for one report: the third around a spot in a month lifts its signal."""
        if matter.surfaced_at or (row.answered and not matter.joined):  # answered on its own: it is over
            return
        count = self.near.times_reported(row)
        if count < REPEATED_TIMES:
            return
        matter.surfaced_at = row.received_at
        if matter.draft is not None:
            matter.draft.signal.surface("repeated", row.received_at)
            matter.draft.note(EventKind.REPEATED, row.received_at, None, count=count)
        else:
            self.touched[matter.signal_id] = matter
            self._note(matter, EventKind.REPEATED, row, count=count)

    def _note(self, matter: Matter, kind: str, row: Row, **data: object) -> None:
        self.events.append(
            SignalEvent(signal_id=matter.signal_id, kind=kind, at=row.received_at, data=data, level=matter.level)
        )


def joins(row: Row) -> bool:
    return row.category.level == Level.OPEN and row.category.code not in KINDS


def contact_of(row: Row) -> Contact:
    return Contact(
        category=row.category,
        kind=KINDS.get(row.category.code, ReportKind.REPORT),
        description=row.description,
        channel=row.channel,
        place=row.place or row.locality,
        longitude=row.longitude,
        latitude=row.latitude,
        received_at=row.received_at,
        external_number=row.number,
        answer=_("Answered at once by the report desk.") if row.answered else "",
        due_at=row.due_at,
        location=row.location,
    )


def _outcome(row: Row) -> str:
    if row.service:
        return _("Handled by %(service)s.") % {"service": row.service}
    return _("Handled.")
