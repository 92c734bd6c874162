"""What colleagues left for who comes after: handed on at a desk, or at the end of a round on the tablet.

Two places hold such words (docs/decisions/053); this is where they become one list.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from areas.models import Area
from areas.within import zones_over
from signals.models import PatrolRound
from teams.access import Access
from teams.models import ShiftNote
from teams.models.briefing import NOTES_FOR


@dataclass(frozen=True)
class Left:
    who: str
    zone: str
    text: str
    at: dt.datetime


def left_for(viewer: Access, most: int, areas: Collection[Area] = ()) -> list[Left]:
    """The latest first; in these areas, or anywhere. What was left elsewhere pushes nothing out of the list."""
    rounds = PatrolRound.objects.readable(viewer).filter(ended_at__gte=timezone.now() - NOTES_FOR).exclude(note="")
    notes = ShiftNote.objects.readable(viewer).recent()
    if areas:
        # What was left after a round without a zone is for everywhere.
        rounds = rounds.filter(Q(zone__in=areas) | Q(zone__in=zones_over(areas)) | Q(zone=None))
        notes = notes.filter(area__in=areas)
    ended = rounds.select_related("by", "zone").defer("zone__boundary").order_by("-ended_at", "-pk")[:most]
    given = notes.select_related("by", "area").defer("area__boundary").order_by("-at", "-pk")[:most]
    found = [
        *(
            Left(row.by.name, row.zone.name if row.zone else "", row.note, row.ended_at)
            for row in ended
            if row.ended_at
        ),
        *(Left(note.by.name, note.area.name, note.text, note.at) for note in given),
    ]
    return sorted(found, key=lambda left: left.at, reverse=True)[:most]
