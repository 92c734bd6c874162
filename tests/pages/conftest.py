from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from teams.models import Organisation, User

PASSWORD = "drie-fietsen-onder-de-broeltorens"


@pytest.fixture
def alice(db: None) -> User:
    """Works for the city and holds no function: enough for pages that belong to no app."""
    city, _ = Organisation.objects.get_or_create(
        kind="city", defaults={"code": "stad", "name": "Stad Kortrijk", "letter": "S"}
    )
    return User.objects.create_user("alice@kortrijk.example", PASSWORD, name="Alice Vandamme", organisation=city)


@pytest.fixture
def signed_in(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


@pytest.fixture
def browser_without_js(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, locale="nl-BE")
    yield context.new_page()
    context.close()
