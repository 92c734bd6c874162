"""The menu of four and the line about who is signed in.

The ground floor knows no app: it names the four entrances, and the apps register (in `ready()`)
what number stands beside one, who sees it, and how a person is described.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Badge = Callable[[HttpRequest], int]
type Visible = Callable[[HttpRequest], bool]
type WhoLines = Callable[[HttpRequest], Sequence[str]]
type StartPage = Callable[[HttpRequest], str]


@dataclass(frozen=True)
class Entrance:
    name: str
    label: str | Promise
    url_names: tuple[str, ...]  # the first one that exists is the address
    paths: tuple[str, ...]  # the menu marks this entrance on every page below these


@dataclass(frozen=True)
class MenuItem:
    name: str
    label: str | Promise
    url: str
    count: int
    is_current: bool


ENTRANCES = (
    Entrance("inbox", _("Inbox"), ("inbox",), ("/postvak/", "/signalen/")),
    Entrance("today", _("Today"), ("today",), ("/vandaag/",)),
    Entrance("areas", _("Areas"), ("areas:areas", "areas:list"), ("/gebieden/",)),
    Entrance("rooms", _("Rooms"), ("rooms",), ("/zalen/",)),
)


@dataclass(frozen=True)
class Personal:
    """A page about oneself, beside one's name: no entrance, for it is no work of the house."""

    label: str | Promise
    url: str
    count: int
    is_current: bool


_badges: dict[str, Badge] = {}
_visible: dict[str, Visible] = {}
_who: list[WhoLines] = []
_personal: list[Callable[[HttpRequest], Personal | None]] = []
_start: list[StartPage] = []
_area_work: list[Callable[[HttpRequest], Mapping[str, Any]]] = []


def register_badge(name: str, badge: Badge) -> None:
    """The number beside an entrance; zero shows nothing. It runs on every page: one quick query."""
    _badges[name] = badge


def register_visible(name: str, visible: Visible) -> None:
    _visible[name] = visible


def register_who(lines: WhoLines) -> None:
    """How the person is described at the foot of the menu: functions and organisation, then areas."""
    _who[:] = [lines]


def register_personal(page: Callable[[HttpRequest], Personal | None]) -> None:
    """The one page beside a name, for whom it is there."""
    _personal[:] = [page]


def register_start_page(start: StartPage) -> None:
    _start[:] = [start]


def register_area_work(line: Callable[[HttpRequest], Mapping[str, Any]]) -> None:
    """The tabs above the pages under Gebieden, which the pages of a lower room carry too."""
    _area_work[:] = [line]


def area_work(request: HttpRequest) -> Mapping[str, Any] | None:
    return _area_work[0](request) if _area_work else None


def items(request: HttpRequest) -> list[MenuItem]:
    shown = (item_for(entrance, request) for entrance in ENTRANCES)
    return [item for item in shown if item]


def item_for(entrance: Entrance, request: HttpRequest) -> MenuItem | None:
    url = address(entrance.url_names)
    visible = _visible.get(entrance.name)
    if url is None or (visible and not visible(request)):
        return None
    badge = _badges.get(entrance.name)
    return MenuItem(
        name=entrance.name,
        label=entrance.label,
        url=url,
        count=badge(request) if badge else 0,
        is_current=request.path.startswith(entrance.paths),
    )


def address(url_names: Sequence[str]) -> str | None:
    for url_name in url_names:
        try:
            return reverse(url_name)
        except NoReverseMatch:
            continue
    return None


def who_lines(request: HttpRequest) -> list[str]:
    return list(_who[0](request)) if _who else []


def personal(request: HttpRequest) -> Personal | None:
    return _personal[0](request) if _personal else None


def start_page(request: HttpRequest) -> str:
    """Where somebody who just signed in begins; it follows the functions the person holds."""
    return _start[0](request) if _start else (address(["today", "inbox"]) or reverse("accessibility"))
