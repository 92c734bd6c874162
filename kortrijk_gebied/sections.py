"""The registry of sections.

A section is one titled block about an area over a period, for a viewer. Each app registers its own in
`<app>/sections.py`. The area page, the shift briefing and the monthly report are made of sections and
of nothing else; a lower room shows something of a higher one only through here.
"""

import datetime as dt
import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise


class Place(enum.Enum):
    """Where a section may appear."""

    AREA = "area"
    BRIEFING = "briefing"
    REPORT = "report"
    TODAY = "today"
    CONTACT = "contact"


@dataclass(frozen=True)
class Period:
    """Half-open: from `start` up to, not including, `end`."""

    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True)
class Request:
    """What a section is asked to show. `viewer` is a `teams.access.Access`; `area` an `areas.Area` or
    None for all areas; `extra` what only some places know, such as a spot on the map."""

    viewer: Any
    area: Any = None
    period: Period | None = None
    extra: Mapping[str, Any] | None = None


type Content = dict[str, Any] | None
"""The template context of the section, or None when there is nothing to show."""


@dataclass(frozen=True)
class Section:
    key: str
    title: str | Promise
    template: str
    places: frozenset[Place]
    order: int
    content: Callable[[Request], Content]
    on_page: int | None = None  # its order on the page of an area, where that is another than elsewhere
    folded: bool = False  # on the page of an area: to be looked up, below what is read every day

    def order_on(self, place: Place) -> tuple[bool, int]:
        if place != Place.AREA:
            return False, self.order
        return self.folded, self.order if self.on_page is None else self.on_page


_sections: dict[str, Section] = {}
_viewer: list[Callable[[HttpRequest], Any]] = []


def register_viewer(viewer: Callable[[HttpRequest], Any]) -> None:
    """How the one who asks becomes a `teams.access.Access`; a room below teams cannot make one itself."""
    _viewer[:] = [viewer]


def viewer_of(request: HttpRequest) -> Any:
    return _viewer[0](request) if _viewer else None


def section(
    *,
    key: str,
    title: str | Promise,
    template: str,
    on: set[Place],
    order: int,
    on_page: int | None = None,
    folded: bool = False,
) -> Callable[[Callable[[Request], Content]], Callable[[Request], Content]]:
    """Register the decorated function as a section."""

    def register(content: Callable[[Request], Content]) -> Callable[[Request], Content]:
        _sections[key] = Section(key, title, template, frozenset(on), order, content, on_page, folded)
        return content

    return register


def sections_on(place: Place) -> list[Section]:
    found = (each for each in _sections.values() if place in each.places)
    return sorted(found, key=lambda each: (each.order_on(place), each.key))


def get_section(key: str, place: Place) -> Section | None:
    found = _sections.get(key)
    return found if found and place in found.places else None
