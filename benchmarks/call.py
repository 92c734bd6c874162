"""How long a call takes at the report desk, beside the talking: by a model of hands, and what the program adds.

    python -m benchmarks.call

The calls below are those that `tests/scenarios/test_call.py` plays key by key in Chromium, so the counts are of what
really happens. Hands and head follow the keystroke-level model (Card, Moran and Newell, 1980): so many seconds per
key, 1.35 seconds per decision. What the program adds is measured: the answers to what the page asks, one after the
other, in the database of DATABASE_URL as it stands (fill it with `manage.py load_demo`). Nothing is saved.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import django

TYPISTS = {"40 words a minute": 0.28, "55 words a minute": 0.20, "90 words a minute": 0.12}
DECIDING = 1.35
AIM = 90
RUNS = 9


@dataclass(frozen=True)
class Step:
    """Keys somebody presses, or text they type, after deciding on it or without thinking. `waits` is what has to
    stand on the page before: of that the page has asked the server."""

    text: str = ""
    keys: tuple[str, ...] = ()
    decides: bool = True
    waits: tuple[str, ...] = ()

    @property
    def strokes(self) -> int:
        """Hands count `Ctrl` and `Enter` as two."""
        return len(self.text) + sum(len(key.split("+")) for key in self.keys)


@dataclass(frozen=True)
class Call:
    name: str
    steps: tuple[Step, ...] = field(default=())

    @property
    def typed(self) -> int:
        return sum(len(step.text) for step in self.steps)

    @property
    def presses(self) -> int:
        """Chords beside the text: what the program asks of somebody who has everything in writing already."""
        return sum(len(step.keys) for step in self.steps)

    @property
    def decisions(self) -> int:
        return sum(step.decides for step in self.steps)

    @property
    def strokes(self) -> int:
        return sum(step.strokes for step in self.steps)

    @property
    def waits(self) -> list[str]:
        return [name for step in self.steps for name in step.waits]


SAVE = Step(keys=("Control+Enter",), waits=("save",))
ANSWERED = Call("answered at once", (
    Step("mevrouw vraagt waar ze met grofvuil naartoe kan"),
    Step(keys=("Alt+1",), waits=("suggestions",)),
    Step(keys=("Control+b",), waits=("answers",)),
    SAVE,
))  # fmt: skip
MATTER = (
    Step("Er liggen zakken en een oude zetel naast de glasbol."),
    Step(keys=("Alt+1",), waits=("suggestions",)),
    Step(keys=("Tab", "Tab"), decides=False),
    Step("overleistraat 20"),
    Step(keys=("ArrowDown", "Enter"), waits=("places",)),
)
REPORTER = (
    Step(keys=("Tab",), decides=False),
    Step("Rosa Vercruysse"),
    Step(keys=("Tab", "Tab"), decides=False),
    Step("rosa.vercruysse@voorbeeld.example"),
)
REGISTERED = Call("registered, with the caller", (*MATTER, *REPORTER, SAVE))
JOINED = Call("joined to what runs", (
    *MATTER, *REPORTER, Step(keys=("Control+j",), waits=("surroundings", "save")),
))  # fmt: skip
CALLS = (ANSWERED, REGISTERED, JOINED)


def main() -> None:
    took = {name: statistics.median(times) for name, times in measure().items()}
    for name, seconds in took.items():
        print(f"{name:<16}{seconds * 1000:>8.0f} ms   median of {RUNS}")
    print()
    print(f"{'call':<30}{'typed':>7}{'presses':>9}{'decisions':>11}{'waiting':>9}", *(f"{t:>20}" for t in TYPISTS))
    for call in CALLS:
        waiting = sum(took[name] + DELAY[name] for name in call.waits)
        totals = (call.strokes * pace + call.decisions * DECIDING + waiting for pace in TYPISTS.values())
        print(
            f"{call.name:<30}{call.typed:>7}{call.presses:>9}{call.decisions:>11}{waiting:>7.1f} s",
            *(f"{seconds:>14.0f} s{seconds / AIM:>4.0%}" for seconds in totals),
        )
    print(f"percentages: of the {AIM} seconds that a call may take; talking and listening come on top")


# How long the page waits after the last key before it asks: `hx-trigger` in the template, and static/areas/places.js.
DELAY = {"suggestions": 0.4, "answers": 0.5, "places": 0.15, "surroundings": 0.25, "save": 0.0}


def measure() -> dict[str, list[float]]:
    """Seconds per answer, in this process, with the middleware and the database of every day."""
    from django.db import transaction

    took: dict[str, list[float]] = {name: [] for name in DELAY}
    with transaction.atomic():
        for _run in range(RUNS + 1):
            for name, ask in asked():
                begun = time.perf_counter()
                answer = ask()
                took[name].append(time.perf_counter() - begun)
                if answer.status_code not in (200, 303):
                    raise SystemExit(f"{name}: {answer.status_code}")
        transaction.set_rollback(True)
    return {name: times[1:] for name, times in took.items()}  # the first one warms up


def asked() -> Iterator[tuple[str, Callable[[], Any]]]:
    from django.test import Client
    from django.urls import reverse

    from kortrijk_gebied.ids import uuid7
    from signals.models import Category
    from teams.models import User

    amber = Client(headers={"host": "localhost"})
    amber.force_login(User.objects.get(email__startswith="agent@"))
    data = {
        "id": str(uuid7()), "category": Category.objects.get(code="sluikstort").pk, "place": "Overleiestraat 20",
        "description": MATTER[0].text, "kind": "report", "channel": "phone", "name": "Rosa Vercruysse",
        "email": "rosa.vercruysse@voorbeeld.example", "wants_answer": "on",
    }  # fmt: skip
    urls = {name: reverse(f"signals:intake-{name}") for name in ("suggestions", "answers", "surroundings")}
    urls |= {"save": reverse("signals:intake")}
    for name, url in urls.items():
        yield name, lambda url=url: amber.post(url, data)  # type: ignore[misc]
    yield "places", lambda: amber.post(reverse("areas:place-choices"), {"q": "overleistraat 20"})


if __name__ == "__main__":
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    django.setup()
    main()
