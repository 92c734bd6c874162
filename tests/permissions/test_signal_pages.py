"""The permission matrix of everything below one signal: each address, each role, four kinds of signal, exact answers.

404 for who may not know of it, 403 for who may read but not act, and always somebody for whom it works.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from signals.models import Attachment, Note, Share, Signal, Task
from teams.models import Team
from tests.cast import MARKE, OVERLEIE, Cast
from tests.permissions.people import CASES, EVERYBODY, GONE, NOTES, OVERSEEING, READS, STEERS, SUBJECT, WORKS

SPOT = {"Overleie": OVERLEIE, "Marke": MARKE}
STOPPED = {*OVERSEEING, GONE}

# address -> (method, who acts, answer to who may)
ON_SIGNAL = {
    "signals:signal": ("get", READS, 200),
    "signals:signal-closure": ("post", STEERS, 422),
    "signals:signal-undo": ("post", STEERS, 422),
    "signals:signal-cancellation": ("post", STEERS, 422),
    "signals:signal-reopening": ("post", STEERS, 422),
    "signals:signal-lifting": ("post", STEERS, 302),
    "signals:signal-level": ("post", STEERS, 422),
    "signals:signal-tasks": ("post", STEERS, 422),
    "signals:signal-shares": ("post", STEERS, 422),
    "signals:signal-notes": ("post", NOTES, 422),
}
ON_TASK = {
    "signals:task-return": ("post", WORKS, 422),
    "signals:task-completion": ("post", WORKS, 422),
}


@pytest.fixture
def signal(request: pytest.FixtureRequest, report: Callable[..., Signal]) -> Signal:
    subject, place = SUBJECT[request.param]
    return report(subject, at=SPOT[place])


def answers(clients: dict[str, Client], method: str, url: str) -> dict[str, int]:
    codes = {}
    for who, client in clients.items():
        response = getattr(client, method)(url)
        codes[who] = response.status_code
        if response.streaming:  # read to its end, as a browser would: that closes the file
            b"".join(response.streaming_content)
    return codes


def expected(case: str, may: set[str], answer: int, reads: set[str]) -> dict[str, int]:
    return {who: 403 if who in STOPPED else answer if who in may else 403 if who in reads else 404 for who in EVERYBODY}


@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_signal_has_somebody_who_may_and_somebody_who_may_not(case: str) -> None:
    assert READS[case] >= STEERS[case] != set()
    assert set(EVERYBODY) - READS[case]


@pytest.mark.parametrize(("signal", "case"), [(case, case) for case in CASES], indirect=["signal"])
class TestSignal:
    @pytest.mark.parametrize("address", ON_SIGNAL)
    def test_answers_each_as_it_should(
        self, signal: Signal, case: str, clients: dict[str, Client], address: str
    ) -> None:
        method, may, answer = ON_SIGNAL[address]
        url = reverse(address, args=[signal.reference])
        for who, client in clients.items():  # one after the other: an act of one must not decide for the next
            assert {who: getattr(client, method)(url).status_code} == {
                who: expected(case, may[case], answer, READS[case])[who]
            }

    @pytest.mark.parametrize("address", [name for name, (method, *_) in ON_SIGNAL.items() if method == "post"])
    def test_refuses_to_be_read_what_is_there_to_act(
        self, signal: Signal, case: str, clients: dict[str, Client], address: str
    ) -> None:
        actor = min(ON_SIGNAL[address][1][case])
        assert clients[actor].get(reverse(address, args=[signal.reference])).status_code == 405

    def test_answers_the_same_for_what_is_hidden_and_what_is_not_there(
        self, signal: Signal, case: str, clients: dict[str, Client]
    ) -> None:
        hidden = answers(clients, "get", reverse("signals:signal", args=[signal.reference]))
        absent = answers(clients, "get", reverse("signals:signal", args=["S-ZZZZ-0000"]))
        assert {who: hidden[who] for who in set(EVERYBODY) - READS[case]} == {
            who: absent[who] for who in set(EVERYBODY) - READS[case]
        }

    def test_keeps_its_photo_to_who_may_read_it(self, signal: Signal, case: str, clients: dict[str, Client]) -> None:
        photo = Attachment(
            signal=signal, organisation=signal.owner, team=signal.team, width=1, height=1, size=1, sha256="0" * 64,
            level=signal.level,
        )  # fmt: skip
        photo.file.save("x.jpg", ContentFile(b"x"), save=True)
        url = reverse("signals:attachment", args=[photo.pk])
        assert answers(clients, "get", url) == expected(case, READS[case], 200, set())

    def test_keeps_a_sealed_note_to_the_team_that_wrote_it(
        self, signal: Signal, case: str, clients: dict[str, Client], people: Cast
    ) -> None:
        writer = min(NOTES[case] & {"wijkinspecteur", "verpleegkundige", "coordinator.politie", "wijkinspecteur.zuid"})
        keeper = Team.objects.filter(memberships__user=people[writer]).exclude(kind="area").first()
        signal.add_note(by=people[writer], text="ZEEHOND in de tuin", level=2, team=keeper)
        assert Note.objects.get().level == 2
        sees = {
            who
            for who, client in clients.items()
            if b"ZEEHOND" in client.get(reverse("signals:signal", args=[signal.reference])).content
        }
        assert sees <= {writer}


@pytest.mark.parametrize(("signal", "case"), [(case, case) for case in CASES], indirect=["signal"])
class TestTask:
    def task(self, signal: Signal, people: Cast) -> Task:
        """The task a rule offered; of limited matter that no rule placed, one its coordinator offers."""
        ward = Team.objects.get(code="wijkwerking-noord")
        found = signal.tasks.first()
        return found or signal.offer(team=ward, title="Nagaan", by=people["coordinator.politie"])

    @pytest.mark.parametrize("address", ON_TASK)
    def test_is_worked_by_its_team_alone(
        self, signal: Signal, case: str, clients: dict[str, Client], people: Cast, address: str
    ) -> None:
        method, may, answer = ON_TASK[address]
        url = reverse(address, args=[self.task(signal, people).pk])
        assert answers(clients, method, url) == expected(case, may[case], answer, READS[case])

    def test_is_accepted_by_its_team_alone(
        self, signal: Signal, case: str, clients: dict[str, Client], people: Cast
    ) -> None:
        task = self.task(signal, people)
        url = reverse("signals:task-acceptance", args=[task.pk])
        for who, client in clients.items():
            Task.objects.filter(pk=task.pk).update(status="offered", accepted_at=None, accepted_by=None)
            assert {who: client.post(url).status_code} == {who: expected(case, WORKS[case], 302, READS[case])[who]}

    def test_is_withdrawn_by_who_steers_its_signal(
        self, signal: Signal, case: str, clients: dict[str, Client], people: Cast
    ) -> None:
        task = self.task(signal, people)
        url = reverse("signals:task-withdrawal", args=[task.pk])
        for who, client in clients.items():
            Task.objects.filter(pk=task.pk).update(
                status="offered", accepted_at=None, accepted_by=None, ended_at=None, ended_by=None
            )
            assert {who: client.post(url).status_code} == {who: expected(case, STEERS[case], 302, READS[case])[who]}

    def test_has_its_forms_on_a_page_for_its_team(
        self, signal: Signal, case: str, clients: dict[str, Client], people: Cast
    ) -> None:
        url = reverse("signals:task", args=[self.task(signal, people).pk]) + "?doe=return"
        assert answers(clients, "get", url) == expected(case, WORKS[case], 200, READS[case])


class TestShare:
    def share(self, report: Callable[..., Signal], cast: Cast) -> Share:
        return report("Bezorgd om iemand").share(
            by=cast["verpleegkundige"], team=Team.objects.get(code="wijkwerking-noord"), text="Graag even langsgaan.",
            legal_ground="Noodtoestand", purpose="Nagaan", expires_at=timezone.now() + dt.timedelta(days=7),
        )  # fmt: skip

    def test_is_read_by_its_receivers_alone(
        self, report: Callable[..., Signal], people: Cast, clients: dict[str, Client]
    ) -> None:
        url = reverse("signals:share", args=[self.share(report, people).pk])
        assert answers(clients, "get", url) == expected("sealed", {"wijkinspecteur"}, 200, set())

    def test_is_ended_by_who_gave_it_alone(
        self, report: Callable[..., Signal], people: Cast, clients: dict[str, Client]
    ) -> None:
        url = reverse("signals:share-end", args=[self.share(report, people).pk])
        assert answers(clients, "post", url) == expected("sealed", {"verpleegkundige"}, 302, set())
