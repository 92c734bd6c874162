"""To citizens and associations the pages that anybody may open say `u`, to colleagues `je`."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from reservations.models import Contact
from reservations.register import links, renewing
from teams.models import User
from teams.plans.publishing import publish
from tests.cast import Cast
from tests.reservations import rooms as world
from tests.reservations.register import contact_of
from tests.teams.bulletins import bulletin
from tests.teams.plans import a_goal, a_plan
from tests.test_urls import PUBLIC

JE = re.compile(r"[^.>]*\b[Jj](?:e|ij|ou|ouw|ouwe|ezelf|ullie)\b[^.<]*")
SLEUTEL = "018f0000-0000-7000-8000-000000000002"

TO_COLLEAGUES = {
    "account_signup", "account_login", "account_logout", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "task-offer", "field", "field-worker", "field-manifest", "field-map", "field-standing",
}  # fmt: skip
NO_PAGE = {
    "home", "health", "favicon", "robots", "areas:borders", "areas:places", "areas:place-choices",
    "reservations:feed", "doing-calendar", "open311:discovery", "open311:services", "open311:service",
    "open311:requests", "open311:request", "open311:token", "open311:nowhere",
    "news-feed", "news-photo", "plan-public-document", "rota:calendar-file",
}  # fmt: skip

type Ask = Callable[[Client, Contact], list[Any]]


@pytest.fixture
def mieke(cast: Cast) -> Contact:
    return contact_of(world.make().choir)


def _opened(client: Client, contact: Contact) -> None:
    client.get(reverse("room-link", args=[links.token_of(contact)]))


def _ask(client: Client, contact: Contact) -> list[Any]:
    _opened(client, contact)
    address = f"{reverse('room-ask')}?sleutel={SLEUTEL}"
    past = {"dag": "2020-01-01", "van": "12:00", "tot": "11:00", "personen": "4000", "zoek": "1"}
    return [client.get(address), client.post(address, {"zoek": "1"}), client.post(address, past)]


def _renewal(client: Client, contact: Contact) -> list[Any]:
    address = reverse("contact-renewal", args=[renewing.token_of(contact)])
    return [client.get(address), client.post(address, {"ja": "1"}), client.post(address, {"nee": "1"}),
            client.get(address)]  # fmt: skip


def _form(name: str, *args: str) -> Ask:
    """As it stands, and sent empty."""
    address = reverse(name, args=args)
    return lambda client, _contact: [client.get(address), client.post(address, {})]


def _page(name: str, *args: str) -> Ask:
    address = reverse(name, args=args)
    return lambda client, _contact: [client.get(address, follow=True)]


def _news_item(client: Client, _contact: Contact) -> list[Any]:
    people = {person.email.partition("@")[0]: person for person in User.objects.all()}
    made = bulletin(people, audience="public")
    return [client.get(reverse("news-item", args=[made.pk]))]


def _plan(client: Client, _contact: Contact) -> list[Any]:
    by, plan = User.objects.get(email__startswith="gebiedswerker@"), a_plan()
    a_goal(plan, "Een veilige schoolpoort", owner="groen").adopt(by=by)
    publish(plan, by=by)
    return [client.get(reverse("plan-public", args=[plan.code]))]


TO_CITIZENS: dict[str, Ask] = {
    "news": _page("news"), "news-area": _page("news-area", "overleie"), "news-item": _news_item,
    "points": _page("points"), "points-area": _page("points-area", "overleie"),
    "plans-public": _page("plans-public"), "plan-public": _plan,
    "areas-doing": _page("areas-doing"), "doing": _page("doing", "overleie"),
    "room-by-mail": _form("room-by-mail"), "room-link": _page("room-link", "weg"), "room-ask": _ask,
    "room-cancellation": _page("room-ask"), "room-leave": _page("room-by-mail"), "contact-renewal": _renewal,
    "accessibility": _page("accessibility"), "privacy": _page("privacy"),
    "report": _form("report"), "report-form": _form("report-form", SLEUTEL),
    "report-proof": _page("report-proof", "weg"),
    "status-page": _page("status-page", "weg"), "status-reopening": _form("status-reopening", "weg"),
    "status-satisfaction": _form("status-satisfaction", "weg"), "signals:outside": _page("signals:outside", "weg"),
}  # fmt: skip


def test_every_public_page_is_for_somebody() -> None:
    assert {*TO_CITIZENS, *TO_COLLEAGUES, *NO_PAGE} == PUBLIC


@pytest.mark.parametrize("name", TO_CITIZENS)
def test_says_u(name: str, mieke: Contact, client: Client) -> None:
    cache.clear()
    for answer in TO_CITIZENS[name](client, mieke):
        main = answer.text.partition("<main")[2].partition("</main>")[0]
        assert main or answer.status_code in {301, 302, 405}
        assert JE.findall(main) == []


@pytest.mark.parametrize("template", ["400.html", "403_csrf.html", "404.html", "405.html", "429.html", "500.html"])
def test_says_u_when_something_goes_wrong(template: str, db: None) -> None:
    """Whoever sees them: a form of anybody may be too old, or come too fast."""
    said = render_to_string(template, {"user": AnonymousUser()}, RequestFactory().get("/"))
    assert JE.findall(said.partition("<main")[2].partition("</main>")[0] or said) == []
