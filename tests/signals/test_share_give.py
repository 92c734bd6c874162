"""A sentence for another team: how it is given, and what its receiver sees."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.audit.models import ReadEntry
from signals.models import Share, Signal
from teams.models import Team, User
from tests.cast import KOOIGEM, Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

DAY = dt.timedelta(days=1)


def sentence(**changes: Any) -> dict[str, Any]:
    team = Team.objects.get(code=changes.pop("to", "wijkwerking-zuid"))
    until = timezone.localdate() + 10 * DAY
    return {
        "team": team.pk, "text": "Bel eerst aan bij de buur.", "ground": "vital", "purpose": "Veilig huisbezoek",
        "until": until.isoformat(), **changes,
    }  # fmt: skip


@pytest.fixture
def signal(report: Make) -> Signal:
    return report("Bezorgd om iemand", at=KOOIGEM, place="Dorpsstraat 8", description="Mevrouw opent niet meer.")


@pytest.fixture
def joke(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["verpleegkundige"])


def give(client: Client, signal: Signal, **changes: Any) -> Any:
    return client.post(reverse("signals:signal-shares", args=[signal.reference]), sentence(**changes))


class TestGiving:
    def test_keeps_ground_purpose_and_end(self, joke: Client, signal: Signal) -> None:
        assert give(joke, signal).status_code == 302
        share = Share.objects.get()
        assert share.legal_ground == "Vitaal belang: acuut gevaar voor iemand (AVG 6.1.d)"
        assert share.purpose == "Veilig huisbezoek"
        assert timezone.localtime(share.expires_at).date() == timezone.localdate() + 10 * DAY

    def test_takes_a_ground_in_one_s_own_words(self, joke: Client, signal: Signal) -> None:
        give(joke, signal, ground="other", other_ground="Vonnis van de vrederechter")
        assert Share.objects.get().legal_ground == "Vonnis van de vrederechter"

    @pytest.mark.parametrize(("changes", "refusal"), [
        ({"team": ""}, "Kies een team."),
        ({"text": ""}, "Schrijf de zin die zij mogen lezen."),
        ({"ground": ""}, "Kies de grond waarop je dit mag delen."),
        ({"ground": "other"}, "Zeg welke grond."),
        ({"purpose": ""}, "Zeg waarvoor ze het nodig hebben."),
        ({"until": "2020-01-01"}, "Die dag is voorbij."),
        ({"until": "2090-01-01"}, "Deel hoogstens een jaar"),
    ])  # fmt: skip
    def test_refuses_and_keeps_the_rest(
        self, joke: Client, signal: Signal, changes: dict[str, str], refusal: str
    ) -> None:
        answer = give(joke, signal, **changes)
        assert answer.status_code == 422
        assert refusal in answer.content.decode()
        kept = sentence(**changes)
        assert all(str(kept[name]) in answer.content.decode() for name in ("text", "purpose", "until"))
        assert not Share.objects.exists()


class TestReceiving:
    def test_shows_the_sentence_and_nothing_of_the_signal(
        self, cast: Cast, joke: Client, sign_in: SignIn, signal: Signal
    ) -> None:
        give(joke, signal)
        luc = sign_in(cast["wijkinspecteur.zuid"])
        shown = luc.get(reverse("signals:share", args=[Share.objects.get().pk])).content.decode()
        for words in ("Bel eerst aan bij de buur.", "Veilig huisbezoek", "Vitaal belang", "Joke Lambrecht"):
            assert words in shown
        for secret in (signal.reference, str(signal.pk), "Dorpsstraat", "Mevrouw", "Bezorgd om iemand"):
            assert secret not in shown
        assert luc.get(reverse("signals:signal", args=[signal.reference])).status_code == 404

    def test_leaves_a_reading_on_record(self, cast: Cast, joke: Client, sign_in: SignIn, signal: Signal) -> None:
        give(joke, signal)
        sign_in(cast["wijkinspecteur.zuid"]).get(reverse("signals:share", args=[Share.objects.get().pk]))
        entry = ReadEntry.objects.get(reader_id=cast["wijkinspecteur.zuid"].pk)
        assert (entry.object_id, entry.surface) == (signal.pk, "share")

    def test_is_404_for_others_and_afterwards(self, cast: Cast, joke: Client, sign_in: SignIn, signal: Signal) -> None:
        give(joke, signal)
        share = Share.objects.get()
        address = reverse("signals:share", args=[share.pk])
        luc = sign_in(cast["wijkinspecteur.zuid"])
        assert sign_in(cast["wijkinspecteur"]).get(address).status_code == 404
        assert luc.get(address).status_code == 200
        share.revoke(by=cast["verpleegkundige"])
        assert luc.get(address).status_code == 404

    def test_lets_the_receiver_answer_a_task_on_it(
        self, cast: Cast, joke: Client, sign_in: SignIn, signal: Signal
    ) -> None:
        give(joke, signal)
        task = signal.offer(team=Team.objects.get(code="wijkwerking-zuid"), title="Meegaan", by=cast["verpleegkundige"])
        luc, address = sign_in(cast["wijkinspecteur.zuid"]), reverse("signals:share", args=[Share.objects.get().pk])
        assert "Meegaan" in luc.get(address).content.decode()
        accepted = luc.post(reverse("signals:task-acceptance", args=[task.pk]), {"next": address})
        assert accepted["Location"] == address
        task.refresh_from_db()
        assert task.status == "accepted"
