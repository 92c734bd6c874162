"""Who reads the read log is told in words where somebody looked."""

import re
from pathlib import Path

from django.conf import settings

from kortrijk_gebied.audit.words import SURFACES, surface_word

# `surface="inbox"`, also as a default and of two of which one holds.
WRITTEN = re.compile(r"""\bsurface(?:: str)? ?= ?"([a-z-]+)"(?: if [^,]+ else "([a-z-]+)")?""")
ROOMS = ("teams", "signals", "reservations")


def written() -> set[str]:
    sources = [path.read_text() for room in ROOMS for path in Path(settings.BASE_DIR, room).rglob("*.py")]
    return {word for source in sources for found in WRITTEN.findall(source) for word in found if word}


class TestSurfaces:
    def test_all_have_a_name(self) -> None:
        assert written() - SURFACES.keys() == set()
        assert {"inbox", "tablet", "briefing", "association"} <= written()

    def test_that_nobody_named_yet_are_shown_as_they_were_written(self) -> None:
        assert surface_word("van-vroeger") == "van-vroeger"
