"""Tablets for the matrix and the attacks: in use, with what Mo saved on one of them."""

import hashlib
import json
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from signals.field import shifts
from signals.models import DeliveredPhoto, Shift, Tablet
from teams.models import Organisation, User
from tests.cast import Cast
from tests.field.tablet import FieldTablet, seen

WARDEN = "gemeenschapswacht"


def in_use(name: str, organisation: Organisation | None, by: User) -> Shift:
    assert organisation is not None
    tablet = Tablet.objects.create(name=name, organisation=organisation)
    return Shift.objects.create(tablet=tablet, user=by)


def cookie_of(tablet: Tablet) -> str:
    answer = HttpResponse()
    shifts.remember(answer, tablet, secure=False)
    return str(answer.cookies[shifts.COOKIE].value)


def holding(client: Client, tablet: Tablet) -> Client:
    """This person with that tablet in the hand."""
    client.cookies[shifts.COOKIE] = cookie_of(tablet)
    return client


def everything(people: Cast) -> dict[str, list[object]]:
    mo = people[WARDEN]
    shift = in_use("Tablet 1", mo.organisation, mo)
    other = in_use("Tablet 1", people["buurtwerker"].organisation, people["buurtwerker"])
    hand = FieldTablet(holding(Client(), shift.tablet), mo, shifts.pass_of(shift))
    hand.client.force_login(mo)
    photo = b"een foto"
    without: dict[str, Any] = {"pass": ""}
    fresh, came = hand.save("signal", seen()), hand.save("signal", seen(), [photo])
    assert hand.send(came).status_code == 201
    DeliveredPhoto.objects.update(arrived_at=timezone.now())
    return {
        "cookie of a tablet": [cookie_of(shift.tablet)],
        "tablet of the city": [shift.tablet.pk], "tablet of the OCMW": [other.tablet.pk],
        **_sent("record", fresh), **_sent("record that came", came),
        **_sent("record without a pass", hand.save("signal", seen(), **without)),
        "photo of a record": [came["id"], hashlib.sha256(photo).hexdigest()],
        "photo that nobody promised": [came["id"], "0" * 64],
    }  # fmt: skip


def _sent(name: str, envelope: dict[str, Any]) -> dict[str, list[object]]:
    return {name: [envelope["id"]], f"body of {name}": [json.dumps(envelope)]}
