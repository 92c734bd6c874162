"""What lies behind an action or a point on the agenda, and who wants to hear how it ended.

Teams know no signals. The room above that lifts its matter to policy says here what it wants to hear of, what it shows
beside it (only of what the viewer may read), and which words stay out of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from teams.access import Access
    from teams.models import Action, AgendaPoint

type Subject = "Action | AgendaPoint"
type Told = Callable[["Action | AgendaPoint"], None]
type Shows = Callable[["Action | AgendaPoint", "Access"], list["Behind"]]
type Refuses = Callable[["Action | AgendaPoint", tuple[str, ...]], None]

_told: list[Told] = []
_shows: list[Shows] = []
_refuses: list[Refuses] = []


@dataclass(frozen=True)
class Behind:
    """One thing that led to it, as a link."""

    title: str
    url: str
    what: str = ""


def on_decided(told: Told) -> Told:
    """Register who is told, in the transaction of the decision; decided twice, told twice: keep count yourself."""
    _told.append(told)
    return told


def decided(subject: "Action | AgendaPoint") -> None:
    """A point was decided, or an action planned, begun at once, done or dropped."""
    for told in _told:
        told(subject)


def shows_behind(shows: Shows) -> Shows:
    _shows.append(shows)
    return shows


def refuses_words(refuses: Refuses) -> Refuses:
    _refuses.append(refuses)
    return refuses


def must_be_own_words(subject: "Action | AgendaPoint", *words: str) -> None:
    """Raises `Refused` with a sentence when these stand in what lies behind it, in the words of somebody else."""
    for refuses in _refuses:
        refuses(subject, words)


def behind(subject: "Action | AgendaPoint", viewer: "Access") -> list[Behind]:
    """What lies behind it, of what this viewer may read."""
    return [line for shows in _shows for line in shows(subject, viewer)]
