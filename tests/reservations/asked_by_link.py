"""How a contact of an association asks for a room by the link in a mail, as tests do it."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.jobs.registry import perform
from reservations.models import Contact
from reservations.register import links
from tests.reservations.rooms import ahead

DAY = ahead(20)
WISH = {
    "dag": f"{DAY:%Y-%m-%d}", "van": "12:00", "tot": "16:00", "personen": "40", "opstelling": "tables",
    "waarvoor": "Koffietafel",
}  # fmt: skip
KEYS = [f"018f0000-0000-7000-8000-00000000000{number}" for number in range(10)]


def mailed(client: Client, address: str) -> HttpResponse:
    answer: Any = client.post(reverse("room-by-mail"), {"email": address})
    for job in Job.objects.filter(kind=links.KIND, state="waiting"):
        perform(job)
    return answer  # type: ignore[no-any-return]


def opened(client: Client, contact: Contact) -> None:
    client.get(reverse("room-link", args=[links.token_of(contact)]))


def page_of(number: int = 1) -> str:
    return f"{reverse('room-ask')}?sleutel={KEYS[number]}"


def asked(client: Client, room: Any, key: str = KEYS[1], **said: str) -> Any:
    choice = f"{room.pk}@{DAY.replace(hour=12, minute=0).isoformat()}"
    return client.post(f"{reverse('room-ask')}?sleutel={key}", {**WISH, "keuze": choice, **said})
