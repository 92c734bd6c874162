"""How often the suggested subject is right, and how long learning and suggesting take.

    python -m benchmarks.suggest_category

Needs no database rows: it reads the committed year of reports, our own phrases, and the texts of the demo's
invented signals. A text never stands on both sides: one in three is held out, by its words.
"""

import os
import statistics
import sys
import time
from collections.abc import Sequence

import django


def main() -> None:
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    django.setup()
    measure()


def measure() -> None:
    from signals.suggesting.examples import Example
    from signals.suggesting.lesson import is_held_out, learn, tried

    year, ours, demo = of_the_year(), of_our_own(), of_the_demo()
    say(f"{len(year)} different sentences in the year of {sum(e.times for e in year)} reports,"
        f" {len(ours)} phrases of our own, {len(demo)} texts of invented signals\n")  # fmt: skip
    say(f"{'learned from':34}{'tried on':38}{'texts':>7}{'first':>8}{'of three':>10}")

    def row(what: str, seen: Sequence[Example], where: str, unseen: Sequence[Example]) -> None:
        learned = learn(seen)
        if learned is None:
            return
        count, first, three = tried(learned, unseen)
        say(f"{what:34}{where:38}{count:7}{first / count:8.1%}{three / count:10.1%}")

    def two_thirds(rows: Sequence[Example]) -> list[Example]:
        return [example for example in rows if not is_held_out(example.text)]

    def a_third(rows: Sequence[Example]) -> list[Example]:
        return [example for example in rows if is_held_out(example.text)]

    everything = [*year, *ours]
    row("two thirds of all", two_thirds(everything), "the third held out: all", a_third(everything))
    row("two thirds of all", two_thirds(everything), "the third held out: the year", a_third(year))
    row("two thirds of all", two_thirds(everything), "the third held out: phrases", a_third(ours))
    row("the year and the phrases", everything, "invented signals, never seen", demo)
    row("the phrases alone", ours, "invented signals, never seen", demo)
    honesty(everything, demo)
    speed(everything, [example.text for example in demo])


def honesty(examples: Sequence["Example"], unseen: Sequence["Example"]) -> None:  # type: ignore[name-defined]  # noqa: F821
    """Whether the chance that is shown beside a suggestion is a fair one."""
    from signals.suggesting.lesson import boldness, is_held_out, learn, tempered

    trial = learn([example for example in examples if not is_held_out(example.text)])
    learned = learn(examples)
    assert learned is not None and trial is not None  # noqa: S101, PT018  there are subjects enough
    learned = tempered(learned, boldness(trial, [example for example in examples if is_held_out(example.text)]))
    first = [(learned.guesses(example.text)[0], example.subject) for example in unseen]
    said = statistics.mean(chance for (_subject, chance), _right in first)
    right = statistics.mean(subject == truth for (subject, _chance), truth in first)
    say(f"\nbeside the first suggestion stands {said:.0%} on average; it is right in {right:.0%}")


def speed(examples: Sequence["Example"], texts: Sequence[str]) -> None:  # type: ignore[name-defined]  # noqa: F821
    from signals.suggesting.lesson import learn

    begun = time.perf_counter()
    learned = learn(examples)
    assert learned is not None  # noqa: S101  there are subjects enough
    say(f"\nlearning {len(examples)} texts: {time.perf_counter() - begun:.1f} s;"
        f" {len(learned.vocabulary)} features, {len(learned.to_bytes()) / 1024:.0f} kB kept")  # fmt: skip
    times = []
    for text in texts:
        begun = time.perf_counter()
        learned.guesses(text)
        times.append((time.perf_counter() - begun) * 1000)
    say(f"suggesting: {statistics.median(times):.2f} ms in the middle, {max(times):.2f} ms at most")


def of_the_year() -> list["Example"]:  # type: ignore[name-defined]  # noqa: F821
    """The sentences of the file, under its open subjects, with how often each was reported."""
    import csv
    import io
    import lzma
    from collections import Counter

    from django.utils.text import slugify

    from areas.typed import plain
    from signals.demo.year import FILE
    from signals.levels import Level
    from signals.seed import TREE
    from signals.suggesting.examples import Example

    is_open = {slugify(s.name) for group in TREE.values() for s in group if s.level == Level.OPEN}
    with lzma.open(FILE) as packed:
        rows = csv.DictReader(io.TextIOWrapper(packed, "cp1252"), delimiter=";")
        times = Counter((plain(row["Omschrijving"]), slugify(row["Onderwerp"])) for row in rows)
    return [Example(text, subject, count) for (text, subject), count in times.items() if subject in is_open]


def of_our_own() -> list["Example"]:  # type: ignore[name-defined]  # noqa: F821
    import csv

    from signals.suggesting.examples import PHRASES, Example

    with PHRASES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        return [Example(row["zin"], row["onderwerp"], is_phrase=True) for row in rows]


def of_the_demo() -> list["Example"]:  # type: ignore[name-defined]  # noqa: F821
    from django.utils.text import slugify

    from signals.demo.plots import PLOTS, WHEN
    from signals.suggesting.examples import Example

    texts = [(plot.subject, text.format(when=WHEN[0], small=WHEN[0].lower())) for plot in PLOTS for text in plot.texts]
    return [Example(text, slugify(subject)) for subject, text in texts]


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
