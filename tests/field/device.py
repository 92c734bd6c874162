"""A tablet in a real browser: what a person does on it, and what its core keeps."""

import base64
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from signals.models import Category
from teams.models import User
from tests.servers import wait_until


def sign_in(context: BrowserContext, person: User, site: str) -> None:
    client = Client()
    client.force_login(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])


def sign_out(context: BrowserContext) -> None:
    """As when the session ran out."""
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def begin(page: Page, pin: str = "2580", *, goto: bool = True) -> Page:
    """Start a shift, as a person does it."""
    if goto:
        page.goto("/veld/")
    form = page.locator("[data-begin=start]")
    form.wait_for()
    if page.locator("#begin-tablet").is_visible():
        page.fill("#begin-tablet", "Tablet 3")
    page.fill("#begin-pin", pin)
    form.get_by_role("button", name="Dienst beginnen").click()
    page.locator("[data-screen=nieuw]").wait_for()
    # On a busy machine the screen opens before what is read has come: it waits for that no longer than a person would.
    wait_until(lambda: call(page, "reading", "reading") is not None, what="what is read came along")
    return page


def with_worker(page: Page) -> Page:
    """Until the shell lies in the cache: from then on it starts without network."""
    found = "Boolean(navigator.serviceWorker.controller)"
    wait_until(lambda: page.evaluate(found), what="the worker is at work")
    return page


def started_anew(page: Page) -> Page:
    """As after a killed browser: the page had no time to hand anything over, and the session is gone."""
    page.evaluate("ServiceWorker.prototype.postMessage = () => {}")
    sign_out(page.context)
    page.goto("about:blank")
    page.goto("/veld/")
    page.locator("html[data-ready]").wait_for(state="attached")
    return page


def keep(page: Page, text: str = "Tien zakken", photos: Sequence[bytes] = (), **content: Any) -> str:
    """What a screen asks of the core; the id once it is kept. Gives "!reason" when it could not be."""
    where = {"place": "Overleiestraat", "longitude": None, "latitude": None, "accuracy": None, "placed_by": "name"}
    what = {"category": Category.objects.get(name="Sluikstort").pk, "text": text, "phone": "", "consent": False}
    given = {**what, **where, "join": None, **content}
    return str(
        page.evaluate(
            """async ({given, photos}) => {
                const {save} = await import("/static/field/outbox.js");
                const {unb64} = await import("/static/field/sealing.js");
                return save("signal", given, photos.map(unb64)).then(({id}) => id, (error) => `!${error.reason}`);
            }""",
            {"given": given, "photos": [base64.b64encode(photo).decode() for photo in photos]},
        )
    )


def kept(page: Page) -> list[dict[str, Any]]:
    """What lies in the outbox, less what is sealed."""
    found: list[dict[str, Any]] = page.evaluate(
        """() => import("/static/field/store.js").then(async ({records}) =>
            (await records()).map(({body, ...rest}) => rest))"""
    )
    return found


def call(page: Page, module: str, name: str, *given: Any) -> Any:
    """What one function of a module answers."""
    script = "({module, name, given}) => import(`/static/field/${module}.js`).then((found) => found[name](...given))"
    return page.evaluate(script, {"module": module, "name": name, "given": list(given)})
