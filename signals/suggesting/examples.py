"""From what may be learned: open reports, and phrases that we wrote ourselves.

Never limited or sealed matter, nor what was so at any time, nor a subject that starts so. What people say of
troubles of persons is learned from invented phrases alone: they hold nobody's words.
"""

import csv
import math
import uuid
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet

from areas.typed import plain
from signals.levels import Level
from signals.models import Category, Report

PHRASES = Path(__file__).parents[1] / "fixtures/phrases.csv"
# The newest: what fits in the memory of a worker and is learned in some minutes.
MOST_REPORTS = 60_000
MOST_TEXTS = 20_000


@dataclass(frozen=True)
class Example:
    """`times` is in how many signals these words stand; `is_phrase` that we wrote them ourselves."""

    text: str
    subject: str
    times: int = 1
    is_phrase: bool = False

    @property
    def weight(self) -> float:
        """The hundredth time the same sentence says less than the first."""
        return 1.0 + math.log(self.times)


def examples() -> list[Example]:
    return [*phrases(), *reported()]


def open_reports() -> QuerySet[Report]:
    change = apps.get_model("signals", "SignalChange")
    was_secret = Exists(change.objects.filter(pgh_obj=OuterRef("signal"), level__gt=Level.OPEN))
    return Report.objects.filter(
        signal__level=Level.OPEN, signal__category__level=Level.OPEN, category__level=Level.OPEN
    ).exclude(was_secret)


def reported() -> list[Example]:
    """The subject is what it is now: somebody may have put it right since."""
    rows = open_reports().filter(signal__category__in=Category.objects.choosable()).order_by("-received_at", "-pk")
    signals: dict[tuple[str, str], set[uuid.UUID]] = defaultdict(set)
    told = rows.values_list("description", "signal__category__code", "signal")[:MOST_REPORTS]
    for text, subject, signal in told.iterator(2_000):
        signals[plain(text), subject].add(signal)
    kept = sorted(signals, key=lambda key: (-len(signals[key]), key))[:MOST_TEXTS]
    return [Example(text, subject, len(signals[text, subject])) for text, subject in kept]


def phrases() -> list[Example]:
    """Invented by us, for the subjects that this city has."""
    known = set(Category.objects.choosable().values_list("code", flat=True))
    with PHRASES.open(encoding="utf-8", newline="") as file:
        rows = [(row["onderwerp"], row["zin"]) for row in csv.DictReader(file, delimiter=";")]
    return [Example(text, subject, is_phrase=True) for subject, text in rows if subject in known]
