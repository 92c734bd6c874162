"""How answers are written: XML and JSON of the same things, errors too.

JSON follows the XML by the Spark convention of the standard: a list stands where XML has a container.
"""

import datetime as dt
import json
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Concatenate, cast
from xml.etree import ElementTree

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from kortrijk_gebied.access import public
from kortrijk_gebied.sheets import FORBIDDEN_IN_XML

logger = logging.getLogger(__name__)

type Value = str | int | float | bool | dt.datetime | Sequence[Value] | dict[str, Value] | None

CONTENT_TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
# What JSON and a form can carry and no text can: half of a sign, and what PostgreSQL takes for the end.
NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")
# What one of each is called, in XML.
ONE_OF = {
    "services": "service", "service_requests": "request", "attributes": "attribute", "values": "value",
    "errors": "error", "endpoints": "endpoint", "formats": "format",
}  # fmt: skip


class ApiError(Exception):
    """A refusal: the status of the answer, and sentences for whoever reads them."""

    def __init__(self, status: int, *descriptions: str) -> None:
        super().__init__(*descriptions)
        self.status, self.descriptions = status, descriptions

    @property
    def errors(self) -> list[Value]:
        return [{"code": self.status, "description": text} for text in self.descriptions]


def check_text(given: Mapping[str, str]) -> None:
    """Before anything is looked up or stored with it."""
    for name, text in given.items():
        if NO_TEXT.search(text):
            said = _("%(field)s holds a character that is none (NUL, or half of one).")
            raise ApiError(400, said % {"field": NO_TEXT.sub("", name)[:40]})


def answer(root: str, content: Value, form: str, status: int = 200) -> HttpResponse:
    """`form` is xml or json; `root` is the name of the outermost element, which JSON leaves out."""
    if form == "json":
        text = json.dumps(_plain(content), ensure_ascii=False, default=_moment)
    else:
        element = _element(root, content)
        text = '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(element, encoding="unicode")
    response = HttpResponse(text, content_type=CONTENT_TYPES[form], status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def refusal(error: ApiError, form: str) -> HttpResponse:
    response = answer("errors", error.errors, form, error.status)
    if error.status == 429:
        response.headers["Retry-After"] = "60"
    return response


def _plain(content: Any) -> Any:
    if isinstance(content, dict):
        return {name: _plain(value) for name, value in content.items()}
    if isinstance(content, list | tuple):
        return [_plain(value) for value in content]
    return None if content == "" else content


def _moment(value: dt.datetime) -> str:
    return timezone.localtime(value).isoformat(timespec="seconds")


def _element(name: str, content: Any) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(content, dict):
        element.extend(_element(key, value) for key, value in content.items())
    elif isinstance(content, list | tuple):
        element.extend(_element(ONE_OF[name], value) for value in content)
    elif isinstance(content, bool):
        element.text = "true" if content else "false"
    elif isinstance(content, dt.datetime):
        element.text = _moment(content)
    elif content is not None:
        element.text = FORBIDDEN_IN_XML.sub("", str(content))
    return element


type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def open311[**P](*methods: str) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """A view of the standard: for programs, so without session or form token, and its errors are the standard's."""

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            form = str(kwargs.get("form", "xml"))
            try:
                if request.method not in methods:
                    raise ApiError(405, _("This address takes %(methods)s only.") % {"methods": ", ".join(methods)})
                return view(request, *args, **kwargs)
            except ApiError as error:
                return refusal(error, form)
            except SuspiciousOperation:
                return refusal(ApiError(400, _("This is more than we take at once. Send it in smaller parts.")), form)
            except Exception:
                logger.exception("Open311 failed at %s", request.path)
                return refusal(ApiError(500, _("Something went wrong with us. Try again later.")), form)

        # Neither a cookie nor a form token counts here: who asks shows a key, or nobody in particular asks.
        return cast(View[P], csrf_exempt(public(answered)))

    return decorate
