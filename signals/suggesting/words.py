"""What a text looks like to who learns from it: words, pairs of words and parts of words. No number is among them,
so no telephone, register number or house number can be remembered."""

import re
from collections.abc import Iterator
from itertools import pairwise

from areas.typed import plain

LONGEST = 2_000  # letters of a text that are looked at
PARTS = (3, 4, 5)


def features(text: str) -> list[str]:
    words = [word for word in plain(text[:LONGEST]).split() if not re.search(r"\d", word)]
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    return [*words, *pairs, *parts(words)]


def parts(words: list[str]) -> Iterator[str]:
    """Of `lamp`: `<la`, `lam`, `amp`, `mp>` and longer ones, so that straatlamp and lampen look like it."""
    for word in words:
        edged = f"<{word}>"
        for size in PARTS:
            yield from (f"~{edged[at : at + size]}" for at in range(len(edged) - size + 1))
