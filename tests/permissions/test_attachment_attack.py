"""Photos and documents of other organisations, asked for at every address by who may not know of them."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.audit.models import ReadEntry
from signals.models import Attachment
from teams.models import User
from tests.cast import Cast
from tests.permissions.conftest import everybody
from tests.permissions.planted import KEEPERS, Secret, plant_all
from tests.permissions.surfaces import CHANGING, one_moment

type SignIn = Callable[[User], Client]

# Of each organisation somebody with rights where the secrets are, and those who oversee.
ATTACKERS = ["coordinator", "coordinator.ocmw", "coordinator.politie", "beheerder", "dpo", "fluvius"]
READ = ["attachment-page", "attachment", "attachment-thumbnail", "attachment-item", "attachment-patches"]
WRITE = ["attachment-description", "attachment-patches", "attachment-removal"]


@pytest.fixture(scope="module")
def secrets(city: None) -> list[Secret]:
    return plant_all(everybody())


def said(answer: Any) -> tuple[int, str, dict[str, str]]:
    """All of an answer that could betray something."""
    body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
    for pattern in CHANGING:
        body = re.sub(pattern, "", body)
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return answer.status_code, body, headers


def test_each_address_answers_as_for_what_is_not_there(cast: Cast, sign_in: SignIn, secrets: list[Secret]) -> None:
    for who in ATTACKERS:
        client, nowhere = sign_in(cast[who]), uuid.uuid4()
        asked = [(client.get, name) for name in READ] + [(client.post, name) for name in WRITE]
        absent = [said(ask(reverse(f"signals:{name}", args=[nowhere]))) for ask, name in asked]
        assert {answer[0] for answer in absent} <= {403, 404}
        attacked = [secret.running for secret in secrets if not secret.is_for(who, cast)]
        found = Attachment.objects.photos().filter(signal__in=attacked)
        assert len(found) == len(attacked) > 0
        with one_moment():
            for attachment in found:
                hidden = [said(ask(reverse(f"signals:{name}", args=[attachment.pk]))) for ask, name in asked]
                assert hidden == absent, who
        assert not ReadEntry.objects.filter(reader_id=cast[who].pk).exists()


def test_each_address_opens_for_who_keeps_it(cast: Cast, sign_in: SignIn, secrets: list[Secret]) -> None:
    for secret in secrets:
        client = sign_in(cast[KEEPERS[secret.organisation][1]])
        photo = Attachment.objects.photos().get(signal=secret.running)
        for name in READ:
            assert said(client.get(reverse(f"signals:{name}", args=[photo.pk])))[0] == 200, name
        page = said(client.get(reverse("signals:attachment-page", args=[photo.pk])))[1]
        assert secret.word("foto") in page


def test_nothing_can_be_hung_on_what_is_hidden(cast: Cast, sign_in: SignIn, secrets: list[Secret]) -> None:
    """Nor does the answer tell that it is there."""
    for who in ATTACKERS:
        client = sign_in(cast[who])
        absent = said(client.post(reverse("signals:signal-attachments", args=["S-ZZZZ-0000"]), {"level": 0}))
        with one_moment():
            for secret in (secret for secret in secrets if not secret.is_for(who, cast)):
                url = reverse("signals:signal-attachments", args=[secret.running.reference])
                assert said(client.post(url, {"level": 0})) == absent, who
