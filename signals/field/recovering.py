"""What left a tablet as a file, still sealed, comes in through a coordinator. Reading the file twice does no harm."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from signals.field import records
from signals.field.delivering import Different, Envelope, NotYours, deliver
from signals.field.photos import Unexpected, deliver_photo
from signals.field.sealing import Unopenable, as_json, unb64
from signals.models import Delivery
from teams.models import User

FORMAT = "veld-1"


@dataclass(frozen=True)
class Line:
    """What came of one record of the file. `delivery` is None when it was refused, and `problems` say why."""

    saved_at: dt.datetime | None
    delivery: Delivery | None
    is_new: bool
    problems: list[str]


def recover(content: bytes, *, by: User) -> list[Line]:
    """Raises Refused when this is no such file."""
    try:
        found = as_json(content)
    except Unopenable as problem:
        raise Refused(_("This is no file of a tablet.")) from problem
    if not isinstance(found, dict) or found.get("format") != FORMAT or not isinstance(found.get("records"), list):
        raise Refused(_("This is no file of a tablet."))
    sent_at = records.moment(found.get("made_at"))
    return [_line(each, sent_at, by) for each in found["records"]]


def _line(sent: Any, sent_at: dt.datetime | None, by: User) -> Line:
    saved_at = records.moment(sent.get("saved_at")) if isinstance(sent, dict) else None
    try:
        envelope = Envelope.read(uuid.UUID(str(sent["id"])), sent)
        delivery, is_new = deliver(envelope, by=by, tablet=None, sent_at=sent_at)
    except (NotYours, Different, Unopenable, Refused, KeyError, TypeError, ValueError) as problem:
        return Line(saved_at, None, False, [why(problem)])
    return Line(saved_at, delivery, is_new, _photos(sent, delivery, by))


def _photos(sent: Any, delivery: Delivery, by: User) -> list[str]:
    """Hang those that were still to come; a sentence for each that cannot be."""
    missing, problems = set(delivery.missing), []
    photos = sent.get("photos")
    for photo in photos if isinstance(photos, list) else []:
        if not isinstance(photo, dict) or photo.get("hash") not in missing:
            continue
        try:
            deliver_photo(
                delivery_id=delivery.pk, sha256=photo["hash"], iv=unb64(photo.get("iv")),
                sealed=unb64(photo.get("data")), by=by,
            )  # fmt: skip
        except (NotYours, Unexpected, Unopenable, Refused) as problem:
            problems.append(why(problem))
    return problems


def why(problem: Exception) -> str:
    """Why something of a tablet could not come in, for whoever brings it."""
    if isinstance(problem, Refused):
        return str(problem)
    if isinstance(problem, NotYours):
        return str(problem) or _("A colleague saved this. It leaves when that colleague or a coordinator signs in.")
    if isinstance(problem, Different):
        return _("Something else was sent under this number. It stays on the tablet; tell your coordinator.")
    if isinstance(problem, Unexpected):
        return _("This photo is of no signal that we have.")
    return _("We cannot open what the tablet sent. It stays on the tablet; tell your coordinator.")
