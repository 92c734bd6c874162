"""A sealed note on any signal, however open that is, stays with the team that wrote it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from signals.models import Note, Signal
from teams.models import Team
from tests.cast import Cast
from tests.permissions.objects import SPOT
from tests.permissions.people import NOTES, READS, SUBJECT

SEALERS = {"wijkinspecteur", "verpleegkundige", "coordinator.politie", "wijkinspecteur.zuid"}


@pytest.mark.parametrize("case", SUBJECT)
def test_a_sealed_note_is_read_by_its_team_alone(
    report: Callable[..., Signal], clients: dict[str, Client], cast: Cast, case: str
) -> None:
    subject, place = SUBJECT[case]
    signal = report(subject, at=SPOT[place])
    writer = min(NOTES[case] & SEALERS)
    keeper = Team.objects.filter(memberships__user=cast[writer]).exclude(kind="area").first()
    signal.add_note(by=cast[writer], text="ZEEHOND in de tuin", level=2, team=keeper)
    assert Note.objects.get().level == 2
    pages = {who: clients[who].get(reverse("signals:signal", args=[signal.reference])) for who in READS[case]}
    assert {page.status_code for page in pages.values()} == {200}
    assert {who for who, page in pages.items() if "ZEEHOND" in page.text} <= {writer}
