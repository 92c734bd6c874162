"""What somebody types to book, and what they get."""

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse

from kortrijk_gebied.ids import uuid7
from reservations.models import Room
from reservations.moments import on_clock


def typed(room: Room | None, starts: dt.datetime, hours: float = 2, **more: Any) -> dict[str, Any]:
    begins, ends = on_clock(starts), on_clock(starts + dt.timedelta(hours=hours))
    return {
        "zaal": str(room.pk) if room else "", "dag": begins.date().isoformat(), "van": f"{begins:%H:%M}",
        "tot": f"{ends:%H:%M}", "personen": "10", "waarvoor": "Repetitie", "voor": "eigen", "gedeeld": "on", **more,
    }  # fmt: skip


def address(key: object = None) -> str:
    return f"{reverse('reservations:booking-add')}?sleutel={key or uuid7()}"


def send(
    client: Client, room: Room | None, starts: dt.datetime, hours: float = 2, *, key: object = None, **more: Any
) -> Any:
    return client.post(address(key), typed(room, starts, hours, **more))
