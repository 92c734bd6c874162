"""One line of the permission matrix, and how the whole of it is asked."""

import copy
import functools
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import transaction
from django.http import SimpleCookie
from django.test import Client
from django.urls import reverse

from reservations.models.grants import BuildingGrant
from signals.field.shifts import COOKIE
from teams import access
from teams.access import Access, access_of, granted
from teams.models import User
from tests.cast import Cast
from tests.permissions.people import ANYBODY, COLLEAGUES, STRANGER

type Codes = Mapping[int, set[str]]
METHODS = ("get", "post")  # asked of every address; a row may add `put`
row_of_session = SessionStore._get_session_from_db  # type: ignore[attr-defined]  # not in the stubs
REFUSALS = (403, 404, 405)  # after which there is nothing to undo


@dataclass(frozen=True)
class Row:
    """An address, with an object where it needs one, and what it answers to whom.

    Who is not in `passes` is stopped by the first guard with `stop`, whatever the method. The others get the code
    of the set they are in, or `other`. A method without codes is one that the address does not have: 405.
    """

    address: str
    on: str = ""
    passes: set[str] = field(default_factory=lambda: COLLEAGUES)
    get: Codes | None = None
    post: Codes | None = None
    put: Codes | None = None
    other: int = 404
    stop: int = 403
    stranger: int = 302  # to the sign-in page, which is no answer for a tablet
    query: str = ""

    def __str__(self) -> str:
        return f"{self.address} ({self.on})" if self.on else self.address

    @property
    def methods(self) -> list[str]:
        return [method for method in (*METHODS, "put") if getattr(self, method) is not None]

    def expected(self, method: str) -> dict[str, int]:
        codes: Codes | None = getattr(self, method)
        answers = {}
        for who in ANYBODY:
            if who not in self.passes:
                answers[who] = self.stranger if who == STRANGER else self.stop
            elif codes is None:
                answers[who] = 405
            else:
                answers[who] = next((code for code, whom in codes.items() if who in whom), self.other)
        return answers

    def denies(self) -> bool:
        return any(COLLEAGUES - set().union(*codes.values()) for codes in (self.get, self.post, self.put) if codes)

    def permits(self) -> bool:
        """Whether somebody gets through: the control beside every denial."""
        codes = [code for asked in (self.get, self.post, self.put) for code in (asked or {}).items()]
        return any(code in (200, 201, 204, 302, 303, 422) and whom & COLLEAGUES for code, whom in codes)


class Walk:
    """Asks an address as anybody; what the asking did is undone before the next one asks.

    So nobody is another on the way or may do more: who somebody is, and may do, is read once.
    """

    def __init__(self, people: Cast, objects: Mapping[str, list[object]]) -> None:
        self.objects = objects
        self.read_access = functools.cache(access._read_access)
        self.buildings: dict[tuple[frozenset[int], str], frozenset[int]] = {}
        for person in people.values():
            for action in ("view", "book", "approve", "manage"):
                self.buildings[access_of(person).team_ids, action] = granted(access_of(person), BuildingGrant, action)
        self.rows_of_sessions: dict[str | None, Any] = {}
        self.people = {person.pk: person for person in people.values()}
        self.client = Client()
        self.sessions = {}
        for who, person in people.items():
            self.client.force_login(person)
            self.sessions[who] = self.client.cookies["sessionid"].value
            self.client.cookies.clear()

    def person(self, pk: uuid.UUID) -> User:
        """As read anew: what is remembered on the object is not remembered here."""
        return copy.copy(self.people[pk])

    def read_granted(self, viewer: Access, model: type[BuildingGrant], action: str) -> frozenset[int]:
        """Read before anybody asked for anything: what somebody's teams may do in which buildings."""
        known = self.buildings.get((viewer.team_ids, action))
        return granted(viewer, model, action) if known is None else known

    def read_session(self, store: SessionStore) -> Any:
        """By key: each request has a store of its own."""
        if store.session_key not in self.rows_of_sessions:
            self.rows_of_sessions[store.session_key] = row_of_session(store)
        return self.rows_of_sessions[store.session_key]

    def answers(self, row: Row, method: str) -> dict[str, int]:
        url = reverse(row.address, args=self.objects[row.on]) + row.query
        cache.clear()  # of how often somebody asked
        before, answers = transaction.savepoint_create(), {}
        for who in ANYBODY:
            answers[who] = self.ask(who, method, url, self.sent(row) if method == "put" else "")
            if answers[who] not in REFUSALS:
                transaction.savepoint_rollback(before)
        return answers

    def sent(self, row: Row) -> str:
        """What a tablet puts there."""
        [body] = self.objects.get(f"body of {row.on}", [""])
        return str(body)

    def ask(self, who: str, method: str, url: str, body: str = "") -> int:
        """From a tablet that is in use: everybody could hold it."""
        [tablet] = self.objects["cookie of a tablet"]
        own = {"sessionid": self.sessions[who]} if who in self.sessions else {}
        self.client.cookies = SimpleCookie({**own, COOKIE: str(tablet)})
        sends = {"data": body, "content_type": "application/json"} if method == "put" else {}
        response = getattr(self.client, method)(url, **sends)
        if response.streaming:  # read to its end, as a browser would: that closes the file
            b"".join(response.streaming_content)
        return int(response.status_code)
