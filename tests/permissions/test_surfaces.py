"""An attack on secrecy: whoever may not know, looks everywhere for it, and finds no word, no number and no gap."""

from collections.abc import Callable, Iterable, Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.periods import month_period
from signals import statistics
from signals.incoming.sorting import REFERENCE
from signals.intake import Contact, register
from signals.levels import Level
from signals.models import Feedback, Signal
from teams import reports
from teams.access import Access, access_of
from teams.models import User
from tests.cast import OVERLEIE, Cast, area
from tests.permissions.conftest import everybody
from tests.permissions.planted import FIELDS, KEEPERS, Secret, clues, plant_all, subject, word
from tests.permissions.surfaces import (
    Look,
    answer,
    by_reference,
    everything_about,
    looked,
    nearby,
    one_moment,
    printed,
    search,
)

type SignIn = Callable[[User], Client]
type Finds = Callable[[str], dict[str, str]]

# Whoever is not here has no kind of right that one of these does not have too: see the first test.
ATTACKERS = [
    "coordinator", "gebiedswerker", "gemeenschapswacht", "beheerder", "dpo", "coordinator.ocmw", "buurtwerker",
    "coordinator.politie", "wijkinspecteur.zuid", "fluvius",
]  # fmt: skip
ABSENT = "S-ZZZZ-0000"
PLACE = "Overleiestraat 12"


