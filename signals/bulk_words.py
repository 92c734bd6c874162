"""How an act on many signals went, in words and row by row."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from signals.bulk import not_for_you
from signals.models import Act, Bulk, BulkRow, BulkState, Signal
from signals.reading import looked_at
from teams.access import Access
from teams.models import User

DONE: dict[str, Promise] = {
    Act.OFFER: ngettext_lazy("%(count)s task offered.", "%(count)s tasks offered.", "count"),
    Act.CLOSE: ngettext_lazy("%(count)s signal finished.", "%(count)s signals finished.", "count"),
    Act.TAG: ngettext_lazy("%(count)s signal tagged.", "%(count)s signals tagged.", "count"),
    Act.UNTAG: ngettext_lazy("Tag taken off %(count)s signal.", "Tag taken off %(count)s signals.", "count"),
}


@dataclass
class Result:
    bulk: Bulk

    @cached_property
    def counts(self) -> dict[str, int]:
        return self.bulk.outcome

    @property
    def failed(self) -> int:
        return self.counts["refused"] + self.counts["kept"]

    @property
    def handled(self) -> int:
        """Of the rows, how many a worker is through with."""
        done = "undone" if self.bulk.state == BulkState.UNDOING else "done"
        return self.counts[done] + self.failed

    @property
    def words(self) -> str:
        if self.bulk.state == BulkState.UNDONE:
            said = ngettext("Undone for %(count)s signal.", "Undone for %(count)s signals.", self.counts["undone"])
            said %= {"count": self.counts["undone"]}
        else:
            said = str(DONE[self.bulk.act] % {"count": self.counts["done"]})
        if self.failed:
            said += " " + _("%(count)s refused.") % {"count": self.failed}
        return said


@dataclass(frozen=True)
class Line:
    """One row of the result: as it was chosen by its number; with a title only for who reads it now."""

    reference: str
    title: str
    url: str
    words: str


def lines_of(rows: list[BulkRow], viewer: Access, *, by: User) -> list[Line]:
    keys = [row.signal_id for row in rows]
    readable = {
        signal.pk: signal
        for signal in Signal.objects.readable(viewer).filter(pk__in=keys).select_related("category", "owner")
    }
    looked_at(readable.values(), by=by, surface="bulk")
    return [_line(row, readable.get(row.signal_id)) for row in rows]


def _line(row: BulkRow, signal: Signal | None) -> Line:
    """What became secret since keeps the number it was chosen by, and says no more than that."""
    if signal is None:
        return Line(row.signal.reference, _("Not for you (any more)"), "", not_for_you())
    return Line(signal.reference, signal.title, reverse("signals:signal", args=[signal.reference]), row.words)
