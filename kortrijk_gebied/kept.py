"""What somebody sent from a form after the session had ended: kept until they have signed in again.

A form says, signed by us, whose it is and on which page it stands (`{% keepable %}`). Sent without a session, its
words wait on the server, in the session that begins with signing in: never in the browser, where a text about somebody
would lie open. Only its writer gets them back, once, and within the hour.
"""

import datetime as dt
from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils import timezone

FIELD = "terug"
KEY = "kept_form"
SALT = "kept-form"
KEPT_FOR = dt.timedelta(hours=1)
WRITTEN_WITHIN = dt.timedelta(days=2)  # a page that stood open over night
MOST = 20_000  # characters; files are not kept
NOT_WORDS = {FIELD, "csrfmiddlewaretoken"}


def mark(user: AbstractBaseUser, page: str) -> str:
    """What goes into a form: who writes here, and the page on which it can be filled in again."""
    return signing.dumps([str(user.pk), page], salt=SALT)


def keep(request: HttpRequest, *, by: str = "") -> str | None:
    """Keep what was sent, by this person if one is named; the page to come back to. None when there is nothing of
    ours to keep."""
    try:
        writer, page = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=WRITTEN_WITHIN)
    except signing.BadSignature:
        return None
    if by and by != writer:
        return None
    words = request.POST.copy()
    for name in NOT_WORDS:
        words.pop(name, None)
    typed = words.urlencode()
    if len(typed) > MOST:
        return None
    request.session[KEY] = {"writer": writer, "page": page, "typed": typed, "at": timezone.now().timestamp()}
    return cast(str, page)


def give_back(request: HttpRequest) -> QueryDict | None:
    """What this person had typed on this page, once. Whatever else is kept here is let go of."""
    kept: dict[str, Any] | None = request.session.pop(KEY, None)
    if kept is None or kept["writer"] != str(request.user.pk) or kept["page"] != request.get_full_path():
        return None
    if timezone.now().timestamp() - kept["at"] > KEPT_FOR.total_seconds():
        return None
    return QueryDict(kept["typed"])
