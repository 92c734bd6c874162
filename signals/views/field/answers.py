"""How the addresses of the tablet answer: JSON, with a sentence when the answer is no. Nothing is ever a redirect: a
tablet that is sent to a sign-in page would take that page for an answer."""

from collections.abc import Callable
from functools import wraps
from json import loads
from typing import Any, Concatenate

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _

from kortrijk_gebied.access import marked
from kortrijk_gebied.throttle import within

type Guard[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

# One tablet asks every half minute and sends what a shift brings; a whole fleet may share one address.
CONTACT_RATE, DELIVERY_RATE = "600/m/ip", "600/m/user"


def no(status: int, message: str, **more: Any) -> JsonResponse:
    return JsonResponse({"message": message, **more}, status=status)


def spoken[**P](view: Guard[P]) -> Guard[P]:
    """For who is signed in; the answer stays out of every cache."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not (request.user.is_authenticated and request.user.is_active):
            response: HttpResponseBase = no(401, _("Sign in first. What is saved stays on this tablet."))
        elif not within(request, "field", DELIVERY_RATE):
            response = too_often()
        else:
            response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return marked(guarded, "member")


def too_often() -> JsonResponse:
    response = no(429, _("Too much at once. The tablet tries again by itself."))
    response.headers["Retry-After"] = "30"
    return response


def sent(request: HttpRequest) -> dict[str, Any]:
    """What came along; nothing when it is no JSON object."""
    try:
        found = loads(request.body)
    except (ValueError, RecursionError, RequestDataTooBig, RawPostDataException):
        return {}
    return found if isinstance(found, dict) else {}
