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
from tests.permissions.planted import KEEPERS, Secret, clues, plant_all, prepare, subject
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


LISTS = ["services.xml", "requests.xml", "requests.json", "requests.json?status=closed"]


def about(secret: Secret) -> list[str]:
    """As somebody asks who knows what to look for."""
    return [
        f"services/{secret.running.category.code}.json", f"requests.json?service_code={secret.running.category.code}",
        f"requests.json?service_request_id={secret.running.reference},{secret.over.reference}",
        f"requests/{secret.over.reference}.xml", f"tokens/{secret.running.reports.all()[0].pk}.json",
    ]  # fmt: skip


@pytest.mark.parametrize("who", CALLERS)
class TestProgram:
    def test_finds_nothing_and_cannot_tell_it_from_what_is_not_there(
        self, client: Client, cast: Cast, keys: dict[str, str], everything_public: None, who: str,
        report: Callable[..., Signal],
    ) -> None:  # fmt: skip
        """The school even reported every one of them."""
        shown = report("Straatverlichting")
        secrets = plant_all(cast)
        absent = ask(client, keys[who], f"requests/{ABSENT}.json")
        assert absent.startswith("404")
        for path in LISTS:
            text = ask(client, keys[who], path)
            assert [clue for clue in clues(secrets) if clue in text] == [], path
        for secret in secrets:
            reference = secret.running.reference
            assert ask(client, keys[who], f"requests/{reference}.json").replace(reference, ABSENT) == absent
            for path in about(secret):
                text = ask(client, keys[who], path)
                assert not [clue for clue in clues(secrets) if clue in text and clue not in path], path
        assert shown.reference in ask(client, keys[who], "requests.json")  # the control

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
                for level in (Level.LIMITED, Level.SEALED):
                    register(Contact(category=subject(organisation, level), description="x",
                                     longitude=OVERLEIE[0], latitude=OVERLEIE[1]))  # fmt: skip
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
