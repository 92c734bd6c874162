"""The piece of text in which the words were found, for a line of the list. Only of what its viewer may read."""

import uuid
from collections.abc import Collection

from django.contrib.postgres.search import SearchHeadline
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from signals.models import Note, Report, Signal
from signals.search import Found, Prepared
from teams.access import Access

# Marks that survive escaping; whoever typed them gets an empty emphasis, nothing worse.
START, STOP = "⟦", "⟧"
LONGEST = 160  # characters of what was told, where no words were found

type Snippets = dict[uuid.UUID, SafeString]


def headline(field: str, query: str) -> SearchHeadline:
    return SearchHeadline(
        field, Prepared(query), config="gebied", start_sel=START, stop_sel=STOP, max_words=22, min_words=10
    )


def marked(text: str) -> SafeString:
    """The only HTML in it is our own: everything else is escaped first."""
    return mark_safe(escape(text).replace(START, "<mark>").replace(STOP, "</mark>"))  # noqa: S308


def snippets_of(found: Found, signals: Collection[Signal], viewer: Access) -> tuple[Snippets, list[Note]]:
    """By key of the signal, in three queries whatever their number; and the notes shown, for the read log."""
    keys = [signal.pk for signal in signals]
    shown: Snippets = {}
    if found.query and keys:
        own = Signal.objects.filter(pk__in=keys).values_list(
            "pk", headline("description", found.query), headline("outcome", found.query)
        )
        for key, told, ended in own:
            if best := next((text for text in (told, ended) if START in text), ""):
                shown[key] = marked(best)
        later = Report.objects.filter(signal__in=set(keys) - set(shown)).order_by("received_at")
        for key, text in later.values_list("signal_id", headline("description", found.query)):
            if START in text:
                shown[key] = marked(text)
    notes = _notes(found.query, set(keys) - set(shown), viewer)
    for note, text in notes:
        shown[note.signal_id] = mark_safe(f"{escape(_('In a note:'))} {marked(text)}")  # noqa: S308
    for key in found.by_reporter.intersection(keys) - set(shown):
        shown[key] = SafeString(escape(_("Who reported it matches.")))
    for signal in signals:
        if signal.pk in found.by_place and signal.pk not in shown:
            words = {"place": found.place, "told": signal.description[:LONGEST]}
            shown[signal.pk] = SafeString(escape(_("Lies at %(place)s or beside it: %(told)s") % words))
    return shown, [note for note, _text in notes]


def _notes(query: str, wanted: Collection[uuid.UUID], viewer: Access) -> list[tuple[Note, str]]:
    """The latest note of each signal that holds the words, of those the viewer may read."""
    if not query or not wanted:
        return []
    notes = Note.objects.readable(viewer).filter(signal__in=wanted).order_by("at")
    latest: dict[uuid.UUID, tuple[Note, str]] = {}
    for note in notes.annotate(_headline=headline("text", query)):
        text = str(getattr(note, "_headline", ""))
        if START in text:
            latest[note.signal_id] = (note, text)
    return list(latest.values())
