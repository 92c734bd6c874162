"""Where the outbox of a tablet goes: a record, then each of its photos. Sending again does no harm."""

import re
import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.refusals import Refused
from signals.field import records
from signals.field.delivering import Different, Envelope, NotYours, deliver
from signals.field.photos import Unexpected, deliver_photo
from signals.field.recovering import why
from signals.field.sealing import Unopenable, unb64
from signals.field.shifts import tablet_of
from signals.levels import Level
from signals.models import Delivery
from signals.views.field.answers import no, sent, spoken
from teams.decorators import signed_in

SHA256 = re.compile(r"[0-9a-f]{64}")


@spoken
@require_http_methods(["PUT"])
def record(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """201 when it is new, 200 when it came before, 409 when another came under this id."""
    try:
        delivery, is_new = deliver(
            Envelope.read(pk, sent(request)), by=signed_in(request), tablet=tablet_of(request),
            sent_at=records.moment(request.headers.get("X-Sent-At")),
        )  # fmt: skip
    except NotYours as problem:
        return no(403, why(problem), reason="author")
    except Different as problem:
        return no(409, why(problem))
    except (Unopenable, Refused) as problem:
        return no(422, why(problem))
    return JsonResponse(_answer(delivery), status=201 if is_new else 200)


@spoken
@require_http_methods(["PUT"])
def photo(request: HttpRequest, pk: uuid.UUID, sha256: str) -> HttpResponse:
    if not SHA256.fullmatch(sha256):
        return no(404, why(Unexpected()))
    sealed = request.read(settings.FILE_MAX_BYTES + 1)
    if len(sealed) > settings.FILE_MAX_BYTES:
        return no(413, _("This photo is too large."))
    try:
        iv = unb64(request.headers.get("X-IV"))
        is_new = deliver_photo(delivery_id=pk, sha256=sha256, iv=iv, sealed=sealed, by=signed_in(request))
    except NotYours as problem:
        return no(403, why(problem), reason="author")
    except Unexpected as problem:
        return no(404, why(problem))
    except (Unopenable, Refused) as problem:
        return no(422, why(problem))
    return JsonResponse({"id": str(pk), "hash": sha256}, status=201 if is_new else 200)


def _answer(delivery: Delivery) -> dict[str, Any]:
    """No number of what its author may not look up again."""
    signal = delivery.signal
    reference = signal.reference if signal and signal.level == Level.OPEN and delivery.kind == "signal" else ""
    return {
        "id": str(delivery.pk), "hash": delivery.sha256, "missing": delivery.missing, "result": delivery.result,
        "message": delivery.message, "reference": reference,
    }  # fmt: skip
