"""Many reports in one document: an extension of ours. Each is taken or refused by itself, and answered in its place.

Every row needs a number of its own, so that the whole document can be sent again without harm.
"""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from signals.models import PartnerKey
from signals.open311 import parsing
from signals.open311.answers import NO_TEXT, ApiError, Value
from signals.open311.callers import count_post, still_valid
from signals.open311.posting import CLIENT_ID_FIELD, post, receipt

MOST = 100
MOST_BYTES = 1024 * 1024
FORMS = {"text/xml": "xml", "application/xml": "xml", "application/json": "json"}


def rows_in(request: HttpRequest) -> list[parsing.Row]:
    if len(request.body) > MOST_BYTES:
        raise ApiError(400, _("This is more than we take at once. Send it in smaller parts."))
    form = FORMS[request.content_type or ""]
    try:
        rows = parsing.rows_of(request.body, form, root="service_requests", item="request")
    except parsing.Unreadable as reason:
        raise ApiError(400, str(reason)) from reason
    if not rows:
        raise ApiError(400, _("There is no report in it."))
    if len(rows) > MOST:
        raise ApiError(400, _("At most %(most)s reports at a time.") % {"most": MOST})
    return rows


def post_all(request: HttpRequest, rows: list[parsing.Row], key: PartnerKey) -> tuple[list[Value], int]:
    """An answer for each row, and the status: fine as soon as one of them was taken."""
    answers: list[Value] = []
    refusals: list[ApiError] = []
    for row in rows:
        number = NO_TEXT.sub("", row.get(CLIENT_ID_FIELD, ""))
        try:
            still_valid(key)
            count_post(request, key)
            if not number:
                raise ApiError(400, _("A report among others needs a number of its own (client_id)."))
            answers.append({"client_id": number, **receipt(post(row, key))})
        except ApiError as error:
            refusals.append(error)
            answers.append({"client_id": number, "errors": error.errors})
    return answers, refusals[0].status if len(refusals) == len(rows) else 200
