"""The words of a signal, kept apart for searching: by triggers, so that whoever writes a signal keeps them too.

Each signal stands on a shelf by who may read it and whether it runs. Only open matter has a shared index: a search
never walks the words of what is limited or sealed to others, so not even the time it takes tells of them.
"""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from signals.models.notes import Note
from signals.models.reports import Report
from signals.models.signals import Signal


class Shelf(models.IntegerChoices):
    RUNNING = 0, "open, running"
    ENDED = 1, "open, ended"
    LIMITED = 2, "limited"
    SEALED = 3, "sealed"


class SignalWords(models.Model):
    """Place and subject weigh most, then what was told, by whoever told it, then how it ended, and open notes on open
    matter, which have the same readers. Notes more secret than that are searched for themselves.

    Keys stand between the words: subject `#c12`, area `#a3` (`#n`: nowhere), owner `#o1`, team `#t4`, teams at work
    `#w5`. So a search within one's own areas, teams or organisation is one look in one index.
    """

    signal = models.OneToOneField(Signal, models.CASCADE, primary_key=True, related_name="words")
    shelf = models.PositiveSmallIntegerField(choices=Shelf)
    reported_at = models.DateTimeField()
    vector = SearchVectorField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(shelf__in=Shelf.values), name="words_shelf_known")]
        indexes = [
            GinIndex(fields=["vector"], name=f"words_{shelf.name.lower()}", condition=models.Q(shelf=shelf))
            for shelf in Shelf
        ] + [models.Index(fields=["-reported_at"], name="words_latest", condition=models.Q(shelf=Shelf.ENDED))]

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
        "working_team_ids",
        "reported_at",
    ),
    func=f"""
        INSERT INTO signals_signalwords (signal_id, shelf, reported_at, vector)
        VALUES (NEW.id, {SHELF}, NEW.reported_at, signal_vector(NEW))
        ON CONFLICT (signal_id) DO UPDATE SET
            shelf = EXCLUDED.shelf, reported_at = EXCLUDED.reported_at, vector = EXCLUDED.vector;
        RETURN NULL;
    """,  # noqa: S608  no words of anybody
)

# Reports and notes bring the words of their signal up to date. One key per statement: with two, PostgreSQL reads the
# whole table for each row of an import.
AGAIN = """
    UPDATE signals_signalwords AS words SET vector = signal_vector(s) FROM signals_signal AS s
    WHERE words.signal_id = {row}.signal_id AND s.id = {row}.signal_id
"""
LEFT, CAME = AGAIN.format(row="OLD"), AGAIN.format(row="NEW")

# A report that says the same as its signal, as the first one does, adds nothing.
FOLLOW = pgtrigger.Trigger(
    name="follow_words",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Delete | pgtrigger.UpdateOf("description", "place", "signal_id"),  # type: ignore[no-untyped-call]
    func=f"""
        IF TG_OP <> 'INSERT' THEN {LEFT}; END IF;
        IF TG_OP <> 'DELETE' THEN
            {CAME} AND (s.description, s.place) IS DISTINCT FROM (NEW.description, NEW.place);
        END IF;
        RETURN NULL;
    """,
)

NOTED = pgtrigger.Trigger(
    name="follow_words",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Delete | pgtrigger.UpdateOf("text", "level", "signal_id"),  # type: ignore[no-untyped-call]
    func=f"""
        IF TG_OP <> 'INSERT' THEN {LEFT} AND s.level = 0; END IF;
        IF TG_OP <> 'DELETE' THEN {CAME} AND s.level = 0; END IF;
        RETURN NULL;
    """,
)

pgtrigger.register(KEEP)(Signal)
pgtrigger.register(FOLLOW)(Report)
pgtrigger.register(NOTED)(Note)
