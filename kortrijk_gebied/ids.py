"""Keys and references. Keys are made by whoever creates a row, a tablet too; references are for people."""

import datetime as dt
import secrets
import uuid

from uuid_utils.compat import uuid7 as _uuid7

CONSONANTS = "BDFGKLMNPRSTVZ"
VOWELS = "AEIOU"


def uuid7() -> uuid.UUID:
    """A time-ordered UUID (RFC 9562), as the standard library's own type."""
    return _uuid7()


def first_uuid7(moment: dt.datetime) -> uuid.UUID:
    """What comes before every key made at this moment or later. A row says so when it was written, whatever it tells
    of."""
    return uuid.UUID(int=int(moment.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62)


def spoken_reference(prefix: str) -> str:
    """A random, pronounceable reference such as `S-BOKA-7291`.

    Random and never a sequence: a gap in a sequence would tell that something exists which you may
    not see. 14² x 5² x 10,000 = 49 million; callers insist on uniqueness and draw again.
    """
    word = "".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(2))
    return f"{prefix}-{word}-{secrets.randbelow(10_000):04d}"
