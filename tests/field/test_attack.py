"""Attacks through the tablet: by a record somebody forges, nobody reads, joins, acts on or finds what is hidden."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kortrijk_gebied.ids import uuid7
from signals.field.notices import notices_on, photos_to_come
from signals.levels import Level
from signals.models import Delivery, Note, PatrolRound, Report, Shift, Signal, Task
from teams.models import Organisation, Team, User
from tests.cast import Cast
from tests.field.tablet import FieldTablet, seen
from tests.permissions.planted import Secret, clues, plant, prepare
from tests.signals.files import picture

type SignIn = Callable[[User], Client]
type Make = Callable[..., Signal]

HELP = {"phone": "0470 12 34 56", "consent": True}


@pytest.fixture
def secrets(cast: Cast) -> list[Secret]:
    prepare(cast)
    return [plant(cast, "ocmw", Level.SEALED), plant(cast, "politie", Level.LIMITED)]


def weighed(tablet: FieldTablet, kind: str, content: dict[str, Any], **changes: Any) -> tuple[Any, int]:
    """What came back, less what is of this record alone, and how many questions it took."""
    envelope = tablet.save(kind, content, **changes)
    with CaptureQueriesContext(connection) as made:
        answer = tablet.send(envelope)
    said = {name: value for name, value in answer.json().items() if name not in ("id", "hash", "reference")}
    return (answer.status_code, said), len(made)


class TestTask:
    """A task that was never one's own is, whatever is asked of it, a task that does not exist."""

    @pytest.mark.parametrize("act", ["accept", "done", "return"])
    def test_that_is_hidden_answers_as_one_that_is_not_there(
        self, tablet: FieldTablet, secrets: list[Secret], act: str
    ) -> None:
        notes = Note.objects.count()
        absent = weighed(tablet, "task", {"id": str(uuid7()), "act": act, "text": "Ik was daar."})
        assert absent[0][0] == 422
        for secret in secrets:
            task = secret.running.tasks.exclude(team__code="gemeenschapswachten").earliest("pk")
            before = task.status
            assert weighed(tablet, "task", {"id": str(task.pk), "act": act, "text": "Ik was daar."}) == absent
            task.refresh_from_db()
            assert task.status == before
        assert Note.objects.count() == notes

    def test_of_another_team_of_the_same_organisation_takes_no_words(
        self, tablet: FieldTablet, cast: Cast, report: Make
    ) -> None:
        task = report().offer(team=Team.objects.get(code="preventie"), title="Nagaan", by=cast["coordinator"])
        sent = tablet.save("task", {"id": str(task.pk), "act": "done", "text": "Ik was daar."})
        assert tablet.send(sent).status_code == 422
        assert not Note.objects.exists()

    def test_that_was_with_ones_team_keeps_words_and_photo(self, tablet: FieldTablet, cast: Cast, report: Make) -> None:
        """The control: also when the author is in no team any more."""
        task = report().offer(team=Team.objects.get(code="gemeenschapswachten"), title="Nagaan", by=cast["coordinator"])
        task.team = Team.objects.get(code="preventie")
        task.save(update_fields=["team"])
        sent = tablet.save("task", {"id": str(task.pk), "act": "done", "text": "Ik was daar."}, [picture()])
        cast["gemeenschapswacht"].memberships.update(ends="2026-01-02", starts="2026-01-01")
        answer = tablet.send(sent).json()
        assert answer["result"] == "conflict"
        assert Note.objects.get().text == "Ik was daar."
        assert tablet.send_photo(sent, answer["missing"][0]).status_code == 201
        assert task.signal.attachments.count() == 1


