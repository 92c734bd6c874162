"""What a tablet seals, and how it is opened: AES-GCM with a key of its own for each record, wrapped with RSA-OAEP to
the public key of the city. The browser does the same with WebCrypto (static/field/sealing.js)."""

import base64
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicNumbers
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

RSA_BITS = 3072
KEY_BYTES, IV_BYTES = 32, 12
_OAEP = padding.OAEP(mgf=padding.MGF1(SHA256()), algorithm=SHA256(), label=None)

type Jwk = dict[str, Any]
"""A public RSA key as WebCrypto takes it: kty, n, e, alg, ext, key_ops."""


class Unopenable(Exception):
    """Sealed to another key, cut off, or changed on the way."""


def new_pair() -> tuple[Jwk, bytes]:
    """The public half, and the private one as PEM."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    numbers = private.public_key().public_numbers()
    public = {"kty": "RSA", "alg": "RSA-OAEP-256", "ext": True, "key_ops": ["encrypt"]}
    return {**public, "n": _number(numbers.n), "e": _number(numbers.e)}, pem


def wrap(jwk: Jwk, key: bytes) -> bytes:
    public = RSAPublicNumbers(_of_number(jwk["e"]), _of_number(jwk["n"])).public_key()
    return public.encrypt(key, _OAEP)


def unwrap(pem: bytes, wrapped: bytes) -> bytes:
    """The key of one record. Raises Unopenable."""
    # Whether it is a sound key takes a tenth of a second to find out, for each record and photo: new_pair made it, and
    # nobody changes it in its vault unseen.
    private = load_pem_private_key(pem, password=None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(private, RSAPrivateKey)  # noqa: S101  made by new_pair
    try:
        return private.decrypt(wrapped, _OAEP)
    except ValueError as problem:
        raise Unopenable from problem


def seal(key: bytes, content: bytes, label: str) -> tuple[bytes, bytes]:
    """`label` says what it is, so that nothing can be put in the place of something else. Returns iv, sealed."""
    iv = secrets.token_bytes(IV_BYTES)
    return iv, AESGCM(key).encrypt(iv, content, label.encode())


def unseal(key: bytes, iv: bytes, sealed: bytes, label: str) -> bytes:
    """Raises Unopenable."""
    try:
        return AESGCM(key).decrypt(iv, sealed, label.encode())
    except (InvalidTag, ValueError) as problem:
        raise Unopenable from problem


def unb64(text: Any) -> bytes:
    """Raises Unopenable for what is no base64."""
    try:
        return base64.b64decode(str(text), validate=True)
    except ValueError as problem:
        raise Unopenable from problem


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def as_json(content: bytes) -> Any:
    """Raises Unopenable for what is no JSON."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise Unopenable from problem


def _number(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8)).decode().rstrip("=")


def _of_number(text: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
