"""The history says on which page something was changed. Of a page whose address is a key it does not keep the key."""

from typing import Any

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.urls.resolvers import RoutePattern, URLPattern
from pghistory.models import Context

from kortrijk_gebied.middleware import HistoryWithoutKeys
from reservations.models import Association
from reservations.register import renewing
from tests.reservations.register import contact_of
from tests.test_urls import ENTRIES

KEYS = {"token", "uidb36"}
OPEN = {"areas:area-section"}  # of which `key` is the name of a part of the page


def parts(entry: URLPattern) -> set[str]:
    """The names in its address."""
    if isinstance(entry.pattern, RoutePattern):
        return set(entry.pattern.converters)
    return set(entry.pattern.regex.groupindex)


KEYED = {name: parts(entry) for name, entry in ENTRIES if parts(entry) & KEYS}


def address(name: str) -> str:
    return reverse(name, kwargs={part: "json" if part == "form" else "GEHEIM" for part in KEYED[name]})


@pytest.mark.parametrize("name", KEYED)
def test_keeps_no_key(name: str) -> None:
    request = RequestFactory().post(address(name))
    said = HistoryWithoutKeys(lambda _request: HttpResponse()).get_context(request)  # type: ignore[no-untyped-call]
    assert "GEHEIM" in request.path
    assert "GEHEIM" not in said["url"]


def test_knows_every_kind_of_key() -> None:
    """A new name in an address that sounds like a key is one, until somebody says here that it is open."""
    assert len(KEYED) >= 11
    sounds = ("key", "secret", "sleutel", "hash", "link", "token")
    heard = {name for name, entry in ENTRIES for part in parts(entry) for word in sounds if word in part}
    assert heard - set(KEYED) == OPEN


@pytest.mark.django_db
def test_of_a_contact_who_says_yes_by_mail_stays_no_link(client: Client) -> None:
    contact = contact_of(Association.objects.create(name="Turnkring"))
    token = renewing.token_of(contact)
    client.post(reverse("contact-renewal", args=[token]), {"ja": "1"})
    changes: Any = apps.get_model("reservations", "ContactChange")
    said = changes.objects.get(pgh_obj_id=contact.pk).pgh_context.metadata
    assert said["url"] == "/zaal-vragen/gegevens/***/"
    assert not Context.objects.filter(metadata__url__contains=token).exists()