class TestSignal:
    def test_that_is_hidden_is_not_joined_and_answers_as_one_that_is_not_there(
        self, tablet: FieldTablet, secrets: list[Secret]
    ) -> None:
        absent = weighed(tablet, "signal", seen(join=str(uuid7())))
        assert absent[0][0] == 201
        for secret in secrets:
            count = secret.running.reports.count()
            answer, _queries = weighed(tablet, "signal", seen(join=str(secret.running.pk)))
            assert answer == absent[0]
            assert secret.running.reports.count() == count

    def test_costs_as_much_to_ask_after_as_one_that_is_not_there(
        self, tablet: FieldTablet, secrets: list[Secret]
    ) -> None:
        for _time in range(3):  # told so often at one spot, each next one is a repetition
            weighed(tablet, "signal", seen(join=str(uuid7())))
        absent = weighed(tablet, "signal", seen(join=str(uuid7())))
        assert [weighed(tablet, "signal", seen(join=str(each.running.pk))) for each in secrets] == [absent, absent]

    def test_that_is_open_is_joined(self, tablet: FieldTablet, report: Make) -> None:
        """The control."""
        assert weighed(tablet, "signal", seen(join=str(report().pk)))[0][1]["result"] == "joined"

    def test_under_the_id_of_anothers_report_stands_by_itself(
        self, tablet: FieldTablet, secrets: list[Secret], report: Make
    ) -> None:
        """Nor is any number told of it, or one word changed."""
        reports = [*(each.running.reports.earliest("received_at") for each in secrets), report().reports.get()]
        for known in reports:
            Delivery.objects.filter(report=known).delete()
            sent = forged(tablet, known.pk)
            answer = tablet.send(sent)
            assert (answer.status_code, answer.json()["result"]) == (201, "registered")
            assert known.signal.reference not in answer.text
            assert Report.objects.get(pk=known.pk).description == known.description
            assert Delivery.objects.get(pk=known.pk).report_id != known.pk

    def test_that_somebody_else_sent_is_not_found_by_its_id(self, tablet: FieldTablet, cast: Cast) -> None:
        """Neither with nonsense nor with a whole record of one's own does it say more than an id of nobody."""
        sealed = tablet.save("signal", seen("Iemand vraagt hulp", **HELP))
        assert tablet.send(sealed).status_code == 201
        other = FieldTablet(Client(), name="Tablet 4")
        other.start(cast["wijkinspecteur"])
        for pk in (sealed["id"], str(uuid7())):
            answer = other.client.put(f"/veld/berichten/{pk}/", {"author": "x"}, "application/json")
            assert answer.status_code == 422
        answer = other.send(forged(other, uuid.UUID(sealed["id"])))
        assert (answer.status_code, answer.json()["reason"]) == (403, "author")
        assert Report.objects.count() == 1


def forged(tablet: FieldTablet, pk: uuid.UUID) -> dict[str, Any]:
    """A record in order, under an id that one should not know."""
    assert tablet.user
    body = {"schema": 1, "id": str(pk), "kind": "signal", "author": str(tablet.user.pk), "pass": tablet.shift_pass,
            "photos": [], "signal": seen()}  # fmt: skip
    return tablet.seal(body, {})


class TestAnswer:
    """What a tablet hears of its own records, when they became secret."""

    def test_gives_no_number_of_what_is_sealed_meanwhile(self, tablet: FieldTablet) -> None:
        sent = tablet.save("signal", seen())
        assert tablet.send(sent).json()["reference"]
        Signal.objects.update(level=Level.SEALED)
        assert tablet.send(sent).json()["reference"] == ""

    def test_of_help_tells_a_coordinator_who_brings_it_in_nothing(
        self, tablet: FieldTablet, cast: Cast, sign_in: SignIn
    ) -> None:
        sent = tablet.save("signal", seen("Iemand vraagt hulp", **HELP))
        tablet.client.force_login(cast["coordinator"])
        answer = tablet.send(sent)
        signal = Signal.objects.get()
        assert signal.level == Level.SEALED
        for told in (answer.text, sign_in(cast["coordinator"]).get("/signalen/tablets/").text):
            assert not [word for word in (signal.reference, HELP["phone"]) if str(word) in told]


class TestReading:
    @pytest.mark.parametrize("who", ["gemeenschapswacht", "coordinator", "buurtwerker", "coordinator.politie"])
    def test_takes_no_secret_word_along(self, cast: Cast, secrets: list[Secret], who: str) -> None:
        tablet = FieldTablet(Client(), name=f"van {who}")
        assert tablet.start(cast[who]).status_code == 201
        found = tablet.client.get("/veld/gegevens/").text
        hidden = [secret for secret in secrets if not secret.is_for(who, cast)]
        assert [clue for clue in clues(hidden) if clue in found] == []
        assert "deelzin" not in found

    def test_takes_what_is_limited_along_for_who_keeps_it(self, cast: Cast, secrets: list[Secret]) -> None:
        """The control: its task, with its words. What is sealed stays in the house, whoever asks."""
        tablet = FieldTablet(Client())
        tablet.start(cast["wijkinspecteur"])
        assert secrets[1].word("tekst") in tablet.client.get("/veld/gegevens/").text
        nurse = FieldTablet(Client(), name="Tablet 4")
        if nurse.start(cast["verpleegkundige"]).status_code == 201:
            assert secrets[0].stem not in nurse.client.get("/veld/gegevens/").text

    def test_names_a_task_but_not_the_matter_that_one_may_not_read(
        self, tablet: FieldTablet, cast: Cast, secrets: list[Secret]
    ) -> None:
        limited = secrets[1].running
        Task.objects.create(signal=limited, team=Team.objects.get(code="gemeenschapswachten"), title="Samen langsgaan")
        found = tablet.client.get("/veld/gegevens/")
        [task] = found.json()["tasks"]
        assert (task["title"], task["words"], task["reference"], task["place"]) == ("Samen langsgaan", "", None, "")

    def test_holds_no_note_of_a_round_of_another_team(self, tablet: FieldTablet, cast: Cast) -> None:
        sent = {"round": str(uuid7()), "act": "end", "text": "Hek is los."}
        tablet.send(tablet.save("round", sent))
        other = FieldTablet(Client(), name="Tablet 4")
        other.start(cast["wijkinspecteur"])
        assert other.client.get("/veld/gegevens/").json()["notes"] == []
        assert [note["text"] for note in tablet.client.get("/veld/gegevens/").json()["notes"]] == ["Hek is los."]
        assert other.send(other.save("round", sent)).status_code == 422
        assert PatrolRound.objects.get().by == cast["gemeenschapswacht"]


