"""Fluvius has a key that reads and reports; the school one that only reports."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from signals.models import Category, PartnerKey
from teams.models import Organisation, Team
from tests.cast import OVERLEIE, Cast

type MakeKey = Callable[..., str]
type Post = Callable[..., Any]

FORM = "application/x-www-form-urlencoded"
PLACED = {"lat": str(OVERLEIE[1]), "long": str(OVERLEIE[0])}


@pytest.fixture
def make_key(cast: Cast) -> MakeKey:
    """`make_key("fluvius", team="fluvius-verlichting")` reads as that team."""

    def make(of: str = "school", *, team: str = "", may_post: bool = True) -> str:
        row = PartnerKey(
            organisation=Organisation.objects.get(code=of), name=f"Proef {of}", may_post=may_post, may_read=bool(team),
            team=Team.objects.get(code=team) if team else None, valid_until=timezone.localdate(),
        )  # fmt: skip
        row.full_clean(exclude=["hashed", "beginning"])
        return PartnerKey.make(row, by=cast["beheerder"])

    return make


@pytest.fixture
def key(make_key: MakeKey) -> str:
    return make_key()


@pytest.fixture
def fluvius(make_key: MakeKey) -> str:
    return make_key("fluvius", team="fluvius-verlichting")


@pytest.fixture
def post(client: Client, key: str) -> Post:
    """Report as the standard has it: `post(description="...", lat=...)`."""

    def send(**given: str) -> Any:
        data = {"api_key": key, "service_code": "sluikstort", "description": "Drie zetels.", **PLACED, **given}
        return client.post("/open311/v2/requests.json", urlencode(data), content_type=FORM)

    return send


@pytest.fixture(autouse=True)
def _nothing_public(kortrijk: None) -> None:
    Category.objects.update(public=False)


@pytest.fixture
def public(kortrijk: None) -> None:
    """Everybody may follow dumped rubbish, and that alone."""
    Category.objects.filter(code="sluikstort").update(public=True)
