"""The course of a signal as a reader sees it: what people did, and the notes, latest first."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from signals.levels import Level
from signals.models import EventKind, Note, Signal, SignalEvent
from teams.access import Access

# What the reader did is said to the reader. Kinds that are not here keep the sentence everybody reads.
YOU_DID: dict[str, str | Promise] = {
    EventKind.OFFERED: _("You offered “%(title)s” to %(team)s."),
    EventKind.ACCEPTED: _("You accepted “%(title)s” for %(team)s."),
    EventKind.RETURNED: _("You returned “%(title)s”: %(outcome)s"),
    EventKind.COMPLETED: _("You reported “%(title)s” done: %(outcome)s"),
    EventKind.WITHDRAWN: _("You withdrew “%(title)s” from %(team)s."),
    EventKind.LIFTED: _("You lifted this to the area inbox."),
    EventKind.LEVEL_RAISED: _("You made this more secret."),
    EventKind.SHARED: _("You shared a sentence with %(team)s."),
    EventKind.SHARE_ENDED: _("You ended the sharing with %(team)s."),
    EventKind.CLOSED: _("You closed this: %(outcome)s"),
    EventKind.CANCELLED: _("You cancelled this: %(reason)s"),
    EventKind.REOPENED: _("You reopened this: %(reason)s"),
}


@dataclass(frozen=True)
class Entry:
    at: dt.datetime
    words: str
    by: str
    is_you: bool
    is_note: bool = False
    level: int = Level.OPEN
    for_whom: str = ""  # of a note that not every reader of the signal may read

    @property
    def when(self) -> str:
        """The hour; before today with its day: “9.32” or “18 nov., 9.32”."""
        at = timezone.localtime(self.at)
        hour = time_format(at.time(), "G.i")
        return hour if at.date() == timezone.localdate() else f"{date_format(at, 'j b')}, {hour}"


def course_of(signal: Signal, viewer: Access) -> tuple[list[Entry], list[Note]]:
    """The entries, and the notes among them for the read log."""
    events = SignalEvent.objects.readable(viewer).filter(signal=signal).select_related("by")
    notes = list(Note.objects.readable(viewer).filter(signal=signal).select_related("by", "organisation", "team"))
    entries = [_of_event(event, viewer) for event in events] + [_of_note(note, viewer) for note in notes]
    return sorted(entries, key=lambda entry: entry.at, reverse=True), notes


def _of_event(event: SignalEvent, viewer: Access) -> Entry:
    you = event.by_id is not None and event.by_id == viewer.user_id
    sentence = YOU_DID.get(event.kind) if you and "why" not in event.data else None
    words = str(sentence) % event.data if sentence else event.sentence
    return Entry(event.at, words, "" if you or event.by is None else event.by.name, you, level=event.level)


def _of_note(note: Note, viewer: Access) -> Entry:
    for_whom = ""
    if note.level > Level.OPEN:
        for_whom = str(note.team or note.organisation) if note.level == Level.SEALED else str(note.organisation)
    return Entry(note.at, note.text, note.by.name, note.by_id == viewer.user_id, True, note.level, for_whom)
