"""Every place in the program where a signal could show, as somebody would look for it: to attack them one by one.

A new page that says anything about signals belongs in this list; `test_surfaces` then attacks it too.
"""

import functools
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from areas.models import Area
from kortrijk_gebied import menu
from kortrijk_gebied.sections import Place, sections_on
from signals.inbox import Tab
from signals.models import Category, Channel, RoutingRule, Signal
from signals.workflow import SignalStatus
from teams import access
from teams.models import Action, AgendaPoint, MonthlyReport

# What differs between two answers about the same thing: marks of this answer alone.
CHANGING = (
    r'name="csrfmiddlewaretoken" value="[^"]*"',
    r'"X-CSRFToken": "[^"]*"',
    r'"csrf": "[^"]*"',
    r'name="id" value="[^"]*"',
    r'name="key" value="[^"]*"',
    r'data-since="[^"]*"',
    r"/melden/[0-9a-f-]{36}/",
)
HX = {"HX-Request": "true"}


@dataclass(frozen=True)
class Look:
    """One request. `typed` makes it a form that is posted."""

    url: str
    typed: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.url} {self.typed or ''}{'(fragment)' if self.headers else ''}"


def lists() -> Iterator[Look]:
    """Pages that need no clue of what one looks for."""
    for tab in Tab.values:
        yield Look(f"{reverse('inbox')}?tab={tab}")
    yield Look(f"{reverse('inbox-rows')}?tab=alles", headers=HX)
    for status in (SignalStatus.CLOSED, SignalStatus.IN_PROGRESS):
        yield Look(f"{reverse('inbox')}?tab=alles&status={status}")
    yield Look(f"{reverse('inbox')}?tab=alles&kanaal={Channel.PHONE}")
    yield Look(f"{reverse('inbox')}?tab=alles&organisatie=ocmw")
    yield Look(f"{reverse('inbox')}?tab=alles&geheim=on")
    yield Look(f"{reverse('inbox')}?tab=alles&weergave=kaart&kader=3,50,4,51")
    yield Look(f"{reverse('inbox-points')}?tab=alles")
    yield Look(f"{reverse('inbox-counts')}?tab=alles", headers=HX)
    yield Look(f"{reverse('inbox-news')}?tab=alles&sinds=2020-01-01T00:00:00Z", headers=HX)
    yield Look(reverse("saved-filters"))
    for name in (
        "home", "today", "field", "field-reading", "field-standing", "feedback", "rooms", "areas:areas",
        "reservations:calendar-day", "reservations:calendar-agenda", "reservations:calendar-duty",
        "reservations:requests",
        "reservations:prices", "reservations:month-list", "reservations:month-sheet",
        "reservations:use", "reservations:use-sheet", "reservations:consolidation",
        "signals:intake", "signals:imports", "signals:rules", "reports:reports", "teams:me", "teams:people",
        "teams:teams",
        "teams:read-log", "teams:read-log-csv", "admin:index", "admin:signals_category_changelist",
        "signals:exports", "signals:partners", "signals:forecast", "teams:calendar", "signals:texts",
        "signals:dossiers", "signals:dossier-add", "signals:mail", "signals:tablets", "report",
        "flags:flags", "briefing:briefing", "rounds:rounds", "meetings:meetings", "meetings:decisions",
        "inventory:actions", "inventory:actions-sheet", "bulletins:bulletins", "plans:plans", "rota:rotas", "care:grid",
        "consultations:consultations", "teams:absences",
    ):  # fmt: skip
        yield Look(reverse(name))
    yield from tables()
    yield Look(f"{reverse('signals:export')}?tab=alles")
    for query in ("tab=alles", "tab=team", "tab=alles&status=closed", "tab=alles&geheim=on"):
        yield Look(f"{reverse('signals:export')}?{query}", {"form": "csv"})
    yield Look(reverse("open311:requests", args=["json"]))
    yield Look(f"{reverse('signals:rules')}{RoutingRule.objects.order_by('pk')[0].pk}/")
    yield Look(reverse("signals:rule-versions", args=[RoutingRule.objects.order_by("pk")[0].pk]))


