"""Who may do what with a signal: each refusal beside somebody who may do the same."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from signals.models import EventKind, Share, Signal, SignalEvent
from teams.models import Function, Membership, Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

until = (timezone.localdate() + dt.timedelta(days=5)).isoformat()

# Address, what is posted, and the event it leaves. Bram steers the signal; Lies may read it and no more.
STEERING: list[tuple[str, dict[str, Any], str]] = [
    ("signal-closure", {"outcome": "De put is dicht."}, EventKind.CLOSED),
    ("signal-cancellation", {"reason": "Dubbel gemeld."}, EventKind.CANCELLED),
    ("signal-lifting", {}, EventKind.LIFTED),
    ("signal-level", {"level": 1}, EventKind.LEVEL_RAISED),
    ("signal-tasks", {"team": "wijkwerking-noord", "title": "Toezicht"}, EventKind.OFFERED),
    ("signal-shares", {"team": "buurtwerk", "text": "Kijk even.", "ground": "task", "purpose": "Zorg", "until": until},
     EventKind.SHARED),
]  # fmt: skip
ALL = [*STEERING, ("signal-reopening", {"reason": "Nog niet klaar."}, EventKind.REOPENED),
       ("signal-undo", {}, EventKind.REOPENED), ("signal-notes", {"text": "Gebeld.", "level": 0}, "")]  # fmt: skip


@pytest.fixture
def mate(cast: Cast) -> User:
    """A second coordinator of the same team."""
    mate = User.objects.create_user(
        "mate@kortrijk.example", "x", name="Bea", organisation=cast["coordinator"].organisation
    )
    team = Team.objects.get(code="coordinatie-noord-centrum")
    Membership.objects.create(user=mate, team=team, function=Function.COORDINATOR)
    return mate


def ready(name: str, signal: Signal, data: dict[str, Any], by: User) -> dict[str, Any]:
    """Bring the signal in the state the address needs, and name teams by key."""
    if name in ("signal-reopening", "signal-undo"):
        signal.close(by=by, outcome="Klaar.")
    if "team" in data:
        data = {**data, "team": Team.objects.get(code=data["team"]).pk}
    return data


@pytest.mark.parametrize(("name", "data", "kind"), ALL)
class TestSteering:
    def test_is_open_to_who_steers_and_to_a_team_mate(
        self, cast: Cast, report: Make, sign_in: SignIn, mate: User, name: str, data: dict[str, Any], kind: str
    ) -> None:
        for person in (cast["coordinator"], mate):
            signal = report("Onveilige situatie")
            answer = sign_in(person).post(
                reverse(f"signals:{name}", args=[signal.reference]), ready(name, signal, data, person)
            )
            assert answer.status_code == 302, answer.content.decode()
            if kind:
                assert SignalEvent.objects.filter(signal=signal, kind=kind, by=person).exists()

    def test_is_403_for_who_only_reads(
        self, cast: Cast, report: Make, sign_in: SignIn, name: str, data: dict[str, Any], kind: str
    ) -> None:
        signal = report("Onveilige situatie")
        data = ready(name, signal, data, cast["coordinator"])
        reader = cast["gemeenschapswacht"] if name != "signal-notes" else cast["projectmedewerker"]
        if name == "signal-notes":  # she registers everywhere: take that away, and she only reads
            Membership.objects.filter(user=reader, team__code="gebiedswerking").delete()
            Membership.objects.create(
                user=reader,
                team=Team.objects.get(code="gebiedsteam-overleie-pius-x"),
                function=Function.PROJECT_OFFICER,
            )
        client = sign_in(reader)
        assert client.get(reverse("signals:signal", args=[signal.reference])).status_code == 200
        assert client.post(reverse(f"signals:{name}", args=[signal.reference]), data).status_code == 403

    def test_is_404_for_an_outsider(
        self, cast: Cast, report: Make, sign_in: SignIn, name: str, data: dict[str, Any], kind: str
    ) -> None:
        signal = report("Onveilige situatie")
        data = ready(name, signal, data, cast["coordinator"])
        answer = sign_in(cast["coordinator.rand"]).post(reverse(f"signals:{name}", args=[signal.reference]), data)
        assert answer.status_code == 404

    def test_refuses_get(
        self, cast: Cast, report: Make, sign_in: SignIn, name: str, data: dict[str, Any], kind: str
    ) -> None:
        signal = report("Onveilige situatie")
        assert sign_in(cast["coordinator"]).get(reverse(f"signals:{name}", args=[signal.reference])).status_code == 405

    def test_asks_a_stranger_to_sign_in(
        self, cast: Cast, report: Make, name: str, data: dict[str, Any], kind: str
    ) -> None:
        signal = report("Onveilige situatie")
        answer = Client().post(reverse(f"signals:{name}", args=[signal.reference]), data)
        assert answer.status_code == 302
        assert "/account/login/" in answer["Location"]


class TestSealed:
    @pytest.mark.parametrize("outsider", ["coordinator", "coordinator.ocmw", "wijkinspecteur", "beheerder", "dpo.ocmw"])
    def test_does_not_exist_for_others(self, cast: Cast, report: Make, sign_in: SignIn, outsider: str) -> None:
        signal = report("Bezorgd om iemand")
        address = reverse("signals:signal", args=[signal.reference])
        answer = sign_in(cast[outsider]).get(address)
        # Who reads no signals at all is stopped at the door, whatever the reference.
        nowhere = sign_in(cast[outsider]).get(reverse("signals:signal", args=["S-BOKA-0000"]))
        assert answer.status_code == nowhere.status_code in (403, 404)
        assert sign_in(cast["verpleegkundige"]).get(address).status_code == 200

    def test_is_steered_by_the_team_that_keeps_it(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal = report("Bezorgd om iemand")
        answer = sign_in(cast["verpleegkundige"]).post(
            reverse("signals:signal-closure", args=[signal.reference]), {"outcome": "Bezoek gebracht."}
        )
        assert answer.status_code == 302
        assert Signal.objects.get(pk=signal.pk).status == "closed"


class TestLimited:
    def test_is_404_for_who_only_knows_of_it(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal = report("Schuldhulp of steun")
        address = reverse("signals:signal", args=[signal.reference])
        assert sign_in(cast["coordinator"]).get(address).status_code == 404
        assert sign_in(cast["coordinator.ocmw"]).get(address).status_code == 200


class TestShareEnd:
    def test_is_for_who_steers_the_signal(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal = report("Onveilige situatie")
        given = signal.share(
            by=cast["coordinator"], team=Team.objects.get(code="wijkwerking-noord"), text="Let op.",
            legal_ground="Taak", purpose="Toezicht", expires_at=timezone.now() + dt.timedelta(days=2),
        )  # fmt: skip
        address = reverse("signals:share-end", args=[given.pk])
        assert sign_in(cast["gemeenschapswacht"]).post(address).status_code == 403
        assert sign_in(cast["coordinator.rand"]).post(address).status_code == 404
        assert sign_in(cast["coordinator"]).get(address).status_code == 405
        assert sign_in(cast["coordinator"]).post(address).status_code == 302
        assert not Share.objects.current().filter(pk=given.pk).exists()
