"""The menu of what is done less often with a signal."""

from dataclasses import dataclass, field

from signals.moves import Move


@dataclass(frozen=True)
class Page:
    """What is done on a page of its own, or beside the list in a window."""

    label: str
    url: str
    key: str = ""
    is_dialog: bool = False


@dataclass(frozen=True)
class Choices:
    """Moves and pages that belong together."""

    heading: str
    moves: list[Move] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
