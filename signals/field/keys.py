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
    """The key tablets seal to; made the first time somebody asks. One that we cannot open ourselves any more, for the
    secret of the installation changed, is never given out: nobody would open what is sealed to it."""
    found = CityKey.objects.filter(retired_at__isnull=True).first()
    if found is None:
        return _make()
    return found if _private(found) else rotate()


def rotate() -> CityKey:
    """Seal to a new key from now on. What tablets still hold is sealed to the former, which stays to open it, kept
    from now on with the secret of today."""
    with transaction.atomic():
        for former in CityKey.objects.select_for_update():
            _keep_anew(former)
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
    pem = _private(found)
    if pem is None:
        raise Unopenable
    return unwrap(pem, wrapped)


def _private(key: CityKey) -> bytes | None:
    try:
        return _vault().decrypt(key.private.encode())
    except InvalidToken:
        return None


def _make() -> CityKey:
    public, pem = new_pair()
    try:
        with transaction.atomic():
            return CityKey.objects.create(
                pk=secrets.token_hex(8), public=public, private=_vault().encrypt(pem).decode()
            )
    except IntegrityError:  # another process was first
        return CityKey.objects.get(retired_at__isnull=True)


def _keep_anew(key: CityKey) -> None:
    try:
        key.private = _vault().rotate(key.private.encode()).decode()
    except InvalidToken:  # of a secret that is gone: it opens nothing, now or later
        return
    key.save(update_fields=["private"])


def _vault() -> MultiFernet:
    return MultiFernet([_fernet(secret) for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def _fernet(secret: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"city key").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
