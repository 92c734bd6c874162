"""What is told of a place that keeps being reported: never how much of it is secret."""

from collections.abc import Callable

from signals.levels import Level
from signals.models import EventKind, Signal
from tests.cast import Cast

type Make = Callable[..., Signal]


class TestCounting:
    def test_leaves_out_what_is_more_secret(self, cast: Cast, report: Make) -> None:
        for _time in range(2):
            report("Geluidshinder").raise_level(by=cast["coordinator.politie"], level=Level.SEALED)
        third = report("Geluidshinder")
        assert not third.events.filter(kind=EventKind.REPEATED).exists()

    def test_counts_what_is_as_open(self, report: Make) -> None:
        signals = [report("Geluidshinder") for _time in range(3)]
        assert signals[2].events.filter(kind=EventKind.REPEATED).exists()