class TestNotices:
    def test_tell_nothing_of_a_task_more_secret_than_its_signal(
        self, tablet: FieldTablet, cast: Cast, report: Make
    ) -> None:
        task = report().offer(team=Team.objects.get(code="gemeenschapswachten"), title="Nagaan", by=cast["coordinator"])
        tablet.send(tablet.save("task", {"id": str(task.pk), "act": "done", "text": "Klaar."}, [picture()]))
        assert notices_on(task.signal)
        assert photos_to_come([task.signal])
        Task.objects.update(level=Level.LIMITED)
        assert notices_on(task.signal) == []
        assert photos_to_come([task.signal]) == {}

    def test_stand_with_a_call_of_which_a_warden_did_the_task(
        self, tablet: FieldTablet, cast: Cast, sign_in: SignIn, report: Make
    ) -> None:
        """The control."""
        task = report().offer(team=Team.objects.get(code="gemeenschapswachten"), title="Nagaan", by=cast["coordinator"])
        tablet.send(tablet.save("task", {"id": str(task.pk), "act": "done", "text": "Klaar."}, [picture()]))
        page = sign_in(cast["coordinator"]).get(f"/signalen/{task.signal.reference}/").text
        assert "Foto’s volgen: 0 van 1 zijn er." in page

    def test_stay_on_the_page_of_who_reads_it(self, cast: Cast, sign_in: SignIn, secrets: list[Secret]) -> None:
        sealed = secrets[0]
        address = f"/signalen/{sealed.running.reference}/"
        assert sealed.word("toestel") in sign_in(cast["verpleegkundige"]).get(address).text
        assert sign_in(cast["coordinator"]).get(address).status_code == 404


class TestTablets:
    def test_of_another_organisation_take_nothing_from_here(self, tablet: FieldTablet, cast: Cast) -> None:
        """A tablet of the OCMW in the hand of a warden of the city: what is saved is the warden's all the same."""
        other = FieldTablet(Client(), name="Leie")
        other.start(cast["buurtwerker"])
        assert other.start(cast["gemeenschapswacht"]).status_code == 201
        assert other.send(other.save("signal", seen())).status_code == 201
        assert Signal.objects.get().owner == Organisation.objects.get(code="stad")

    def test_out_of_use_give_nobody_a_shift_that_began_before(self, tablet: FieldTablet, cast: Cast) -> None:
        shift = Shift.objects.get()
        asked = {"id": str(shift.pk)}
        assert tablet.client.post("/veld/dienst/", asked, "application/json").status_code == 201
        shift.tablet.revoke(by=cast["coordinator"])
        assert tablet.client.post("/veld/dienst/", asked, "application/json").status_code == 403


class TestToken:
    @pytest.mark.parametrize(
        ("method", "path"),
        [("put", f"/veld/berichten/{uuid.UUID(int=1)}/"), ("post", "/veld/dienst/"), ("post", "/veld/stand/")],
    )
    def test_that_is_wrong_is_told_in_words_a_module_reads(self, cast: Cast, method: str, path: str) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast["gemeenschapswacht"])
        answer = getattr(client, method)(path, "{}", content_type="application/json")
        assert (answer.status_code, answer.json()["reason"]) == (403, "csrf")
        token = client.get("/veld/stand/").json()["csrf"]
        again = getattr(client, method)(path, "{}", content_type="application/json", headers={"X-CSRFToken": token})
        assert again.status_code in (204, 422)
