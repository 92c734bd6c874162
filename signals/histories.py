"""The history of what hangs on a signal or a dossier and comes and goes: handovers, joinings, tags, entries.

Every step names only what the viewer may read today: of a joining the other signal's reference, of a dossier its
entries. The caller has decided that the viewer may read the signal, or the dossier, itself.
"""

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from kortrijk_gebied.history import Step, steps_of
from signals.levels import Level
from signals.models import Handover, Joining, Signal
from signals.models.dossiers import Dossier, DossierEntry
from signals.models.status_links import StatusLink
from signals.models.tags import SignalTag, Tag
from teams.access import Access
from teams.models import User


def steps_on_signal(signal: Signal, viewer: Access) -> list[Step]:
    return [*_handovers(signal, viewer), *_joinings(signal, viewer), *_tags(signal, viewer), *_answers(signal)]


def steps_of_dossier(dossier: Dossier, viewer: Access) -> tuple[list[Step], list[Signal]]:
    """The steps, latest first, and the signals named in them, for the read log."""
    removed: Any = apps.get_model("signals", "DossierEntryChange").objects.filter(dossier_id=dossier.pk)
    removed = list(removed.filter(pgh_label="delete").select_related("pgh_context"))
    entries = list(DossierEntry.objects.filter(dossier=dossier).select_related("by"))
    asked = {entry.signal_id for entry in [*entries, *removed]}
    readable = Signal.objects.readable(viewer).filter(pk__in=asked).in_bulk()
    notes = list(dossier.notes.select_related("by"))
    people = _people([*(_user_of(event) for event in removed), *(event.by_id for event in removed)])
    steps = [Step(dossier.opened_at, _("Dossier begun."), dossier.opened_by.name), *steps_of([dossier, *notes])]
    steps += [Step(note.at, _("Note kept."), note.by.name) for note in notes]
    for entry in [*entries, *removed]:
        if signal := readable.get(entry.signal_id):
            who = entry.by.name if isinstance(entry, DossierEntry) else people.get(str(entry.by_id), "")
            steps.append(Step(entry.at, _("%(signal)s was put in it.") % {"signal": signal.reference}, who))
    for event in removed:
        if signal := readable.get(event.signal_id):
            said = _("%(signal)s was taken out of it.") % {"signal": signal.reference}
            steps.append(Step(event.pgh_created_at, said, people.get(_user_of(event), "")))
    return sorted(steps, key=lambda step: step.at, reverse=True), list(readable.values())


def _handovers(signal: Signal, viewer: Access) -> Iterator[Step]:
    rows = list(Handover.objects.with_words(viewer).filter(signal=signal).select_related("by", "team"))
    for row in rows:
        said = _("%(what)s to %(whom)s was asked.") % {"what": row.get_kind_display(), "whom": row.receiver}
        yield Step(row.at, said[:1].upper() + said[1:], row.by.name)
    yield from steps_of(rows)


def _joinings(signal: Signal, viewer: Access) -> Iterator[Step]:
    rows = list(Joining.objects.filter(Q(signal=signal) | Q(into=signal)).select_related("by", "undone_by"))
    others = {row.into_id if row.signal_id == signal.pk else row.signal_id for row in rows}
    readable = Signal.objects.readable(viewer).filter(pk__in=others).in_bulk() if others else {}
    for row in rows:
        goes_on = row.signal_id == signal.pk
        other = readable.get(row.into_id if goes_on else row.signal_id)
        name = {"other": other.reference if other else _("another signal")}
        yield Step(row.at, (_("Went on in %(other)s.") if goes_on else _("Took in %(other)s.")) % name, row.by.name)
        if row.undone_at:
            who = row.undone_by.name if row.undone_by else ""
            yield Step(row.undone_at, _("Joining with %(other)s undone.") % name, who)


def reaches(signal: Signal, viewer: Access, level: int) -> bool:
    """Whether what was written on it at this level is for who reads it today."""
    if level == Level.SEALED:
        return signal.team_id in viewer.sealed_team_ids
    return level == Level.OPEN or signal.owner_id == viewer.organisation_id


def _tags(signal: Signal, viewer: Access) -> Iterator[Step]:
    """Those that hang there, and those that were taken off."""
    changes: Any = apps.get_model("signals", "SignalTagChange")
    removed = list(changes.objects.filter(signal_id=signal.pk, pgh_label="delete").select_related("pgh_context"))
    removed = [event for event in removed if reaches(signal, viewer, event.level)]
    rows = list(SignalTag.objects.readable(viewer).filter(signal=signal))
    names = Tag.objects.in_bulk({row.tag_id for row in [*rows, *removed]})
    people = _people([*(row.by_id for row in [*rows, *removed]), *(_user_of(event) for event in removed)])
    for row in [*rows, *removed]:
        if tag := names.get(row.tag_id):
            yield Step(row.at, _("Tag “%(tag)s” added.") % {"tag": tag}, people.get(str(row.by_id), ""))
    for event in removed:
        if tag := names.get(event.tag_id):
            said = _("Tag “%(tag)s” taken off.") % {"tag": tag}
            yield Step(event.pgh_created_at, said, people.get(_user_of(event), ""))


def _answers(signal: Signal) -> Iterator[Step]:
    """How satisfied who reported it said to be: no word of theirs, nor the address of their page."""
    for step in steps_of(StatusLink.objects.filter(report__signal=signal)):
        yield step if step.who else dataclasses.replace(step, who=_("the reporter"))


def _user_of(event: Any) -> str:
    return str(event.pgh_context.metadata.get("user") or "") if event.pgh_context else ""


def _people(keys: Iterable[Any]) -> dict[str, str]:
    known = {str(key) for key in keys if key}
    return {str(person.pk): person.name for person in User.objects.filter(pk__in=known)} if known else {}
