"""Who may open a page at all. Every view carries one of these marks; a test walks the URLconf for it.

`teams/decorators.py` builds its permission decorators on `member`.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, Literal, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import URLPattern, URLResolver
from django.utils.http import url_has_allowed_host_and_scheme

from kortrijk_gebied.kept import keep

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
type Decorator = Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]
type Mark = Literal["public", "member"]


def public[**P](view: View[P]) -> View[P]:
    """Anybody may open this, signed in or not."""

    @wraps(view)
    def open_view(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return marked(cast(View[P], open_view), "public")


def member[**P](view: View[P]) -> View[P]:
    """Only somebody signed in; the answer stays out of every cache."""

    @wraps(view)
    def members_view(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not (request.user.is_authenticated and request.user.is_active):
            return to_sign_in(request)
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return marked(cast(View[P], members_view), "member")


def marked[**P](view: View[P], mark: Mark) -> View[P]:
    cast(Any, view).access = mark
    return view


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """A page goes to sign-in and comes back; a fragment sends its whole page there.

    A fragment answered with a redirect would put the sign-in form inside the page. What was typed in a form that
    can be kept is filled in again afterwards.
    """
    filled_in = keep(request) if request.method == "POST" else None
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401, headers={"HX-Redirect": sign_in_url(filled_in or page_of_fragment(request))})
    return redirect(sign_in_url(filled_in or request.get_full_path()))


def sign_in_url(come_back_to: str) -> str:
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': come_back_to}, safe='/')}"


def page_of_fragment(request: HttpRequest) -> str:
    current = request.headers.get("HX-Current-URL", "")
    ours = url_has_allowed_host_and_scheme(current, {request.get_host()}, require_https=request.is_secure())
    return current if ours and current else resolve_url("home")


def guarded(entries: Iterable[URLPattern | URLResolver], decorator: Decorator) -> list[URLPattern | URLResolver]:
    """URL entries of somebody else's app (sign-in, admin), every view wrapped in `decorator`."""
    result: list[URLPattern | URLResolver] = []
    for entry in entries:
        if isinstance(entry, URLResolver):
            inner = guarded(entry.url_patterns, decorator)
            result.append(URLResolver(entry.pattern, inner, entry.default_kwargs, entry.app_name, entry.namespace))
        else:
            view = decorator(entry.callback)
            result.append(URLPattern(entry.pattern, view, entry.default_args, entry.name))
    return result
