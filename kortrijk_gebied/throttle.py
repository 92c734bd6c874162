"""How often one address on the internet may ask for a page that anybody may open."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponseBase

from kortrijk_gebied.views import too_many_requests

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def within(request: HttpRequest, action: str, rate: str, key: str | None = None) -> bool:
    """Whether this one may still pass, and count it. `key` is what "/key" in the rate counts by."""
    used = ratelimit.consume(request, app="gebied", action=action, config={action: rate}, key=key, limit_get=True)
    return used is not None


def throttled[**P](action: str, rate: str) -> Callable[[View[P]], View[P]]:
    """`rate` as allauth writes it: "60/m/ip" is sixty a minute per address. Views that share an action share it."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def counted(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not within(request, action, rate):
                return too_many_requests(request)
            return view(request, *args, **kwargs)

        return counted

    return decorate
