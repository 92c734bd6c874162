"""Attacks on the list as a file: no word of what others keep, and on record what who keeps it takes along."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client

from kortrijk_gebied.audit.models import ReadEntry
from signals.models import Export
from teams.access import access_of
from teams.models import User
from tests.cast import Cast
from tests.permissions.conftest import everybody
from tests.permissions.planted import KEEPERS, Secret, clues, plant_all

type SignIn = Callable[[User], Client]


@pytest.fixture(scope="module")
def secrets(city: None) -> list[Secret]:
    return plant_all(everybody())


def taken(client: Client, query: str = "tab=alles", **chosen: str) -> str:
    answer = client.post(f"/signalen/export/?{query}", {"form": "csv", **chosen})
    assert answer.status_code == 200, answer.content
    text = answer.getvalue().decode("utf-8-sig")
    return str(list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";")))


@pytest.mark.parametrize("who", ["coordinator", "gebiedswerker", "coordinator.ocmw", "coordinator.politie", "fluvius"])
def test_words_of_others_are_not_in_it(cast: Cast, sign_in: SignIn, secrets: list[Secret], who: str) -> None:
    client = sign_in(cast[who])
    hidden = [secret for secret in secrets if not secret.is_for(who, cast)]
    chosen = {"with_reporters": "on"} if access_of(cast[who]).may("view_reporter") else {}
    for query in ("tab=alles", "tab=alles&status=closed", "tab=team"):
        text = taken(client, query, **chosen)
        assert [clue for clue in clues(hidden) if clue in text] == []
        assert "deelzin" not in text


@pytest.mark.parametrize("organisation", KEEPERS)
def test_words_are_in_it_for_who_keeps_them_and_that_is_logged(
    cast: Cast, sign_in: SignIn, secrets: list[Secret], organisation: str
) -> None:
    kept = [secret for secret in secrets if secret.organisation == organisation]
    keeper = cast[KEEPERS[organisation][1]]
    text = taken(sign_in(keeper))
    assert all(secret.word("tekst") in text for secret in kept)
    logged = set(ReadEntry.objects.filter(surface="export", reader_id=keeper.pk).values_list("reference", flat=True))
    assert {secret.running.reference for secret in kept} <= logged
    assert Export.objects.get().secret_rows == len(logged)
