"""The keys of the city: one is current, those before it still open what was sealed to them."""

import base64
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from signals.field.sealing import Unopenable, new_pair, unwrap
from signals.models import CityKey, Delivery


def current() -> CityKey:
    """The key tablets seal to; made the first time somebody asks."""
    found = CityKey.objects.filter(retired_at__isnull=True).first()
    return found or _make()


def rotate() -> CityKey:
    """Seal to a new key from now on. What tablets still hold is sealed to the former, which stays to open it."""
    with transaction.atomic():
        CityKey.objects.filter(retired_at__isnull=True).update(retired_at=timezone.now())
        return _make()


def forget_retired() -> list[str]:
    """Delete what no record on record needs. Whoever calls this knows that no tablet holds anything older; what is
    sealed to a key that is gone, nobody opens ever again."""
    unused = CityKey.objects.filter(retired_at__isnull=False).exclude(
        pk__in=Delivery.objects.exclude(wrapped="").values("key")
    )
    gone = list(unused.values_list("pk", flat=True))
    CityKey.objects.filter(pk__in=gone).delete()
    return gone


def record_key(key_id: str, wrapped: bytes) -> bytes:
    """The key of one record, as a tablet wrapped it. Raises Unopenable."""
    found = CityKey.objects.filter(pk=key_id).first()
    if found is None:
        raise Unopenable
    try:
        pem = _vault().decrypt(found.private.encode())
    except InvalidToken as problem:
        raise Unopenable from problem
    return unwrap(pem, wrapped)


def _make() -> CityKey:
    public, pem = new_pair()
    try:
        with transaction.atomic():
            return CityKey.objects.create(
                pk=secrets.token_hex(8), public=public, private=_vault().encrypt(pem).decode()
            )
    except IntegrityError:  # another process was first
        return CityKey.objects.get(retired_at__isnull=True)


def _vault() -> MultiFernet:
    return MultiFernet([_fernet(secret) for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def _fernet(secret: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"city key").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
