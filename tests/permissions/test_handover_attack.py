"""Attacks on a handover of sealed matter: before the yes its receiver reads one sentence, and nobody else anything."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.audit.models import ReadEntry
from kortrijk_gebied.jobs.models import Message
from signals.handing import hand_over
from signals.levels import Level
from signals.models import Handover
from teams.models import Team, User
from tests.cast import Cast
from tests.permissions.planted import Secret, clues, plant, prepare
from tests.permissions.surfaces import Look, answer, by_reference, everything_about, looked, one_moment

type SignIn = Callable[[User], Client]

PLACE = "Overleiestraat 12"
SENTENCE = "overdrachtzin: graag van ons overnemen."
GIVER, RECEIVER = "verpleegkundige", "wijkinspecteur"
OTHERS = ["coordinator.ocmw", "coordinator.politie", "coordinator", "gebiedswerker", "buurtwerker", "beheerder", "dpo"]


@pytest.fixture
def secret(cast: Cast) -> Secret:
    prepare(cast)
    return plant(cast, "ocmw", Level.SEALED)


def asks(cast: Cast, secret: Secret) -> Handover:
    return hand_over(
        signal=secret.running, by=cast[GIVER], team=Team.objects.get(code="wijkwerking-noord"), text=SENTENCE,
        legal_ground="Gedeeld beroepsgeheim",
    )  # fmt: skip


def where_it_could_show(secret: Secret) -> list[Look]:
    """Where a handover itself could be told of. That sealed matter shows nowhere is what `test_surfaces` asks."""
    lists = [Look(f"/postvak/?tab={tab}") for tab in ("doen", "team", "wacht", "alles")]
    counts = Look("/postvak/aantallen/?tab=alles", headers={"HX-Request": "true"})
    pages = [Look(path) for path in ("/vandaag/", "/veld/gegevens/", "/gebieden/overleie/?alles=1", "/signalen/week/")]
    return [*lists, counts, *pages, *by_reference(secret.running.reference)]


def looks(secret: Secret, asked: Handover | None = None) -> list[Look]:
    found = [*everything_about(secret.running, PLACE), *by_reference(secret.running.reference)]
    if asked:
        page = reverse("signals:handover", args=[asked.pk])
        found += [Look(page), Look(page, headers={"HX-Request": "true"}), Look(f"{page}?doe=refusal")]
    return [look for look in found if "leeslogboek" not in look.url]


class TestBeforeTheYes:
    @pytest.mark.parametrize("who", OTHERS)
    def test_nothing_moves_for_anybody_else(self, cast: Cast, sign_in: SignIn, secret: Secret, who: str) -> None:
        """Not one byte of any answer, nor on the address of the handover itself."""
        client = sign_in(cast[who])
        places = where_it_could_show(secret)
        with time_machine.travel(timezone.now(), tick=False):
            before = looked(client, places)
            asked = asks(cast, secret)
            after = looked(client, places)
        assert [name for name in before if before[name] != after[name]] == []
        page = answer(client, Look(reverse("signals:handover", args=[asked.pk])))
        absent = answer(client, Look(reverse("signals:handover", args=[secret.running.pk])))
        assert page == absent
        for act in ("acknowledgement", "refusal", "withdrawal", "confirmation", "retraction"):
            done = answer(client, Look(reverse(f"signals:handover-{act}", args=[asked.pk]), {"reason": "x"}))
            assert done[:3] in ("403", "404")
            assert done == answer(client, Look(reverse(f"signals:handover-{act}", args=[secret.running.pk]), {}))

    def test_the_receiver_reads_the_sentence_and_not_a_word_more(
        self, cast: Cast, sign_in: SignIn, secret: Secret
    ) -> None:
        asked = asks(cast, secret)
        client = sign_in(cast[RECEIVER])
        for name, text in looked(client, looks(secret, asked)).items():
            assert secret.stem not in text, name
            if secret.running.reference not in name:
                assert secret.running.reference not in text, name
        assert SENTENCE in answer(client, Look("/postvak/?tab=team"))
        assert SENTENCE in answer(client, Look(reverse("signals:handover", args=[asked.pk])))
        log = ReadEntry.objects.filter(surface="handover", reader_id=cast[RECEIVER].pk)
        assert log.count() >= 2

    def test_the_giver_still_has_all_of_it(self, cast: Cast, sign_in: SignIn, secret: Secret) -> None:
        """The control."""
        asks(cast, secret)
        page = answer(sign_in(cast[GIVER]), next(by_reference(secret.running.reference)))
        assert secret.word("tekst") in page
        assert SENTENCE in page

    def test_no_mail_holds_a_word_of_it(self, cast: Cast, secret: Secret) -> None:
        asks(cast, secret).acknowledge(by=cast[RECEIVER])
        for mail in Message.objects.filter(key__startswith="handover:"):
            assert SENTENCE not in mail.body
            assert not [clue for clue in clues([secret]) if clue in f"{mail.subject} {mail.body}"]


class TestAfterTheYes:
    def test_the_giver_reads_not_a_word_any_more(self, cast: Cast, sign_in: SignIn, secret: Secret) -> None:
        asked = asks(cast, secret)
        asked.acknowledge(by=cast[RECEIVER])
        client = sign_in(cast[GIVER])
        # What only the signal that was handed over holds: of the other one, which is closed, the giver reads the rest.
        words = [secret.word(field) for field in ("nota", "taak", "foto")]
        for name, text in looked(client, looks(secret, asked)).items():
            assert not [word for word in words if word in text and word not in name], name
            assert SENTENCE not in text, name
        page = answer(client, Look(reverse("signals:handover", args=[asked.pk])))
        assert page.startswith("200")
        assert "Wijkwerking Noord" in page
        assert answer(client, next(by_reference(secret.running.reference))).startswith("404")

    def test_the_receiver_has_all_of_it(self, cast: Cast, sign_in: SignIn, secret: Secret) -> None:
        """The control."""
        asks(cast, secret).acknowledge(by=cast[RECEIVER])
        page = answer(sign_in(cast[RECEIVER]), next(by_reference(secret.running.reference)))
        assert [f for f in ("tekst", "plaats", "nota", "later") if secret.word(f) not in page] == []

    def test_the_rest_of_the_new_owner_reads_nothing(self, cast: Cast, sign_in: SignIn, secret: Secret) -> None:
        asks(cast, secret).acknowledge(by=cast[RECEIVER])
        client = sign_in(cast["coordinator.politie"])
        with one_moment():
            for look in looks(secret):
                assert secret.stem not in answer(client, look).replace(look.url, "")
