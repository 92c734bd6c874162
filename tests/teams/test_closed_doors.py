"""No tab and no link that leads somebody to a page that stays shut."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from teams.access import access_of
from teams.models import User
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ROLES = ("coordinator", "gebouwbeheerder", "dpo", "beheerder", "fluvius", "gebiedswerker")
BEHIND = [reverse("flags:flags"), reverse("rounds:rounds"), reverse("care:grid")]


class TestAreaWork:
    @pytest.mark.parametrize("who", ROLES)
    def test_opens_what_it_offers(self, cast: Cast, sign_in: Callable[[User], Client], who: str) -> None:
        client = sign_in(cast[who])
        page = client.get(reverse("areas:areas")).content.decode()
        offered = re.findall(r'href="(/[^"?#]*)"', page.split('class="views"')[1].split("</nav>")[0])
        assert {url: client.get(url).status_code for url in offered if client.get(url).status_code != 200} == {}
        assert set(BEHIND) <= set(offered) if access_of(cast[who]).may("view") else not set(BEHIND) & set(offered)

    def test_hides_something_from_somebody(self, cast: Cast) -> None:
        assert {access_of(cast[who]).may("view") for who in ROLES} == {True, False}


class TestAreaPage:
    @pytest.mark.parametrize("who", ROLES)
    @pytest.mark.parametrize(("block", "name"), [("flags", "flags:flags"), ("signals-dossiers", "signals:dossiers")])
    def test_leads_to_a_list_when_it_opens(
        self, cast: Cast, sign_in: Callable[[User], Client], who: str, block: str, name: str
    ) -> None:
        client = sign_in(cast[who])
        page = client.get(reverse("areas:area-section", args=["overleie", block])).content.decode()
        opens = client.get(reverse(name)).status_code == 200
        assert (f'href="{reverse(name)}' in page) == (opens and "hidden" not in page)


class TestProfileFigures:
    @pytest.mark.parametrize("who", ROLES)
    def test_are_read_in_from_the_areas_and_from_management_by_who_may(
        self, cast: Cast, sign_in: Callable[[User], Client], who: str
    ) -> None:
        client, url = sign_in(cast[who]), reverse("profile-import")
        may = client.get(url).status_code == 200
        for page in (reverse("areas:areas"), reverse("teams:teams")):
            assert (f'href="{url}"' in client.get(page).content.decode()) == may
