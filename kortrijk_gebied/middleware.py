from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from pghistory.middleware import HistoryMiddleware

from kortrijk_gebied.keyed import without_keys


class HistoryWithoutKeys(HistoryMiddleware):
    """The history names who changed something and on which page; of a page whose address is a key, not the key."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        found = super().get_context(request)
        return {**found, "url": without_keys(found["url"])}


def no_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse addresses with a NUL in them, wherever they lead. PostgreSQL cannot hold one in a text, so every
    lookup by such a word would fail; in what people fill in, forms refuse it."""

    def refuse(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "\x00" in query or "%00" in query:
            raise BadRequest
        return get_response(request)

    return refuse


def no_blank_page(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """An address that only takes what is sent answers a reading with nothing at all. A browser that reloads what such
    an address said of a form would show an empty page: it gets a sentence."""

    def say(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        reads = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if not isinstance(response, HttpResponseNotAllowed) or not reads:  # what an API says of it stays as it said it
            return response
        page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return say
