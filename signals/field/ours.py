"""Every answer to a tablet says that it is ours. A wifi that wants a sign-in, or a proxy that has its own opinion,
answers in our place with any status it likes: without this mark a tablet takes that for no network, and waits on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

MARK = "X-Gebied"  # static/field/contact.js looks for it


def marked_as_ours(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    def mark(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path.startswith(reverse("field")):
            response.headers[MARK] = "veld"
        return response

    return mark
