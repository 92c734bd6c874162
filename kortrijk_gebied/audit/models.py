"""The read log: who looked at what is limited or sealed, when and where in the program.

Rows form a hash chain per owning organisation, so that a row taken out or changed afterwards shows.
Plain ids, no foreign keys: the log outlives what it speaks of, and this room knows no app above it.
"""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import pgtrigger
from django.db import connection, models, transaction
from django.utils import timezone

GENESIS = "0" * 64


@dataclass(frozen=True)
class Look:
    """One thing that was looked at. `level` is that of the thing, `what` a word for the reader of the log."""

    owner_id: int
    object_type: str
    object_id: uuid.UUID
    reference: str
    level: int


class ReadEntryQuerySet(models.QuerySet["ReadEntry"]):
    def of_owner(self, organisation_id: int | None) -> Self:
        return self.filter(owner_id=organisation_id)


class ReadEntry(models.Model):
    owner_id = models.BigIntegerField(help_text="organisation that owns what was read")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    reader_id = models.UUIDField()
    reader_name = models.CharField(max_length=200)
    reader_organisation_id = models.BigIntegerField(null=True)
    object_type = models.CharField(max_length=40)
    object_id = models.UUIDField()
    reference = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    surface = models.CharField(max_length=40)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = ReadEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "read entries"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["owner_id", "number"], name="readentry_number_per_owner"),
            models.CheckConstraint(condition=models.Q(level__in=[1, 2]), name="readentry_level_is_secret"),
        ]
        indexes = [models.Index(fields=["object_id", "-at"], name="readentry_object")]
        triggers = [
            # However short a time is set: nobody who only works with the rows erases one of the last year.
            pgtrigger.Trigger(
                name="append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '1 year' AND EXISTS (
                        SELECT 1 FROM audit_chainstart WHERE owner_id = OLD.owner_id AND number >= OLD.number
                    ) THEN
                        RETURN OLD;
                    END IF;
                    RAISE EXCEPTION 'The read log is only added to';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader_name} {self.reference} {self.at:%Y-%m-%d %H:%M}"

    def digest(self) -> str:
        facts = [
            self.owner_id, self.number, self.at.astimezone(dt.UTC).isoformat(), str(self.reader_id), self.reader_name,
            self.reader_organisation_id, self.object_type, str(self.object_id), self.reference, self.level,
            self.surface, self.previous,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


class ChainStart(models.Model):
    """Where the chain of one organisation begins since its oldest rows were erased: at the hash of the last of them."""

    owner_id = models.BigIntegerField(unique=True)
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(help_text="when the last erased row was written")
    # What did not hold when it was erased goes on being told: erasing is no way to hide it.
    broken = models.JSONField(default=list, blank=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="moves_on_along_the_chain",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF TG_OP = 'UPDATE' AND (NEW.owner_id <> OLD.owner_id OR NEW.number <= OLD.number) OR NOT EXISTS (
                        SELECT 1 FROM audit_readentry AS entry WHERE entry.owner_id = NEW.owner_id
                        AND entry.number = NEW.number AND entry.hash = NEW.hash
                        AND entry.at < now() - interval '1 year'
                    ) THEN
                        RAISE EXCEPTION 'The read log begins at one of its own rows, later and later';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.number}"


def hold_chain(owner_id: int) -> None:
    """One writer at a time per organisation, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('read log'), %s)", [owner_id])


def record(
    looks: Iterable[Look],
    *,
    reader_id: uuid.UUID,
    reader_name: str,
    organisation_id: int | None,
    surface: str,
    once_since: dt.datetime | None = None,
) -> None:
    """Write one row per look, in chain order. One lock and a query or two per owning organisation. With `once_since`
    what this reader was given there from that moment on already is not written again."""
    by_owner: dict[int, list[Look]] = {}
    for look in looks:
        by_owner.setdefault(look.owner_id, []).append(look)
    if not by_owner:
        return
    with transaction.atomic():
        for owner_id in sorted(by_owner):
            hold_chain(owner_id)
            new = by_owner[owner_id]
            if once_since is not None:
                before = ReadEntry.objects.of_owner(owner_id).filter(
                    object_id__in=[look.object_id for look in new], at__gte=once_since, reader_id=reader_id,
                    surface=surface,
                )  # fmt: skip
                told = set(before.values_list("object_type", "object_id", "level"))
                new = [look for look in new if (look.object_type, look.object_id, look.level) not in told]
            last = ReadEntry.objects.of_owner(owner_id).order_by("-number").first()
            follows = last or start_of(owner_id)
            number, previous = follows.number, follows.hash
            entries = []
            for look in new:
                number += 1
                entry = ReadEntry(
                    owner_id=owner_id, number=number, at=timezone.now(), reader_id=reader_id, reader_name=reader_name,
                    reader_organisation_id=organisation_id, object_type=look.object_type, object_id=look.object_id,
                    reference=look.reference, level=look.level, surface=surface, previous=previous,
                )  # fmt: skip
                entry.hash = previous = entry.digest()
                entries.append(entry)
            ReadEntry.objects.bulk_create(entries)


def start_of(owner_id: int) -> ChainStart:
    """What the first row of an organisation follows."""
    found = ChainStart.objects.filter(owner_id=owner_id).first()
    return found or ChainStart(owner_id=owner_id, number=0, hash=GENESIS)


def broken_links(owner_id: int) -> list[int]:
    """Numbers at which the chain of one organisation does not hold; empty when it is whole."""
    start = start_of(owner_id)
    entries = ReadEntry.objects.of_owner(owner_id).order_by("number")
    return [*start.broken, *broken_among(entries.iterator(), start)]


def broken_among(entries: Iterable[ReadEntry], start: ChainStart) -> list[int]:
    """Numbers that do not hold, of rows in order that follow a start."""
    broken, number, previous = [], start.number, start.hash
    for entry in entries:
        number += 1
        if entry.number != number or entry.previous != previous or entry.hash != entry.digest():
            broken.append(entry.number)
        number, previous = entry.number, entry.hash
    return broken
