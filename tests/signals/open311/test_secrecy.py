"""An attack by programs: anybody, and partners with a key, look for limited and sealed matter and find nothing."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from signals.intake import Contact, register
from signals.levels import Level
from signals.models import Category, Signal
from teams.models import Organisation, Team
from tests.cast import OVERLEIE, Cast
from tests.permissions.planted import KEEPERS, Secret, clues, plant, plant_all, prepare, subject
from tests.signals.open311.conftest import MakeKey

pytestmark = pytest.mark.django_db

CALLERS = ["", "school", "fluvius"]
ABSENT = "S-ZZZZ-0000"


@pytest.fixture
def keys(make_key: MakeKey) -> dict[str, str]:
    return {"": "", "school": make_key("school", team="school-wegwijzer"),
            "fluvius": make_key("fluvius", team="fluvius-verlichting")}  # fmt: skip


@pytest.fixture
def everything_public(kortrijk: None) -> None:
    """The widest the city can open: every subject that may be, with its words."""
    Category.objects.filter(level=Level.OPEN).update(public=True, public_words=True)


def ask(client: Client, key: str, path: str) -> str:
    answer = client.get(f"/open311/v2/{path}", headers={"X-Api-Key": key} if key else {})
    return f"{answer.status_code} {answer.text}"


def everywhere(secret: Secret) -> list[str]:
    code = secret.running.category.code
    numbers = f"{secret.running.reference},{secret.over.reference}"
    return [
        "services.xml", f"services/{code}.json", "requests.xml", "requests.json", "requests.json?status=closed",
        f"requests.json?service_code={code}", f"requests.json?service_request_id={numbers}",
        f"requests/{secret.running.reference}.xml", f"requests/{secret.over.reference}.json",
        f"tokens/{secret.running.reports.all()[0].pk}.json",
    ]  # fmt: skip


@pytest.mark.parametrize("who", CALLERS)
class TestProgram:
    def test_finds_no_word_and_no_number(
        self, client: Client, cast: Cast, keys: dict[str, str], everything_public: None, who: str,
        report: Callable[..., Signal],
    ) -> None:  # fmt: skip
        shown = report("Straatverlichting")
        secrets = plant_all(cast)
        for secret in secrets:
            for path in everywhere(secret):
                text = ask(client, keys[who], path)
                asked = {secret.running.reference, secret.over.reference} if secret.running.reference in path else set()
                found = [clue for clue in clues(secrets) if clue in text and clue not in asked]
                if "404" not in text[:3]:
                    assert not found, path
                assert not [s.stem for s in secrets if s.stem in text and f"proef-{s.organisation}" not in text], path
        assert shown.reference in ask(client, keys[who], "requests.json")  # the control

    def test_gets_the_same_answer_for_what_is_hidden_and_what_is_not_there(
        self, client: Client, cast: Cast, keys: dict[str, str], everything_public: None, who: str
    ) -> None:
        absent = ask(client, keys[who], f"requests/{ABSENT}.json")
        assert absent.startswith("404")
        for secret in plant_all(cast):
            reference = secret.running.reference
            assert ask(client, keys[who], f"requests/{reference}.json").replace(reference, ABSENT) == absent
            asked = ask(client, keys[who], f"requests.json?service_request_id={reference}")
            assert asked == "200 []"

    def test_sees_no_answer_change_when_something_secret_comes(
        self, client: Client, cast: Cast, keys: dict[str, str], everything_public: None, who: str,
        report: Callable[..., Signal],
    ) -> None:  # fmt: skip
        prepare(cast)
        report("Straatverlichting")
        paths = ["services.json", "requests.json", "requests.xml?status=open", "requests.json?page_size=1&page=2"]
        with time_machine.travel(timezone.now(), tick=False):
            before = [ask(client, keys[who], path) for path in paths]
            for organisation in KEEPERS:
                plant(cast, organisation, Level.LIMITED)
                plant(cast, organisation, Level.SEALED)
            assert [ask(client, keys[who], path) for path in paths] == before


class TestKeyOfAKeeper:
    def test_reads_nothing_limited_or_sealed_of_its_own_organisation(
        self, client: Client, cast: Cast, make_key: MakeKey
    ) -> None:
        """Also of a partner that owns secret matter itself: that is for people, under their name."""
        prepare(cast)
        category = subject("stad", Level.LIMITED)
        Category.objects.filter(pk=category.pk).update(owner=Organisation.objects.get(code="fluvius"))
        category.rules.update(team=Team.objects.get(code="fluvius-verlichting"))
        category.refresh_from_db()
        made = register(Contact(category=category, description="kwibbel", longitude=OVERLEIE[0], latitude=OVERLEIE[1]))
        assert made.signal.team is not None
        assert made.signal.team.code == "fluvius-verlichting"
        key = make_key("fluvius", team="fluvius-verlichting")
        assert ask(client, key, "requests.json") == "200 []"
        assert ask(client, key, f"requests/{made.signal.reference}.json").startswith("404")
        Signal.objects.update(level=Level.OPEN)
        assert "kwibbel" in ask(client, key, "requests.json")  # the control
