"""Which public forms this browser has sent.

The address of a form is no secret: it stays in a history, and people pass it on. So what was written in it is shown to
nobody but the browser that wrote it, and for an hour: that browser may stand in a library.
"""

import datetime as dt
import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

COOKIE = SALT = "gemeld"
SHOWN_FOR = dt.timedelta(hours=1)
MOST = 5


def note(request: HttpRequest, response: HttpResponse, form_id: uuid.UUID) -> None:
    """Only what was sent leaves a cookie, and only for the form's own pages; it ends with the browser too."""
    sent = [one for one in _sent(request) if one != form_id.hex]
    response.set_signed_cookie(
        COOKIE, ".".join([*sent, form_id.hex][-MOST:]), salt=SALT, path=reverse("report"), httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip


def is_written_here(request: HttpRequest, form_id: uuid.UUID) -> bool:
    return form_id.hex in _sent(request)


def _sent(request: HttpRequest) -> list[str]:
    kept = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=SHOWN_FOR)
    return kept.split(".") if kept else []