def tables() -> Iterator[Look]:
    """What a mixed group speaks about: lines of the inventory and points on an agenda, with what stands behind them."""
    for action in Action.objects.order_by("pk")[:6]:
        yield Look(action.get_absolute_url())
        yield Look(reverse("inventory:action-history", args=[action.reference]))
    for point in AgendaPoint.objects.order_by("pk")[:6]:
        yield Look(reverse("meetings:agenda", args=[point.team.code]))
        yield Look(reverse("meetings:point", args=[point.pk]))


def around(areas: list[Area], category: Category) -> Iterator[Look]:
    """Pages about a place and a subject."""
    for area in areas:
        yield Look(f"{reverse('areas:area', args=[area.code])}?alles=1&dagen=30")
        yield Look(f"{reverse('briefing:briefing')}?gebied={area.code}")
        yield Look(f"{reverse('flags:flags')}?gebied={area.code}")
        yield Look(reverse("directory:directory", args=[area.code]))
        yield Look(f"{reverse('inventory:actions')}?gebied={area.code}")
    yield Look(f"{reverse('inbox')}?tab=alles&onderwerp={category.code}")
    yield Look(f"{reverse('inbox-counts')}?tab=alles&onderwerp={category.code}", headers=HX)
    yield Look(f"{reverse('inbox-points')}?tab=alles&onderwerp={category.code}")
    yield from trials(category)
    here = areas[0]
    yield Look(f"{reverse('inbox')}?tab=alles&gebied={here.pk}")
    yield Look(f"{reverse('inbox')}?tab=alles&gebied={here.pk}&onderwerp={category.code}&status=closed")
    for section in sections_on(Place.AREA)[:3]:  # all of them stand on the page of the area
        yield Look(reverse("areas:area-section", args=[here.code, section.key]), headers=HX)


def trials(category: Category) -> Iterator[Look]:
    """A rule about the subject, tried as it is, and as somebody would like it to be, on what came in lately."""
    rule = RoutingRule.objects.filter(category=category).order_by("pk")[0]
    yield Look(reverse("signals:rule-trial", args=[rule.pk]))
    typed = {"name": "Proef", "category": category.pk, "team": rule.team_id, "channel": Channel.PHONE, "term_days": 9}
    yield Look(reverse("signals:rule-add"), {**typed, "try": "1"})
    yield Look(reverse("signals:rule", args=[rule.pk]), {**typed, "read": rule.version, "try": "1"})


def nearby(place: str, point: tuple[float, float], category: Category) -> Iterator[Look]:
    """Asking on the spot: what runs here already?"""
    here = {"place": place, "longitude": point[0], "latitude": point[1]}
    around_here = reverse("signals:intake-surroundings")
    yield Look(around_here, here, HX)
    yield Look(around_here, {**here, "category": category.pk}, HX)
    yield Look(f"{reverse('areas:contact')}?q={place}")


def search(words: str) -> Iterator[Look]:
    """Everywhere that takes a word to look for."""
    yield Look(f"{reverse('inbox')}?tab=alles&q={words}")
    yield Look(f"{reverse('inbox')}?tab=team&q={words}")
    yield Look(f"{reverse('inbox-rows')}?tab=alles&q={words}", headers=HX)
    yield Look(f"{reverse('inbox')}?tab=alles&q={words}&status=closed")
    yield Look(f"{reverse('inbox')}?tab=alles&signaal={words}")
    yield Look(f"{reverse('inbox')}?tab=alles&label={words}label")
    yield Look(f"{reverse('inbox-points')}?tab=alles&q={words}")
    yield Look(f"{reverse('inbox-counts')}?tab=alles&q={words}", headers=HX)
    yield Look(f"{reverse('signals:export')}?tab=alles&q={words}")
    yield Look(f"{reverse('signals:export')}?tab=alles&q={words}", {"form": "csv"})
    yield Look(f"{reverse('areas:contact')}?q={words}")
    yield Look(f"{reverse('areas:places')}?q={words}")
    yield Look(reverse("signals:intake-surroundings"), {"place": words}, HX)
    yield Look(reverse("signals:intake-suggestions"), {"description": f"Over {words}, over {words}."}, HX)
    yield Look(reverse("areas:place-choices"), {"q": words})
    yield Look(f"{reverse('teams:read-log')}?reference={words}")
    yield Look(f"{reverse('teams:people')}?q={words}")
    yield Look(f"{reverse('rooms')}?q={words}")
    yield Look(f"{reverse('meetings:decisions')}?q={words}")
    yield Look(f"{reverse('inventory:actions')}?zoek={words}")
    yield Look(f"{reverse('admin:signals_category_changelist')}?q={words}")
    yield Look(f"{reverse('admin:areas_place_changelist')}?q={words}")


