"""An older shell and the server of today: what it saved is taken in, and what it reads is still there."""

import hashlib
import itertools
import json
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from signals.field import records
from signals.models import Category, Delivery, Signal, Task
from teams.models import Team
from tests.cast import Cast
from tests.field.shapes import NEW_NUMBER, SHELLS, schemas, shape, written
from tests.field.tablet import FieldTablet, seen
from tests.signals.files import picture

type Make = Callable[..., Signal]

# Who changes one of these changes what tablets in drawers are held to have written.
FROZEN = {1: "0743d9745147e468", 2: "8ceb48a49222e56a", 3: "4a95d37c62991c78", 4: "7d6273fe9f4942ff"}

# What today's server cannot do without, by what the record is about. The pass proves who wrote it. Adding to this is
# refusing what lies on tablets: that takes a schema of its own.
DEMANDED = {
    "record": {"schema", "id", "kind", "author", "signal"},
    "signal": set[str](),
    "help": {"phone", "consent", "category"},
    "task": {"id", "act"},
    "round": {"round"},
}


@pytest.fixture
def given(tablet: FieldTablet, report: Make) -> dict[str, Any]:
    """What stands in the place of the words with an @."""
    team = Team.objects.get(code="gemeenschapswachten")
    tasks = [Task.objects.create(signal=report(), team=team, title="Fietswrak wegnemen") for _task in range(2)]
    assert tablet.user
    return {
        "@author": str(tablet.user.pk), "@pass": tablet.shift_pass, "@round": str(uuid7()),
        "@category": Category.objects.get(name="Sluikstort").pk, "@signal": str(report().pk),
        "@help": Category.objects.get(name="Iemand vraagt hulp").pk,
        "@task": str(tasks[0].pk), "@other": str(tasks[1].pk),
    }  # fmt: skip


def filled(body: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        json.dumps(body),
        object_hook=lambda part: {k: given.get(v, v) if isinstance(v, str) else v for k, v in part.items()},
    )
    return found


class TestRecord:
    @pytest.mark.parametrize("schema", schemas())
    def test_of_an_older_shell_is_taken_in(self, tablet: FieldTablet, given: dict[str, Any], schema: int) -> None:
        for body in written(schema):
            answer = tablet.send(tablet.seal(filled(body, {**given, "@id": str(uuid7())}), {}))
            assert answer.status_code == 201, (body, answer.json())
            assert answer.json()["result"] != "conflict", body
        assert set(Delivery.objects.values_list("schema", flat=True)) == {schema}

    def test_of_a_schema_that_was_given_out_is_never_written_anew(self) -> None:
        found = {
            schema: hashlib.sha256((SHELLS / f"schema-{schema}.json").read_bytes()).hexdigest()[:16]
            for schema in schemas()
        }
        assert found == FROZEN, NEW_NUMBER

    def test_of_the_newest_schema_is_what_the_shell_makes(self) -> None:
        shell = Path(settings.BASE_DIR, "static/field/outbox.js").read_text()
        [number] = re.findall(r"^const SCHEMA = (\d+);", shell, re.MULTILINE)
        assert [int(number), max(records.READERS)] == [schemas()[-1]] * 2, NEW_NUMBER
        assert list(records.READERS) == schemas()
        shapes = [{shape(each) for each in written(schema)} for schema in schemas()]
        assert not [one for one, other in itertools.pairwise(shapes) if one == other], NEW_NUMBER

    def test_of_nothing_but_what_is_demanded_is_taken_in(self, tablet: FieldTablet, given: dict[str, Any]) -> None:
        signal, help_, task, round_ = (written(1)[at] for at in (0, 3, 5, 7))
        assert {part for part in signal if not is_read(signal, part)} == DEMANDED["record"]
        for name, body in {"signal": signal, "help": help_, "task": task, "round": round_}.items():
            kind = body["kind"]
            parts = {part: said for part, said in body[kind].items() if part in DEMANDED[name]}
            bare = {**{part: body[part] for part in ("schema", "id", "kind", "author", "pass")}, kind: parts}
            answer = tablet.send(tablet.seal(filled(bare, {**given, "@id": str(uuid7())}), {}))
            assert answer.status_code == 201, (name, answer.json())


def is_read(body: dict[str, Any], without: str) -> bool:
    pk = str(uuid.UUID(int=1))
    whole = filled(body, {"@id": pk, "@author": pk, "@category": 1})
    del whole[without]
    try:
        records.read(whole)
    except Refused:
        return False
    return True


def keys(answer: Any, name: str = "") -> set[str]:
    """`person.name` and such, of all that an answer holds."""
    if not isinstance(answer, dict):
        return {name}
    return {name, *(key for part, value in answer.items() for key in keys(value, f"{name}.{part}".lstrip(".")))} - {""}


class TestAnswer:
    """What a shell of any age reads of it. More may come; what stands here never goes, or changes its meaning."""

    def test_to_how_things_stand(self, tablet: FieldTablet) -> None:
        found = tablet.client.get("/veld/stand/").json()
        assert keys(found) >= {
            "now", "csrf", "person.id", "person.name", "person.may_register", "person.may_recover", "tablet.id",
            "tablet.name", "tablet.order", "tablet.revoked", "key.id", "key.jwk.kty", "key.jwk.n", "key.jwk.e",
            "key.jwk.alg", "shift.id", "shift.pass",
        }  # fmt: skip
        nobody = Client().get("/veld/stand/").json()
        assert [nobody[name] for name in ("person", "tablet", "shift")] == [None] * 3
        assert tablet.client.get("/veld/stand/").headers["X-Gebied"] == "veld"

    def test_to_a_shift_that_begins(self, cast: Cast) -> None:
        answer = FieldTablet(Client()).start(cast["gemeenschapswacht"])
        assert keys(answer.json()) >= {"shift", "pass", "person.id", "person.name", "tablet.name", "tablet.token"}

    def test_to_a_record_and_its_photo(self, tablet: FieldTablet) -> None:
        envelope = tablet.save("signal", seen(), [picture()])
        answer = tablet.send(envelope).json()
        assert set(answer) >= {"id", "hash", "missing", "result", "message", "reference"}
        assert set(tablet.send_photo(envelope, answer["missing"][0]).json()) >= {"id", "hash"}
        refused = tablet.send(tablet.save("signal", seen(), schema=99))
        assert set(refused.json()) >= {"message"}
        assert refused.headers["X-Gebied"] == "veld"

    def test_to_what_is_read_offline(self, tablet: FieldTablet, report: Make) -> None:
        Task.objects.create(signal=report(), team=Team.objects.get(code="gemeenschapswachten"), title="Fietswrak")
        found = tablet.client.get("/veld/gegevens/").json()
        assert set(found) >= {
            "as_of",
            "tiles",
            "tasks",
            "nearby",
            "feedback",
            "raised",
            "zone",
            "notes",
            "zones",
            "round",
        }
        assert set(found["tiles"][0]) >= {"id", "name", "icon", "about_persons"}
        assert set(found["tasks"][0]) >= {
            "id", "title", "subject", "place", "area", "due", "late", "status", "may_work", "words", "team",
        }  # fmt: skip
        assert set(found["raised"]) >= {"all", "words"}
