"""A photo that belongs to a record comes after it, by its hash: hung on the signal once, or kept as missing."""

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from kortrijk_gebied.refusals import Refused
from signals.attaching.files import read_file
from signals.attaching.keeping import attach_file
from signals.field import keys
from signals.field.delivering import NotYours
from signals.field.sealing import Unopenable, unb64, unseal
from signals.field.shifts import may_recover
from signals.models import DeliveredPhoto, Delivery, Signal
from teams.models import User


class Unexpected(Exception):
    """No record that arrived here promised this photo."""


def deliver_photo(*, delivery_id: uuid.UUID, sha256: str, iv: bytes, sealed: bytes, by: User) -> bool:
    """Whether it is new. Raises Unexpected, NotYours, Unopenable, and Refused with why it is no picture."""
    promised = DeliveredPhoto.objects.select_related("delivery__author__organisation", "delivery__report")
    photo = promised.filter(delivery=delivery_id, sha256=sha256).first()
    if photo is None:
        raise Unexpected
    delivery = photo.delivery
    if delivery.author_id != by.pk and not may_recover(by, delivery.author):
        raise NotYours
    if photo.arrived_at is not None:
        return False
    key = keys.record_key(delivery.key_id or "", unb64(delivery.wrapped))
    content = unseal(key, iv, sealed, f"{delivery.pk}/{sha256}")
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Unopenable
    try:
        ready = read_file(ContentFile(content, name=""))
    except Refused as refusal:
        DeliveredPhoto.objects.filter(pk=photo.pk).update(problem=str(refusal)[:300])
        raise
    with transaction.atomic():
        # Under the lock of what it hangs on (`attach_file` takes it too): two tabs bring it once.
        signal = Signal.objects.select_for_update(of=("self",)).get(pk=delivery.signal_id)
        attachment = attach_file(signal=signal, file=ready, by=delivery.author, report=delivery.report)
        arrived = DeliveredPhoto.objects.filter(pk=photo.pk, arrived_at__isnull=True)
        is_new = bool(arrived.update(arrived_at=timezone.now(), attachment=attachment, problem=""))
        if not delivery.missing:
            Delivery.objects.filter(pk=delivery.pk).update(wrapped="")
    return is_new
