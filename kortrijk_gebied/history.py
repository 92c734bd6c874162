"""What became of a row, as sentences: which field went from what to what, by whom and when.

Reads the history tables of pghistory. Some keep a row as it was before each change, others as it became
(docs/decisions/010): from both the same steps are made. Whoever calls this has decided that the viewer may read
the rows; `hidden` keeps single fields out.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pghistory
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

LONG = 60  # from this many characters a value stands on lines of its own


def history() -> tuple[pghistory.RowEvent, ...]:
    """What a row was before each change: with the row itself that is complete, and adding a row costs
    nothing, which is what an import of a year does 100,000 times."""
    return (
        pghistory.UpdateEvent(condition=pghistory.AnyChange(), row=pghistory.Old),
        pghistory.DeleteEvent(),
    )


@dataclass(frozen=True)
class Difference:
    """One field that changed, in words. An empty value is an empty string."""

    name: str
    old: str
    new: str

    @property
    def is_long(self) -> bool:
        return max(len(self.old), len(self.new)) > LONG


@dataclass(frozen=True)
class Step:
    """One change of one row. `who` is empty when the program did it by itself."""

    at: dt.datetime
    row: str
    who: str
    is_first: bool = False
    differences: list[Difference] = field(default_factory=list)


@dataclass(frozen=True)
class _Raw:
    row: models.Model
    event: Any
    old: Any  # None when the row was made
    new: Any


type Shows = Callable[[Any, Any], bool]


def steps_of(
    rows: Iterable[models.Model], *, hidden: Collection[str] = (), shows: Shows = lambda _row, _state: True
) -> list[Step]:
    """The steps of all rows together, latest first; a handful of queries per kind of row, whatever their number.

    `shows` says of a row, and what it was once, whether the viewer may read that too."""
    by_model: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    raw = [step for model, some in by_model.items() for step in _raw_steps(model, some)]
    raw = [step for step in raw if all(shows(step.row, state) for state in (step.old, step.new) if state is not None)]
    names, people = _names_of_related(raw, hidden), _people(raw)
    steps = [_step(step, names, people, hidden) for step in raw]
    shown = (step for step in steps if step.is_first or step.differences)
    return sorted(shown, key=lambda step: step.at, reverse=True)


def _raw_steps(model: type[models.Model], rows: Sequence[models.Model]) -> Iterator[_Raw]:
    kept = {field.name: field for field in model._meta.related_objects}.get("changes")
    if kept is None:  # of this kind no history is kept
        return
    changes: Any = kept.related_model
    found: dict[Any, list[Any]] = defaultdict(list)
    events = changes.objects.filter(pgh_obj_id__in=[row.pk for row in rows]).select_related("pgh_context")
    for event in events.order_by("pgh_id"):
        found[event.pgh_obj_id].append(event)
    keeps_old = any(tracker.label == "update" and tracker.row == pghistory.Old for tracker in changes.pgh_trackers)
    for row in rows:
        mine = [event for event in found[row.pk] if event.pgh_label != "delete"]
        if keeps_old:
            yield from (_Raw(row, old, old, new) for old, new in pairwise([*mine, row]))
        elif mine:
            yield _Raw(row, mine[0], None, mine[0])
            yield from (_Raw(row, new, old, new) for old, new in pairwise(mine))


def _step(raw: _Raw, names: dict[tuple[Any, Any], str], people: dict[str, str], hidden: Collection[str]) -> Step:
    differences = [
        Difference(_label(column), _words(column, raw.old, names), _words(column, raw.new, names))
        for column in _changed(raw, hidden)
    ]
    who = people.get(str(_user_of(raw)), "")
    row = f"{capfirst(str(raw.row._meta.verbose_name))} {_title(raw.row)}".strip()
    return Step(raw.event.pgh_created_at, row, who, raw.old is None, differences)


def _title(row: models.Model) -> str:
    return "" if isinstance(row.pk, uuid.UUID) and str(row) == str(row.pk) else f"“{row}”"


def _changed(raw: _Raw, hidden: Collection[str]) -> list[Any]:
    if raw.old is None:
        return []
    return [
        column
        for column in raw.row._meta.concrete_fields
        if column.name not in hidden
        and not column.primary_key
        and isinstance(column.verbose_name, Promise)  # what we named for people; the rest follows from it
        and hasattr(raw.event, column.attname)  # some columns are kept out of the history
        and getattr(raw.old, column.attname) != getattr(raw.new, column.attname)
    ]


def _label(column: Any) -> str:
    return str(capfirst(str(column.verbose_name)))


def _words(column: Any, state: Any, names: dict[tuple[Any, Any], str]) -> str:
    value = getattr(state, column.attname)
    if value is None or value == "":
        return ""
    if column.remote_field:
        return names.get((column.remote_field.model, value), _("something that is gone"))
    if isinstance(value, list):
        known = dict(getattr(column.base_field, "flatchoices", ()))
        return ", ".join(_plain(known.get(each, each)) for each in value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value)
        return f"{date_format(local)}, {time_format(local.time())}"
    if isinstance(value, dt.date):
        return date_format(value)
    if isinstance(value, dt.time):
        return time_format(value)
    return str(value)


def _names_of_related(raw: list[_Raw], hidden: Collection[str]) -> dict[tuple[Any, Any], str]:
    """What rows that are pointed at are called, in one query per kind."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for step in raw:
        for column in _changed(step, hidden):
            if column.remote_field:
                pointed_at = {getattr(step.old, column.attname), getattr(step.new, column.attname)}
                wanted[column.remote_field.model] |= pointed_at
    return {
        (model, pk): str(row)
        for model, pks in wanted.items()
        for pk, row in model._base_manager.in_bulk([pk for pk in pks if pk is not None]).items()
    }


def _user_of(raw: _Raw) -> Any:
    context = raw.event.pgh_context
    return context.metadata.get("user") if context else None


def _people(raw: list[_Raw]) -> dict[str, str]:
    users = {user for step in raw if (user := _user_of(step))}
    found: Any = get_user_model()._default_manager
    return {str(person.pk): str(person) for person in found.filter(pk__in=users)}
