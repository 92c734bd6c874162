"""Requests nobody answered before their moment came."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.jobs.models import Message
from reservations import actions, unanswered
from reservations.models import Booking, Occupancy
from reservations.tasks import expire_holds
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_is_wrong")]
MINUTE = dt.timedelta(minutes=1)


@pytest.mark.parametrize("state", ["requested", "in_treatment"])
def test_are_closed_with_a_reason_and_the_room_is_free(
    rooms: Rooms, cast: Cast, sign_in: Callable[..., Client], state: str
) -> None:
    els = cast["gebiedswerker"]
    one = booked(rooms.hall, ahead(3), 4, by=els, state=state, title="Kaarting")
    later = booked(rooms.hall, ahead(4), by=els, state=state)
    with time_machine.travel(one.starts + MINUTE):
        expire_holds()
        expire_holds()
        page = sign_in(cast["gebouwbeheerder"]).get(reverse("reservations:requests")).content.decode()
    one.refresh_from_db()
    later.refresh_from_db()
    assert (one.state, one.refusal, later.state) == ("refused", "unanswered", state)
    assert not Occupancy.objects.filter(booking=one).exists()
    mail = Message.objects.get()
    assert (mail.to, "Niemand van het gebouw antwoordde" in mail.body) == (els.email, True)
    assert "Niet op tijd beantwoord" in page
    assert "Kaarting" in page


def test_one_that_cannot_be_closed_holds_up_no_other(
    rooms: Rooms, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad = booked(rooms.hall, ahead(3), 4, by=cast["gebiedswerker"], state="requested")
    good = booked(rooms.meeting, ahead(3, "20:30"), by=cast["gebiedswerker"], state="requested")
    really = actions.refuse

    def refuse(one: Booking, **said: Any) -> None:
        if one.pk == bad.pk:
            raise ZeroDivisionError
        really(one, **said)

    monkeypatch.setattr(unanswered, "refuse", refuse)
    with time_machine.travel(good.starts + MINUTE):
        expire_holds()
    good.refresh_from_db()
    assert good.state == "refused"
    assert str(bad.pk) in caplog.text


def test_what_is_answered_in_time_stays(rooms: Rooms, cast: Cast) -> None:
    one = booked(rooms.hall, ahead(3), by=cast["gebiedswerker"], state="requested")
    actions.confirm(one, by=cast["gebouwbeheerder"])
    with time_machine.travel(one.starts + MINUTE):
        expire_holds()
    one.refresh_from_db()
    assert one.state == "confirmed"
