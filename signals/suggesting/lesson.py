"""Learning the subjects, and trying out how well: only here is a library for learning loaded."""

import hashlib
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn

from areas.typed import plain
from signals.suggesting.examples import Example
from signals.suggesting.learned import Learned, softmax
from signals.suggesting.words import features

# A name in a few reports must not become something the program knows.
FEWEST_SIGNALS = 5
MOST_FEATURES = 40_000
# Weak enough to follow a few hundred sentences, strong enough not to learn them by heart.
STRENGTH, PRECISE_TO = 10.0, 1e-5
# Learning goes in rounds, so that a worker can say in between that it is alive.
ROUNDS, STEPS = 12, 50
LEAST_BOLD, MOST_BOLD = 0.3, 6.0


def learn(examples: Iterable[Example], alive: Callable[[], None] = lambda: None) -> Learned | None:
    """The same examples always give the same result, in whatever order. None when there are not two subjects."""
    examples = sorted(examples, key=lambda example: (example.subject, example.text))
    if len({example.subject for example in examples}) < 2:
        return None
    vectors = TfidfVectorizer(analyzer=features, vocabulary=vocabulary(examples), sublinear_tf=True)
    rows: csr_matrix = vectors.fit_transform([example.text for example in examples])
    # Balanced: how often a subject is reported says nothing about what these words mean.
    model = LogisticRegression(
        C=STRENGTH, max_iter=STEPS, tol=PRECISE_TO, class_weight="balanced", warm_start=True
    )  # fmt: skip
    for _round in range(ROUNDS):
        with warnings.catch_warnings(), threadpool_limits(1):  # more threads than one only wait for each other here
            warnings.simplefilter("ignore", ConvergenceWarning)  # another round follows
            model.fit(rows, [example.subject for example in examples], sample_weight=[e.weight for e in examples])
        alive()
        if model.n_iter_.max() < STEPS:
            break
    weights, intercepts, subjects = model.coef_, model.intercept_, [str(code) for code in model.classes_]
    if len(subjects) == 2:  # the library keeps one row for a pair
        weights, intercepts = np.vstack([-weights, weights]) / 2, np.concatenate([-intercepts, intercepts]) / 2
    return Learned(
        [str(feature) for feature in vectors.get_feature_names_out()],
        subjects,
        vectors.idf_.astype(np.float32),
        weights.astype(np.float32),
        intercepts.astype(np.float32),
    )


def tempered(learned: Learned, by: float) -> Learned:
    """The same order of subjects, with chances that are bolder (or more careful) by a factor."""
    factor = np.float32(by)
    return replace(learned, weights=learned.weights * factor, intercepts=learned.intercepts * factor)


def boldness(learned: Learned, examples: Sequence[Example]) -> float:
    """By how much its chances must be sharpened for the first to be right as often as it says, on these texts."""
    tried_on = [(scores, e.subject) for e in examples if (scores := learned.scores(e.text)) is not None]
    if not tried_on:
        return 1.0
    table = np.array([scores for scores, _subject in tried_on])
    right = [learned.subjects[at] == subject for at, (_s, subject) in zip(table.argmax(1), tried_on, strict=True)]
    low, high = LEAST_BOLD, MOST_BOLD
    for _step in range(30):
        middle = (low * high) ** 0.5
        says = softmax(table * middle).max(axis=-1).mean()
        low, high = (middle, high) if says < np.mean(right) else (low, middle)
    return low


def vocabulary(examples: Sequence[Example]) -> list[str]:
    """Features of our own phrases, and those that occur in enough signals; of too many, the commonest."""
    ours: set[str] = set()
    seen: Counter[str] = Counter()
    for example in examples:
        found = set(features(example.text))
        seen.update(dict.fromkeys(found, example.times))
        if example.is_phrase:
            ours |= found
    wanted = [feature for feature, signals in seen.items() if signals >= FEWEST_SIGNALS or feature in ours]
    wanted.sort(key=lambda feature: (-seen[feature], feature))
    return sorted(wanted[:MOST_FEATURES])


def is_held_out(text: str) -> bool:
    """One text in three, always the same ones: what is said twice never stands on both sides."""
    return hashlib.sha256(plain(text).encode()).digest()[0] % 3 == 0


def tried(learned: Learned, examples: Iterable[Example]) -> tuple[int, int, int]:
    """How many texts, and of how many the subject came first, or among the first three."""
    places = []
    for example in examples:
        order = [subject for subject, _chance in learned.guesses(example.text)]
        places.append(order.index(example.subject) if example.subject in order else len(order) + 3)
    return len(places), sum(place == 0 for place in places), sum(place < 3 for place in places)
