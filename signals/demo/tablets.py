"""The tablets of the wardens: one on which something waits, one with a wrong clock; what came of one just now, by the
door that tablets use, and the round of yesterday with what the next one must know."""

import datetime as dt
import hashlib
import json
import secrets

from django.utils import timezone

from areas.models import Area
from kortrijk_gebied.ids import uuid7
from signals.demo.photos import drawn
from signals.field import keys, shifts
from signals.field.delivering import Envelope, deliver
from signals.field.photos import deliver_photo
from signals.field.sealing import KEY_BYTES, seal, wrap
from signals.models import Category, PatrolRound, RoundActivity, Shift, Signal, Tablet
from teams.models import Team, User
from teams.seed import CODE_17

SEEN = "Naast het bankje aan de Leie liggen blikjes en een kapotte paraplu; de vuilnisbak is vol."
AT_THE_LEIE = (3.2668, 50.8312)
NOTE = "Het hek aan de Budabrug staat weer los, gemeld. Mevrouw van het bankje vroeg of iemand maandag langskomt."
DID = [
    ("crossing", 10, "Schoolpoort Overleie, rustig."),
    ("contact", 55, "Gesproken met de uitbater van de nachtwinkel."),
    ("monitoring", 95, ""),
]


def carry(people: dict[str, User]) -> None:
    mo, colleague, now = people["gemeenschapswacht"], people["gemeenschapswacht.centrum"], timezone.now()
    assert mo.organisation  # noqa: S101  everybody of the demo has one
    size = {"used": 41 * 2**20, "quota": 2 * 2**30}
    waits = Tablet.objects.create(
        organisation=mo.organisation, name="Tablet 3", created_by=mo, waiting=2, clock_offset_ms=400, **size,
        oldest_at=now - dt.timedelta(minutes=14), seen_at=now - dt.timedelta(minutes=9),
    )  # fmt: skip
    wrong = Tablet.objects.create(
        organisation=mo.organisation, name="Tablet 5", created_by=colleague, **size,
        clock_offset_ms=round(dt.timedelta(hours=3, minutes=12).total_seconds() * 1000),
        seen_at=now - dt.timedelta(hours=19),
    )  # fmt: skip
    running = Shift.objects.create(tablet=waits, user=mo, started_at=now - dt.timedelta(hours=2))
    Shift.objects.create(
        tablet=wrong, user=colleague, started_at=now - dt.timedelta(hours=23), ended_at=now - dt.timedelta(hours=19)
    )
    _sends(running, now)
    _walked(colleague, now)


def _sends(shift: Shift, now: dt.datetime) -> None:
    """A signal with two photos, of which the tablet sent one before the network went away."""
    key, photos, pk = secrets.token_bytes(KEY_BYTES), [drawn(71), drawn(72)], uuid7()
    hashes = [hashlib.sha256(photo).hexdigest() for photo in photos]
    saved_at = now - dt.timedelta(minutes=26)
    longitude, latitude = AT_THE_LEIE
    content = {
        "category": Category.objects.get(name="Zwerfvuil").pk, "text": SEEN, "place": "Budastraat",
        "longitude": longitude, "latitude": latitude,
    }  # fmt: skip
    body = json.dumps({
        "schema": 1, "id": str(pk), "kind": "signal", "author": str(shift.user_id), "pass": shifts.pass_of(shift),
        "saved_at": saved_at.isoformat(), "clock_offset_ms": 400, "photos": [{"hash": each} for each in hashes],
        "signal": content,
    }).encode()  # fmt: skip
    current = keys.current()
    iv, sealed = seal(key, body, str(pk))
    envelope = Envelope(
        id=pk, author_id=shift.user_id, sha256=hashlib.sha256(body).hexdigest(), key_id=current.pk,
        wrapped=wrap(current.public, key), iv=iv, body=sealed,
    )  # fmt: skip
    delivery, _is_new = deliver(envelope, by=shift.user, tablet=shift.tablet, sent_at=now - dt.timedelta(minutes=9))
    iv, sealed = seal(key, photos[0], f"{pk}/{hashes[0]}")
    deliver_photo(delivery_id=pk, sha256=hashes[0], iv=iv, sealed=sealed, by=shift.user)
    assert delivery.signal_id  # noqa: S101  it became one
    Signal.objects.filter(pk=delivery.signal_id).update(invented=True)


def _walked(by: User, now: dt.datetime) -> None:
    began, overleie = now - dt.timedelta(hours=22), Area.objects.current().get(set__code=CODE_17, code="overleie")
    round_ = PatrolRound.objects.create(
        by=by, team=Team.objects.get(code="gemeenschapswachten"), started_at=began, note=NOTE,
        ended_at=began + dt.timedelta(hours=2), zone=overleie,
    )  # fmt: skip
    RoundActivity.objects.bulk_create(
        RoundActivity(round=round_, kind=kind, at=began + dt.timedelta(minutes=minutes), text=text)
        for kind, minutes, text in DID
    )
