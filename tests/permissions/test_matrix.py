"""The permission matrix: every address, both methods, everybody, own and another's objects, exact answers.

What a page says is not asked here but by `test_surfaces` and the tests of the pages; so nothing is rendered.
"""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.template.backends.django import Template

from kortrijk_gebied import throttle
from reservations.models import buildings
from teams import access
from teams.backends import SignInBackend
from teams.models import Function, Membership
from tests.permissions import (
    admin_pages,
    booking_pages,
    bulletin_pages,
    field_pages,
    house_pages,
    kept_pages,
    meeting_pages,
    pages,
    plan_pages,
    price_pages,
    register_pages,
    season_pages,
    signal_pages,
    stock_pages,
    together_pages,
    use_pages,
)
from tests.permissions.conftest import everybody
from tests.permissions.matrix import METHODS, Walk
from tests.permissions.objects import everything
from tests.permissions.people import CASES, COLLEAGUES, GONE, READS, STEERS
from tests.test_urls import ENTRIES

pytestmark = pytest.mark.django_db

HOUSE = [*pages.ROWS, *kept_pages.ROWS, *signal_pages.ROWS, *together_pages.ROWS, *field_pages.ROWS, *house_pages.ROWS,
         *booking_pages.ROWS, *use_pages.ROWS, *stock_pages.ROWS, *register_pages.ROWS, *season_pages.ROWS,
         *bulletin_pages.ROWS, *meeting_pages.ROWS, *price_pages.ROWS, *plan_pages.ROWS]  # fmt: skip
ROWS = [*HOUSE, *admin_pages.ROWS]
ADDRESSES = list(dict.fromkeys(row.address for row in ROWS))
# No base map is configured, so there is no tile; and of no subject here programs may follow the signals.
CLOSED = {"areas:tile", "open311:request", "open311:token", "open311:nowhere"}
# Not in the matrix: old addresses of the admin without a name, that only send on, its page for what does not exist,
# and its sign-in page, which `member` keeps out of reach.
NAMELESS = {"admin:<path:object_id>/", "admin:(?P<url>.*)$", "admin:login"}


@pytest.fixture(scope="module")
def walk(city: None) -> Walk:
    people = everybody()
    return Walk(people, everything(people))


@pytest.fixture
def _codes_alone(walk: Walk, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    """Nothing is drawn, written in the log or limited in number."""
    monkeypatch.setattr(Template, "render", lambda self, context=None, request=None: "")
    monkeypatch.setattr(access, "_read_access", walk.read_access)
    monkeypatch.setattr(buildings, "granted", walk.read_granted)
    monkeypatch.setattr(throttle, "within", lambda *_asked, **_counted: True)
    monkeypatch.setattr(SessionStore, "_get_session_from_db", lambda store: walk.read_session(store))
    monkeypatch.setattr(SignInBackend, "get_user", walk.person)
    settings.ACCOUNT_RATE_LIMITS = False
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


class TestTables:
    def test_have_a_row_for_every_address(self) -> None:
        assert {name for name, _ in ENTRIES} - NAMELESS == set(ADDRESSES)

    def test_let_somebody_through_at_every_address_that_refuses_somebody(self) -> None:
        refusing = {row.address for row in HOUSE if row.denies()} - CLOSED
        assert refusing - {row.address for row in ROWS if row.permits()} == set()

    def test_let_somebody_through_to_every_object(self) -> None:
        closed = {
            "tile",
            "token",
            "nothing",
            "invented status link",
            "address of a revoked calendar",
            "invented calendar",
            "invented link",
            "invented outside link",
            "invented proof link",
            "invented link to a task",
            "photo that nobody promised",
            "auth_group",
            *(f"request, {case}" for case in CASES),
        }
        closed |= {f"{kind}, absent" for kind in ("signal", "task", "photo", "tag")}
        assert {row.on for row in ROWS} - {row.on for row in ROWS if row.permits()} - closed == set()

    def test_hide_every_kind_of_signal_from_somebody(self) -> None:
        for case in CASES:
            assert READS[case] >= STEERS[case]
            assert COLLEAGUES - READS[case]

    def test_ask_everybody(self, walk: Walk) -> None:
        assert set(walk.sessions) == COLLEAGUES
        today = Membership.objects.exclude(user__email__startswith=GONE)
        assert set(today.values_list("function", flat=True)) == set(Function.values)


@pytest.mark.usefixtures("_codes_alone")
class TestAddress:
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_answers_each_as_it_should(self, walk: Walk, address: str) -> None:
        wrong: list[str] = []
        rows = [row for row in ROWS if row.address == address]
        for row in rows:
            # A method that an address has not is refused before any object is looked up: asked of the first alone.
            for method in dict.fromkeys([*METHODS, *row.methods]) if row is rows[0] else row.methods:
                expected, got = row.expected(method), walk.answers(row, method)
                wrong += [f"{row} {method} {who}: {got[who]}, not {expected[who]}" for who in differing(got, expected)]
        assert wrong == []


def differing(got: dict[str, int], expected: dict[str, int]) -> list[str]:
    return sorted(who for who in got if got[who] != expected[who])
