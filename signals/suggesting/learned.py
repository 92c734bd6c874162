"""What was learned: weights per feature and subject, and how they become three suggestions.

Kept as numbers and plain text (an .npz without pickled objects), so that reading it back can run nothing. The few
lines of arithmetic stand here: a web process needs no library for learning.
"""

import hashlib
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from signals.suggesting.words import features


class Damaged(Exception):
    """These bytes are not what was stored."""


@dataclass(frozen=True)
class Learned:
    """`weights` has a row per subject and a column per feature; `idf` says how telling each feature is."""

    vocabulary: Sequence[str]
    subjects: Sequence[str]  # codes of categories
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    intercepts: NDArray[np.float32]

    @cached_property
    def column(self) -> dict[str, int]:
        return {feature: column for column, feature in enumerate(self.vocabulary)}

    def scores(self, text: str) -> NDArray[np.float64] | None:
        """One per subject, the higher the likelier; None when nothing in the text was ever seen."""
        counts = Counter(self.column[feature] for feature in features(text) if feature in self.column)
        if not counts:
            return None
        columns = np.fromiter(counts.keys(), dtype=int)
        values = (1 + np.log(np.fromiter(counts.values(), dtype=float))) * self.idf[columns]
        values /= np.linalg.norm(values)
        scores: NDArray[np.float64] = self.weights[:, columns] @ values + self.intercepts
        return scores

    def guesses(self, text: str) -> list[tuple[str, float]]:
        """Every subject with its chance, the likeliest first."""
        scores = self.scores(text)
        if scores is None:
            return []
        chances = softmax(scores)
        return [(self.subjects[at], float(chances[at])) for at in np.argsort(-chances, kind="stable")]

    def to_bytes(self) -> bytes:
        packed = io.BytesIO()
        np.savez_compressed(
            packed, vocabulary=_text(self.vocabulary), subjects=_text(self.subjects), idf=self.idf,
            weights=self.weights, intercepts=self.intercepts,
        )  # fmt: skip
        return packed.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes, sha256: str) -> "Learned":
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Damaged
        with np.load(io.BytesIO(content), allow_pickle=False) as packed:
            return cls(
                _lines(packed["vocabulary"]), _lines(packed["subjects"]), packed["idf"], packed["weights"],
                packed["intercepts"],
            )  # fmt: skip


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chances that are together 1, along the last axis."""
    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: NDArray[np.float64] = odds / odds.sum(axis=-1, keepdims=True)
    return chances


def _text(lines: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _lines(text: NDArray[np.uint8]) -> list[str]:
    return text.tobytes().decode().split("\n")
