"""A session in which somebody has a shift opens the tablet and nothing else.

The PIN locks the screen of the tablet. Whoever finds it could type another address: with the session of a shift there
is nothing behind any other. What is read on the tablet has an address too, and so has starting another shift: those
answer to the page in which the shift began, by a word that it alone knows and nobody keeps.
"""

import hashlib
import secrets
from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

BOUND = "on_a_tablet"
# What anybody may open, and signing in or out.
FREE = ("/account/", "/toegankelijkheid/", "/privacy/", "/gezond/", "/favicon.ico", "/robots.txt")


def bind(session: SessionBase, word: str) -> None:
    """From the start of a shift until its end, which signs out. An older shell has no `word`."""
    session[BOUND] = _digest(word) if word else True


def is_page_of_the_shift(session: SessionBase, word: str) -> bool:
    """Whether the shift of this session began in the page that asks; also when none began in it."""
    bound = session.get(BOUND)
    return not isinstance(bound, str) or secrets.compare_digest(bound, _digest(word))


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode(errors="replace")).hexdigest()


def bound_to_the_tablet(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    def send_back(request: HttpRequest) -> HttpResponseBase:
        shell = reverse("field")
        # Without a session cookie nobody asks the session, and public pages stay the same for everybody.
        if request.path.startswith((shell, settings.STATIC_URL, *FREE)) or not request.COOKIES.get(
            settings.SESSION_COOKIE_NAME
        ):
            return get_response(request)
        return redirect(shell) if request.session.get(BOUND) else get_response(request)

    return send_back
