"""Two answers that depend on whether a page or a part of it asks."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django_htmx.http import HttpResponseClientRedirect


def is_fragment(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def to_page(request: HttpRequest, address: str) -> HttpResponse:
    """After a write, on to a page of its own: loading that again sends nothing twice."""
    if is_fragment(request):
        return HttpResponseClientRedirect(address)
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
