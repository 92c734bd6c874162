"""The words of a signal, kept apart for searching: by triggers, so that whoever writes a signal keeps them too.

Each signal stands on a shelf by who may read it and whether it runs. Only open matter has a shared index: a search
never walks the words of what is limited or sealed to others, so not even the time it takes tells of them.
"""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from signals.models.reports import Report
from signals.models.signals import Signal


class Shelf(models.IntegerChoices):
    RUNNING = 0, "open, running"
    ENDED = 1, "open, ended"
    LIMITED = 2, "limited"
    SEALED = 3, "sealed"


class SignalWords(models.Model):
    """Place and subject weigh most, then what was told, by whoever told it, then how it ended.

    A subject and an area stand in it by key (`#c12`, `#a3`): their names may change.
    """

    signal = models.OneToOneField(Signal, models.CASCADE, primary_key=True, related_name="words")
    shelf = models.PositiveSmallIntegerField(choices=Shelf)
    owner_id = models.BigIntegerField()
    team_id = models.BigIntegerField(null=True)
    reported_at = models.DateTimeField()
    vector = SearchVectorField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(shelf__in=Shelf.values), name="words_shelf_known")]
        indexes = [
            GinIndex(fields=["vector"], name="words_running", condition=models.Q(shelf=Shelf.RUNNING)),
            GinIndex(fields=["vector"], name="words_ended", condition=models.Q(shelf=Shelf.ENDED)),
            models.Index(fields=["-reported_at"], name="words_latest", condition=models.Q(shelf=Shelf.ENDED)),
            models.Index(fields=["owner_id"], name="words_limited", condition=models.Q(shelf=Shelf.LIMITED)),
            models.Index(fields=["team_id"], name="words_sealed", condition=models.Q(shelf=Shelf.SEALED)),
        ]

    def __str__(self) -> str:
        return str(self.signal_id)


SHELF = "CASE WHEN NEW.level = 0 THEN (NEW.closed_at IS NOT NULL)::int ELSE NEW.level + 1 END"

KEEP = pgtrigger.Trigger(
    name="keep_words",
    when=pgtrigger.After,
    operation=pgtrigger.Insert
    | pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]
        "place",
        "description",
        "outcome",
        "category_id",
        "area_id",
        "level",
        "closed_at",
        "owner_id",
        "team_id",
        "reported_at",
    ),
    func=f"""
        INSERT INTO signals_signalwords (signal_id, shelf, owner_id, team_id, reported_at, vector)
        VALUES (
            NEW.id, {SHELF}, NEW.owner_id, NEW.team_id, NEW.reported_at,
            signal_vector(NEW.id, NEW.category_id, NEW.area_id, NEW.place, NEW.description, NEW.outcome)
        )
        ON CONFLICT (signal_id) DO UPDATE SET
            shelf = EXCLUDED.shelf, owner_id = EXCLUDED.owner_id, team_id = EXCLUDED.team_id,
            reported_at = EXCLUDED.reported_at, vector = EXCLUDED.vector;
        RETURN NULL;
    """,  # noqa: S608  no words of anybody
)

# A report that says the same as its signal, as the first one does, adds nothing.
FOLLOW = pgtrigger.Trigger(
    name="follow_words",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Delete | pgtrigger.UpdateOf("description", "place", "signal_id"),  # type: ignore[no-untyped-call]
    func="""
        UPDATE signals_signalwords AS words
        SET vector = signal_vector(s.id, s.category_id, s.area_id, s.place, s.description, s.outcome)
        FROM signals_signal AS s
        WHERE s.id = words.signal_id AND (
            TG_OP <> 'INSERT' AND s.id = OLD.signal_id
            OR TG_OP <> 'DELETE' AND s.id = NEW.signal_id
                AND (s.description, s.place) IS DISTINCT FROM (NEW.description, NEW.place)
        );
        RETURN NULL;
    """,
)

pgtrigger.register(KEEP)(Signal)
pgtrigger.register(FOLLOW)(Report)
