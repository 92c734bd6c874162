"""How many each choice of a filter would leave, the other filters as they are. Counted when somebody opens them."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.http import QueryDict

from signals.forms.inbox import FilterForm
from signals.inbox import Inbox, tab_conditions, tab_of, with_mine
from signals.levels import Level
from signals.models import Category, Report, SavedFilter, Signal
from signals.visibility import SignalQuerySet, may_read
from teams.access import Access

type Counts = dict[Any, int]

# What every listed row shows. By anything else only what may be read is counted: a number would tell of the rest.
SHOWN = ("area_id", "owner__code")


def facets_of(box: Inbox, categories: Sequence[Category]) -> dict[str, Counts]:
    """By name of the field in the form and value of the choice. What has ended piles up and is not counted."""
    if box.filters.ended and box.found is None:
        return {}
    levels = _by(_looser(box, secret=False), "level")
    return {
        "gebied": _by(_looser(box, area=None), "area_id"),
        "organisatie": _by(_looser(box, owner_id=None), "owner__code"),
        "onderwerp": _by_subject(_looser(box, category_ids=()), categories),
        "status": _by(_looser(box, status=""), "status") if not box.filters.ended else {},
        "kanaal": _by_channel(_looser(box, channel="")),
        "geheim": {"": sum(count for level, count in levels.items() if level != Level.OPEN)},
    }


def _looser(box: Inbox, **without: Any) -> Inbox:
    """The same tab as if one filter were not there."""
    return Inbox(box.viewer, box.tab, dataclasses.replace(box.filters, **without))


def _rows(box: Inbox, column: str) -> SignalQuerySet:
    rows = box.in_tab().order_by()
    return rows if column in SHOWN else rows.readable(box.viewer)


def _by(box: Inbox, column: str) -> Counts:
    return dict(_rows(box, column).values_list(column).annotate(Count("pk")))


def _by_subject(box: Inbox, categories: Sequence[Category]) -> Counts:
    """A group holds what its subjects hold."""
    counts = _by(box, "category_id")
    below: dict[int, int] = {}
    for row in categories:
        if row.parent_id:
            below[row.parent_id] = below.get(row.parent_id, 0) + counts.get(row.pk, 0)
    return {row.code: counts.get(row.pk, 0) + below.get(row.pk, 0) for row in categories}


def _by_channel(box: Inbox) -> Counts:
    reports = Report.objects.filter(signal__in=_rows(box, "channel").values("pk")).order_by()
    return dict(reports.values_list("channel").annotate(Count("signal", distinct=True)))


def counts_of(kept: Sequence[SavedFilter], viewer: Access, like: FilterForm) -> dict[Any, int]:
    """How many each saved filter holds now, in one query. Those that look for words are counted when opened."""
    wanted: dict[str, Count] = {}
    conditions = tab_conditions(viewer)
    for number, saved in enumerate(kept):
        data = QueryDict(saved.query)
        filters = FilterForm(data, viewer=viewer, like=like).filters()
        if filters.words or filters.ended:
            continue
        within = conditions[tab_of(data, viewer)] & filters.outside()
        if content := filters.content(viewer):
            within &= may_read(viewer) & content
        wanted[f"n{number}"] = Count("pk", filter=within) if within else Count("pk")
    if not wanted:
        return {}
    found = with_mine(Signal.objects.listed(viewer).open(), viewer).tally(**wanted)
    return {saved.pk: found[f"n{number}"] for number, saved in enumerate(kept) if f"n{number}" in found}
