"""The figures of the tablet's runs, at the end of what pytest says."""

from collections import Counter
from typing import Any

FIGURES = "tablet"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    total: Counter[str] = Counter()
    for report in [each for state in ("passed", "failed") for each in terminalreporter.stats.get(state, [])]:
        for name, figures in getattr(report, "user_properties", []):
            if name == FIGURES and report.when == "call":
                total.update(figures)
    if total:
        terminalreporter.section("tablet")
        terminalreporter.write_line(", ".join(f"{name} {number}" for name, number in total.items()))
