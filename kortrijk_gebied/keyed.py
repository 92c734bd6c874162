"""Pages whose address is the key: whoever has it gets in, so it must not wander off."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponseBase

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

# No search engine keeps the page, no browser or proxy either, and no other site is told where its visitor came from.
# Not `no-referrer`: with that a browser says `Origin: null` when it sends a form, and every button is refused.
HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "same-origin",
}


# What of an address is a key: in a web log it would let in whoever reads that.
KEY = re.compile(
    r"(?<=/)(gevraagd|zaal-vragen/link|zaal-vragen/gegevens|mijn-melding|melden/bevestigen|signalen/bevestigen|v2/tokens|account/password/reset/key)"
    r"/[^/\s\"'?#]+"
)
FEED = re.compile(r"(?<=/)(zalen/kalender|gebieden/beurtrol/kalender)/[^/\s\"'?#]+(?=\.ics)")


def without_keys(text: str) -> str:
    return FEED.sub(r"\1/***", KEY.sub(r"\1/***", text))


def keyed[**P](view: View[P]) -> View[P]:
    @wraps(view)
    def kept_close(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return kept_close
