"""Every link on Today opens for whom it stands there."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from signals.demo.accounts import ACCOUNTS
from teams.models import User
from tests.cast import Cast


@pytest.mark.parametrize("who", [account.email for account in ACCOUNTS])
def test_every_link_on_today_opens(cast: Cast, sign_in: Callable[[User], Client], who: str) -> None:
    client = sign_in(cast[who])
    page = client.get(reverse("today")).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    links = {link for link in re.findall(r'href="(/[^"#?]*)', main) if not link.startswith("/static/")}
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)