def by_reference(reference: str) -> Iterator[Look]:
    """A reference that somebody guessed, with everything that can be done to a signal."""
    yield Look(reverse("signals:signal", args=[reference]))
    yield Look(reverse("signals:signal", args=[reference.lower()]))
    yield Look(reverse("signals:signal", args=[reference]), headers=HX)
    for name in ("history", "joining", "splitting", "correction"):
        yield Look(reverse(f"signals:signal-{name}", args=[reference]))
    yield Look(f"{reverse('signals:signal-colleagues', args=[reference])}?q=a", headers=HX)
    for name in (
        "attachments", "tags", "closure", "undo", "cancellation", "reopening", "lifting", "level", "tasks", "notes",
        "shares", "joining", "splitting", "waiting", "resumption", "handovers", "referrals", "outside", "admission",
        "correction",
    ):  # fmt: skip
        yield Look(reverse(f"signals:signal-{name}", args=[reference]), {"outcome": "Weg.", "text": "Weg."})


def everything_about(signal: Signal, place: str) -> list[Look]:
    """`place` is what somebody types who stands there. Of the area sets: three that differ in size."""
    areas = Area.objects.filter(pk__in=signal.area_ids, set__code__in=["gebieden17", "sectoren", "woonzorg8"])
    in_order = list(areas.select_related("set").order_by("set__position"))
    point = (signal.longitude or 0.0, signal.latitude or 0.0)
    return [*lists(), *around(in_order, signal.category), *nearby(place, point, signal.category)]


def answer(client: Client, look: Look) -> str:
    """What comes back, less what is different every time: status, headers that say where to, and body."""
    send = client.get if look.typed is None else client.post
    response = send(look.url, look.typed or {}, headers=look.headers)
    body = response.getvalue().decode() if response.streaming else response.text
    said = [response.headers.get(name, "") for name in ("Location", "HX-Redirect", "HX-Trigger")]
    text = f"{response.status_code} {said}\n{body}"
    for pattern in CHANGING:
        text = re.sub(pattern, "", text)
    return text


@contextmanager
def one_moment() -> Iterator[None]:
    """Nothing moves in it: who somebody is, what they may do, and the numbers of the menu, which stand on every page
    and on every refusal, are worked out once for each person instead of a hundred times."""
    badges = {name: _once(badge) for name, badge in menu._badges.items()}
    with (
        patch.dict(menu._badges, badges),
        patch.object(menu, "_who", [_once(who) for who in menu._who]),
        patch.object(access, "_read_access", functools.cache(access._read_access)),
    ):
        yield


def _once[Told](asked: Callable[[HttpRequest], Told]) -> Callable[[HttpRequest], Told]:
    told: dict[Any, Told] = {}

    def remembered(request: HttpRequest) -> Told:
        who = request.user.pk
        if who not in told:
            told[who] = asked(request)
        return told[who]

    return remembered


def looked(client: Client, looks: Iterable[Look]) -> dict[str, str]:
    """What one person finds in each place, all at one moment."""
    with one_moment():
        return {look.name: answer(client, look) for look in looks}


def printed(client: Client, report: MonthlyReport) -> str:
    """The words of a monthly report as this person downloads it; the answer when it is not theirs."""
    response = client.get(reverse("reports:document", args=[report.pk]))
    if response.status_code != 200:
        return f"{response.status_code}"
    return pdf_text(response.getvalue())


def pdf_text(document: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)
