"""A record of a tablet arrives: once, whole, in the name of who wrote it. Nothing that holds words is refused for what
changed meanwhile; it goes where a coordinator sees it, with the reason."""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from signals.field import briefings, keys, records, rounds, sightings, task_acts
from signals.field.records import Record
from signals.field.sealing import Unopenable, as_json, b64, unb64, unseal
from signals.field.shifts import may_recover, read_pass, tablet_of_pass
from signals.models import DeliveredPhoto, Delivery, DeliveryTrace, RecordKind, Result, Tablet
from teams.models import User

# What a tablet says it saved longer ago has a clock that we do not follow.
LONGEST_AWAY = dt.timedelta(days=30)


class NotYours(Exception):
    """It waits for its author, or for a coordinator who may bring it in."""


class Different(Exception):
    """A record came with this id before, and it said something else."""


@dataclass(frozen=True)
class Envelope:
    """A record as it travels: `wrapped` is the key of the record, `body` the record sealed with it."""

    id: uuid.UUID
    author_id: uuid.UUID
    sha256: str
    key_id: str
    wrapped: bytes
    iv: bytes
    body: bytes

    @classmethod
    def read(cls, pk: uuid.UUID, sent: Any) -> "Envelope":
        """Raises Unopenable."""
        try:
            return cls(
                id=pk, author_id=uuid.UUID(str(sent["author"])), sha256=str(sent["hash"]),
                key_id=records.storable(str(sent["key"])), wrapped=unb64(sent["wrapped"]), iv=unb64(sent["iv"]),
                body=unb64(sent["body"]),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as problem:
            raise Unopenable from problem


def deliver(
    envelope: Envelope, *, by: User, tablet: Tablet | None, sent_at: dt.datetime | None
) -> tuple[Delivery, bool]:
    """Returns what it became, and whether that is new. Raises NotYours, Different, Unopenable, Refused."""
    if known := _delivered(envelope, by):
        return known, False
    record = open_record(envelope)
    author = _author(record, by)
    _check_device(tablet, by, author)
    if DeliveryTrace.is_left_by(envelope.id, envelope.sha256):
        return _erased(record, envelope, author, by), False
    try:
        with transaction.atomic():
            return _take_in(record, envelope, author, by, tablet, sent_at), True
    except IntegrityError:
        if not Delivery.objects.filter(pk=envelope.id).exists():
            raise
        # Sent by two tabs at one moment: the other was first.
        if known := _delivered(envelope, by):
            return known, False
        raise NotYours from None  # another's record has this id


def open_record(envelope: Envelope) -> Record:
    key = keys.record_key(envelope.key_id, envelope.wrapped)
    body = unseal(key, envelope.iv, envelope.body, str(envelope.id))
    if hashlib.sha256(body).hexdigest() != envelope.sha256:
        raise Unopenable
    record = records.read(as_json(body))
    if record.id != envelope.id or record.author_id != envelope.author_id:
        raise Unopenable
    return record


def _delivered(envelope: Envelope, by: User) -> Delivery | None:
    known = Delivery.objects.select_related("author", "signal").filter(pk=envelope.id).first()
    if known is None or (known.author_id != by.pk and not may_recover(by, known.author)):
        return None  # of what others sent nobody learns that it is here: it must open first, as if it were new
    of_it = Delivery.objects.filter(pk=known.pk)
    if known.sha256 != envelope.sha256:
        of_it.update(different_at=timezone.now())
        raise Different
    of_it.update(replays=models.F("replays") + 1)
    return known


def _erased(record: Record, envelope: Envelope, author: User, by: User) -> Delivery:
    """It came long ago, and what it became is erased: said so that the tablet lets go of it, and made anew nowhere."""
    said = _("This came in before. The city does not keep it any more.")
    return Delivery(
        pk=record.id, kind=record.kind, sha256=envelope.sha256, author=author, by=by, result=Result.NOTED, message=said
    )


def _author(record: Record, by: User) -> User:
    """Who wrote it. The pass proves that; without it (made by nobody of ours, or signed with a secret that is gone)
    only a coordinator may vouch for it."""
    author = User.objects.select_related("organisation").filter(pk=record.author_id).first()
    if author is None:
        raise NotYours
    proven = read_pass(record.shift_pass)
    is_proven = proven is not None and proven.user_id == author.pk
    if not (is_proven and by.pk == author.pk) and not may_recover(by, author):
        raise NotYours
    return author


def _check_device(tablet: Tablet | None, by: User, author: User) -> None:
    if tablet is not None and tablet.is_revoked and not may_recover(by, author):
        # Not refused: it waits, and leaves by itself when a coordinator signs in or the tablet is used again.
        raise NotYours(_("This tablet was taken out of use. Your coordinator brings in what is saved on it."))


def _take_in(
    record: Record, envelope: Envelope, author: User, by: User, tablet: Tablet | None, sent_at: dt.datetime | None
) -> Delivery:
    noted_at = _noted_at(record, sent_at)
    tablet = tablet_of_pass(record.shift_pass) or tablet  # where it was saved, whatever brings it
    became = ACTS[RecordKind(record.kind)](record, author, noted_at)
    delivery = Delivery(
        pk=record.id, kind=record.kind, schema=record.schema, sha256=envelope.sha256, author=author, by=by,
        tablet=tablet, result=became.result, message=became.message, signal=became.signal, report=became.report,
        task=became.task, key_id=envelope.key_id, saved_at=record.saved_at, sent_at=sent_at,
        clock_offset_ms=record.clock_offset_ms, locked=record.locked, writer=record.writer,
    )  # fmt: skip
    expected = record.photos if became.takes_photos else []
    delivery.wrapped = b64(envelope.wrapped) if expected else ""
    delivery.save(force_insert=True)
    DeliveredPhoto.objects.bulk_create(
        DeliveredPhoto(delivery=delivery, position=position, sha256=each)
        for position, each in enumerate(expected, start=1)
    )
    return delivery


def _noted_at(record: Record, sent_at: dt.datetime | None) -> dt.datetime:
    """When it was noted, by our clock. However wrong the clock of the tablet is, it knows how long ago it was."""
    now = timezone.now()
    if record.saved_at is None or sent_at is None:
        return now
    away = sent_at - record.saved_at
    return now - away if dt.timedelta() <= away <= LONGEST_AWAY else now


ACTS = {
    RecordKind.SIGNAL: sightings.take_in,
    RecordKind.TASK: task_acts.take_in,
    RecordKind.ROUND: rounds.take_in,
    RecordKind.BRIEFING: briefings.take_in,
}