@pytest.fixture(scope="module", autouse=True)
def _the_clock_stands_still() -> Iterator[None]:
    """So that two answers to the same question are the same, byte for byte."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture(scope="module")
def secrets(city: None, _the_clock_stands_still: None) -> list[Secret]:
    return plant_all(everybody())


def weighed(client: Client, looks: Iterable[Look]) -> Iterator[tuple[str, int]]:
    """Each answer, with how many queries it took."""
    for look in looks:
        with CaptureQueriesContext(connection) as made:
            text = answer(client, look)
        yield text, len(made)


def hidden_from(who: str, secrets: list[Secret], cast: Cast) -> list[Secret]:
    return [secret for secret in secrets if not secret.is_for(who, cast)]


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, str]]:
    """What an attacker found everywhere: looked up once, for all tests that ask about it."""
    return {}


@pytest.fixture
def finds(found: dict[str, dict[str, str]], cast: Cast, sign_in: SignIn, secrets: list[Secret]) -> Finds:
    def look(who: str) -> dict[str, str]:
        if who not in found:
            found[who] = looked(sign_in(cast[who]), whereabouts(who, secrets, cast))
        return found[who]

    return look


def whereabouts(who: str, secrets: list[Secret], cast: Cast) -> list[Look]:
    return everything_about(hidden_from(who, secrets, cast)[0].running, PLACE)


def one_of_each(secrets: list[Secret], who: str, cast: Cast) -> list[Secret]:
    """Of what this person may not read, the first that is limited and the first that is sealed."""
    hidden = hidden_from(who, secrets, cast)
    return [next(s for s in hidden if s.level == level) for level in (Level.LIMITED, Level.SEALED)]


class TestAttackers:
    def test_have_every_kind_of_right_where_the_secrets_are(self, cast: Cast) -> None:
        here = area("Overleie").pk
        kinds = {who: kinds_of_right(access_of(person), here) for who, person in cast.items()}
        assert [who for who in kinds if not any(kinds[who] <= kinds[attacker] for attacker in ATTACKERS)] == []

    def test_come_from_every_organisation(self, cast: Cast) -> None:
        assert len({cast[who].organisation_id for who in ATTACKERS}) == len([*KEEPERS, "fluvius"])

    def test_read_nothing_that_they_attack(self, cast: Cast, secrets: list[Secret]) -> None:
        for who in ATTACKERS:
            assert {secret.level for secret in hidden_from(who, secrets, cast)} == {Level.LIMITED, Level.SEALED}


def kinds_of_right(access: Access, area_id: int) -> set[str]:
    on_area = {f"{action} area" for action in access.area_grants if area_id in access.areas(action)}
    special = {"administrator", "data_protection_officer"} & access.functions
    return on_area | {f"{action} team" for action in access.team_grants} | special


class TestWords:
    @pytest.mark.parametrize("who", ATTACKERS)
    def test_of_secret_matter_are_nowhere(self, cast: Cast, finds: Finds, secrets: list[Secret], who: str) -> None:
        hidden = hidden_from(who, secrets, cast)
        own_log = {s.running.reference for s in hidden} | {s.over.reference for s in hidden}
        for name, text in finds(who).items():
            found = [clue for clue in clues(hidden) if clue in text]
            if "leeslogboek" in name:  # whose organisation owns it, sees that it was read, by its reference
                found = [clue for clue in found if clue not in own_log]
            assert not found, f"{who} reads {found} on {name}"
            assert not any(f"deelzin{organisation}" in text for organisation in KEEPERS), f"a shared sentence on {name}"

    @pytest.mark.parametrize("organisation", KEEPERS)
    def test_are_there_for_who_keeps_it(
        self, cast: Cast, sign_in: SignIn, secrets: list[Secret], organisation: str
    ) -> None:
        """The control: the same places, with the words on them."""
        client = sign_in(cast[KEEPERS[organisation][1]])
        for secret in (secret for secret in secrets if secret.organisation == organisation):
            inbox = answer(client, Look("/postvak/?tab=alles"))
            assert secret.word("plaats") in inbox
            assert secret.word("tekst") in inbox
            assert secret.word("plaats") in answer(client, Look("/vandaag/"))
            near = [answer(client, look) for look in nearby(PLACE, OVERLEIE, secret.running.category)]
            registers = access_of(cast[KEEPERS[organisation][1]]).may("register")
            assert any(secret.word("plaats") in text for text in near) == registers
            page = answer(client, next(by_reference(secret.running.reference)))
            assert [field for field in FIELDS if secret.word(field) not in page] in ([], ["naam"])
            over = answer(client, next(by_reference(secret.over.reference)))
            assert secret.word("gedaan") in over

    @pytest.mark.parametrize("who", ["coordinator", "gebiedswerker", "coordinator.ocmw", "coordinator.politie", "dpo"])
    def test_are_not_found_by_looking_for_them(
        self, cast: Cast, sign_in: SignIn, secrets: list[Secret], who: str
    ) -> None:
        """A word of the secret finds as much as a word that nobody ever wrote."""
        client, nonsense = sign_in(cast[who]), "xwibbelniets"
        nothing = [text.replace(nonsense, "…") for text in looked(client, search(nonsense)).values()]
        for secret in one_of_each(secrets, who, cast):
            found = looked(client, search(secret.stem))
            said = [text.replace(secret.stem, "…") for text in found.values()]
            assert [name for name, a, b in zip(found, said, nothing, strict=True) if a != b] == []

    def test_of_a_shared_sentence_are_for_its_receivers(
        self, cast: Cast, sign_in: SignIn, secrets: list[Secret]
    ) -> None:
        received = answer(sign_in(cast["wijkinspecteur"]), Look("/postvak/?tab=alles"))
        assert "deelzinocmw" in received
        assert "deelzinstad" in received
        assert not any(clue in received for s in secrets if s.organisation != "politie" for clue in clues([s]))


class TestReference:
    @pytest.mark.parametrize("who", ["coordinator", "gebiedswerker", "coordinator.ocmw", "coordinator.politie", "dpo"])
    def test_that_is_hidden_answers_as_one_that_is_not_there(
        self, cast: Cast, sign_in: SignIn, secrets: list[Secret], who: str
    ) -> None:
        """Nor does the time it takes tell: the program asks the database as often."""
        client = sign_in(cast[who])
        with one_moment():
            answer(client, next(by_reference(ABSENT)))  # works out who asks, which is done once
            absent = list(weighed(client, by_reference(ABSENT)))
            for secret in one_of_each(secrets, who, cast):
                assert list(weighed(client, by_reference(secret.running.reference))) == absent
        assert {text[:3] for text, _queries in absent} <= {"403", "404"}

    def test_opens_it_for_who_may(self, cast: Cast, sign_in: SignIn, secrets: list[Secret]) -> None:
        for secret in secrets:
            client = sign_in(cast[KEEPERS[secret.organisation][1]])
            assert answer(client, next(by_reference(secret.running.reference))).startswith("200")


class TestNumbers:
    @pytest.mark.parametrize("who", ["coordinator", "gebiedswerker", "coordinator.ocmw", "coordinator.politie"])
    def test_do_not_move_when_something_sealed_comes(
        self, cast: Cast, sign_in: SignIn, finds: Finds, secrets: list[Secret], who: str
    ) -> None:
        """Every answer is the same, byte for byte, before and after: also for colleagues of who keeps it."""
        before = finds(who)
        for organisation in KEEPERS:
            self.seal(cast, organisation, secrets[0].running)
        looks = [look for look in whereabouts(who, secrets, cast) if "leeslogboek" not in look.url]
        after = looked(sign_in(cast[who]), looks)
        assert [name for name in after if before[name] != after[name]] == []

    def test_do_move_for_who_keeps_it(self, cast: Cast, sign_in: SignIn, secrets: list[Secret]) -> None:
        client = sign_in(cast["verpleegkundige"])
        look = Look("/postvak/?tab=team")
        before = answer(client, look)
        self.seal(cast, "ocmw", secrets[0].running)
        assert before != answer(client, look)

    def test_of_an_area_leave_sealed_matter_out_for_everybody(self, cast: Cast, secrets: list[Secret]) -> None:
        here, now = area("Overleie"), month_period(timezone.localdate())
        viewers = [access_of(cast[who]) for who in ("coordinator", KEEPERS["ocmw"][1], KEEPERS["politie"][1])]
        before = [statistics.by_subject(viewer, here, now) for viewer in viewers]
        self.seal(cast, "ocmw", None)
        assert [statistics.by_subject(viewer, here, now) for viewer in viewers] == before

    @staticmethod
    def seal(cast: Cast, organisation: str, near: Signal | None) -> None:
        """Something sealed at the same spot. Who tells it is no attacker: one's own reports are one's own."""
        register(
            Contact(
                category=subject(organisation, Level.SEALED), description="x", place=near.place if near else "",
                longitude=OVERLEIE[0], latitude=OVERLEIE[1], registered_by=cast["dienstencentrum"],
            )
        )  # fmt: skip


class TestPaper:
    def test_holds_no_word_in_any_copy(self, cast: Cast, sign_in: SignIn, secrets: list[Secret]) -> None:
        made = reports.draft(timezone.localdate(), area("Overleie"))
        readers = {"stad": "gebiedswerker", "ocmw": "buurtwerker", "politie": "coordinator.politie"}
        for report in made:
            text = printed(sign_in(cast[readers[report.organisation.code]]), report)
            assert "Overleie" in text
            assert f"Dit exemplaar is voor {report.organisation.name}" in " ".join(text.split())
            assert [s.stem for s in secrets if s.stem in text or "deelzin" in text] == []
            assert not [clue for s in secrets if s.level == Level.SEALED for clue in clues([s]) if clue in text]

    def test_of_another_organisation_is_not_there(self, cast: Cast, sign_in: SignIn) -> None:
        made = {report.organisation.code: report for report in reports.draft(timezone.localdate(), area("Overleie"))}
        assert printed(sign_in(cast["gebiedswerker"]), made["politie"]) == "404"
        assert printed(sign_in(cast["buurtwerker"]), made["stad"]) == "404"


class TestMail:
    def test_links_and_holds_nothing_secret(self, cast: Cast, secrets: list[Secret]) -> None:
        for secret in secrets:
            secret.running.close(by=cast[KEEPERS[secret.organisation][1]], outcome=secret.word("gedaan"))
        mails = list(Message.objects.all())
        closings = [mail for mail in mails if mail.key.startswith("closed:")]
        assert len(closings) == 2 * len(secrets)
        assert len(mails) > len(closings)  # receipts, and who is asked to take something over
        assert all("bezorgd aan de juiste dienst" in mail.body for mail in closings)
        for mail in mails:
            said = f"{mail.subject}\n{mail.body}".replace(mail.to.partition("@")[0], "")  # they know their own name
            assert "kwibbel" not in said
            assert REFERENCE.search(said) is None
            assert "Proef" not in said

    def test_nor_does_what_the_warden_hears(self, cast: Cast, sign_in: SignIn, secrets: list[Secret]) -> None:
        """Mo of the city told each of them. Of what others keep he hears that it arrived; of the city's own, more."""
        assert Feedback.objects.of(cast["gemeenschapswacht"]).count() == len(secrets)
        for place in ("/vandaag/terugkoppeling/", "/veld/gegevens/"):
            page = answer(sign_in(cast["gemeenschapswacht"]), Look(place))
            assert not [
                clue for s in secrets if not s.is_for("gemeenschapswacht", cast) for clue in clues([s]) if clue in page
            ]
            assert word("stad", Level.LIMITED, "gedaan") in page

    def test_nor_does_what_a_school_hears(self, cast: Cast, sign_in: SignIn, secrets: list[Secret]) -> None:
        """Its program told something of each. It reads none of them, and hears that they arrived."""
        assert Feedback.objects.of(cast["vereniging"]).count() == len(secrets)
        page = answer(sign_in(cast["vereniging"]), Look("/vandaag/terugkoppeling/"))
        assert not [clue for clue in clues(secrets) if clue in page]
        assert page.count("Bezorgd aan de juiste dienst.") == len(secrets)
        assert "opgelost" not in page
