"""The course of a signal as a reader sees it: what people did, and the notes, latest first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from signals.levels import Level
from signals.models import Dossier, EventKind, Note, Signal, SignalEvent
from signals.policy_course import Line, lines
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
    EventKind.READ: _("You read this for the first time."),
    EventKind.WAITS: _("You let this wait for %(waiting_for)s until %(until)s: %(reason)s"),
    EventKind.RESUMED: _("You let this wait no longer."),
    EventKind.ASKED: _("You asked %(receiver)s (%(handover)s): “%(text)s”"),
    EventKind.CONFIRMED: _("You noted that %(receiver)s confirmed. %(answer)s"),
    EventKind.DECLINED: _("You declined for %(receiver)s: %(answer)s"),
    EventKind.TAKEN_BACK: _("You took back what you asked %(receiver)s."),
    EventKind.RETRACTED: _("You took back that %(receiver)s confirmed. %(reason)s"),
    EventKind.HANDED_OVER: _("You took this over from %(giver)s for %(receiver)s."),
    EventKind.NEW_SUBJECT: _("You corrected the subject: “%(old)s” became “%(new)s”."),
    EventKind.NEW_PLACE: _("You corrected the place: “%(old)s” became “%(new)s”."),
}


# Of these nobody needs to know who is about to do something else.
ASIDE = {
    EventKind.REGISTERED, EventKind.TOLD, EventKind.REPEATED, EventKind.LIFTED, EventKind.READ, EventKind.REMINDED,
    EventKind.ESCALATED, EventKind.PHOTO_ADDED, EventKind.DOCUMENT_ADDED, EventKind.PHOTO_SMUDGED,
    EventKind.PHOTO_REMOVED, EventKind.DOCUMENT_REMOVED,
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    at: dt.datetime
    words: str
    by: str
    is_you: bool
    is_note: bool = False
    level: int = Level.OPEN
    matters: bool = True  # to somebody who is about to do something with the signal
    for_whom: str = ""  # of a note that not every reader of the signal may read

    @property
    def when(self) -> str:
        """The hour; before today with its day, and of another year with that: “9.32” or “18 nov., 9.32”."""
        at, today = timezone.localtime(self.at), timezone.localdate()
        hour = time_format(at.time(), "G.i")
        if at.date() == today:
            return hour
        return f"{date_format(at, 'j b' if at.year == today.year else 'j b Y')}, {hour}"


def course_of(signal: Signal, viewer: Access) -> tuple[list[Entry], list[Note]]:
    """The entries, and the notes among them for the read log."""
    courses, notes = courses_of([signal], viewer)
    return [entry for _signal, entry in courses], notes


def courses_of(signals: Iterable[Signal], viewer: Access) -> tuple[list[tuple[Signal, Entry]], list[Note]]:
    """Those of several signals together, latest first, in as many queries as for one."""
    known = {signal.pk: signal for signal in signals}
    events = SignalEvent.objects.readable(viewer).filter(signal__in=known).select_related("by")
    notes = list(Note.objects.readable(viewer).filter(signal__in=known).select_related("by", "organisation", "team"))
    entries = [(known[event.signal_id], _of_event(event, viewer)) for event in events]
    entries += [(known[note.signal_id], _of_note(note, viewer)) for note in notes]
    lifted = lines(Q(signal__in=known), viewer)
    entries += [(known[pk], _of_line(line, viewer)) for line in lifted if (pk := line.row.signal_id)]
    return sorted(entries, key=lambda pair: pair[1].at, reverse=True), notes


def of_dossier(dossier: Dossier, viewer: Access) -> list[Entry]:
    """What happened to the dossier itself: its notes, and what it led to."""
    notes = [
        Entry(note.at, note.text, note.by.name, note.by_id == viewer.user_id, True, dossier.level)
        for note in dossier.notes.select_related("by")
    ]
    return [*notes, *(_of_line(line, viewer) for line in lines(Q(dossier=dossier), viewer))]


def _of_line(line: Line, viewer: Access) -> Entry:
    you = line.by is not None and line.by.pk == viewer.user_id
    return Entry(line.at, line.words, "" if you or line.by is None else line.by.name, you, matters=False)


def _of_event(event: SignalEvent, viewer: Access) -> Entry:
    you = event.by_id is not None and event.by_id == viewer.user_id
    sentence = YOU_DID.get(event.kind) if you and "why" not in event.data else None
    words = str(sentence) % event.words if sentence else event.sentence
    by = "" if you or event.by is None else event.by.name
    return Entry(event.at, words, by, you, level=event.level, matters=event.kind not in ASIDE)


def _of_note(note: Note, viewer: Access) -> Entry:
    for_whom = ""
    if note.level > Level.OPEN:
        for_whom = str(note.team or note.organisation) if note.level == Level.SEALED else str(note.organisation)
    you = note.by_id == viewer.user_id
    return Entry(note.at, note.text, note.by.name, you, is_note=True, level=note.level, for_whom=for_whom)
