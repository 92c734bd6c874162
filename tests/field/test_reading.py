"""What a tablet takes along to read: one's own tasks, feedback and zone; nothing sealed, and nothing of a colleague."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kortrijk_gebied.audit.models import ReadEntry
from signals.levels import Level
from signals.models import Feedback, PatrolRound, Signal, Task
from teams.models import Team
from tests.cast import Cast, area
from tests.field.tablet import FieldTablet, reading, seen, task_of, works_in
from tests.teams.rotas import published

type Make = Callable[..., Signal]


class TestReading:
    def test_is_for_a_tablet_in_use(self, cast: Cast) -> None:
        client = Client()
        assert client.get("/veld/gegevens/").status_code == 401
        client.force_login(cast["gemeenschapswacht"])
        assert client.get("/veld/gegevens/").status_code == 403

    def test_holds_the_tasks_of_ones_team_with_the_words(self, tablet: FieldTablet, report: Make) -> None:
        task = task_of(report(description="Drie zakken aan de brug."))
        [found] = reading(tablet)["tasks"]
        assert (found["id"], found["title"], found["status"]) == (str(task.pk), "Toezicht houden", "offered")
        assert found["words"] == "Drie zakken aan de brug."

    def test_tells_which_tasks_lie_where_one_works_today(self, tablet: FieldTablet, cast: Cast, report: Make) -> None:
        there, elsewhere = report(), report()
        Signal.objects.filter(pk=there.pk).update(area=area("Overleie"))
        Signal.objects.filter(pk=elsewhere.pk).update(area=area("Pius X"))
        tasks = [str(task_of(signal).pk) for signal in (there, elsewhere)]
        assert {each["id"]: each["here"] for each in reading(tablet)["tasks"]} == dict.fromkeys(tasks, True)
        works_in(cast, "Overleie")
        found = {each["id"]: each["here"] for each in reading(tablet)["tasks"]}
        assert found == {tasks[0]: True, tasks[1]: False}

    def test_holds_what_runs_in_ones_areas_to_join(self, tablet: FieldTablet, report: Make) -> None:
        near = report()
        report("Zorgwekkende woonsituatie")
        assert [each["id"] for each in reading(tablet)["nearby"]] == [str(near.pk)]
        task_of(near)  # so that a warden may still read it
        Signal.objects.filter(pk=near.pk).update(level=Level.LIMITED)
        assert reading(tablet)["nearby"] == []

    def test_says_where_a_round_can_be_and_which_zone_the_rota_gives_today(
        self, tablet: FieldTablet, cast: Cast
    ) -> None:
        found = reading(tablet)["zones"]
        assert {zone["group"] for zone in found} == {"Zones", "Gebieden"}
        assert not any(zone["own"] for zone in found)
        rota = published(cast["coordinator"])
        turns = rota.published.turns.filter(user=cast["gemeenschapswacht"])  # type: ignore[union-attr]
        today = timezone.localdate()
        own = turns.get(starts__lte=today, ends__gte=today).zone
        assert [zone["name"] for zone in reading(tablet)["zones"] if zone["own"]] == [own.name]

    def test_holds_nothing_sealed_and_logs_what_is_limited(self, tablet: FieldTablet, report: Make) -> None:
        sealed, limited = report(description="GEHEIM-1"), report(description="GEHEIM-2")
        task_of(sealed), task_of(limited)
        Signal.objects.filter(pk=sealed.pk).update(level=Level.SEALED)
        Task.objects.filter(signal=sealed).update(level=Level.SEALED)
        Signal.objects.filter(pk=limited.pk).update(level=Level.LIMITED)
        found = tablet.client.get("/veld/gegevens/")
        assert "GEHEIM-1" not in found.text
        assert [each["title"] for each in found.json()["tasks"]] == ["Toezicht houden"]
        assert "GEHEIM-2" in found.text
        assert set(ReadEntry.objects.values_list("reference", "surface")) == {(limited.reference, "tablet")}

    def test_puts_the_most_used_tile_first_and_help_last(self, tablet: FieldTablet) -> None:
        for _time in range(3):
            tablet.send(tablet.save("signal", seen("Fietswrak")))
        names = [tile["name"] for tile in reading(tablet)["tiles"]]
        assert (names[0], names[-1]) == ("Fietswrak", "Iemand vraagt hulp")
        assert "Goed nieuws" in names

    def test_holds_ones_own_feedback_until_it_was_read(self, tablet: FieldTablet, cast: Cast, report: Make) -> None:
        signal = report(channel="warden", by=cast["gemeenschapswacht"])
        report(channel="warden", by=cast["uitvoerder"]).close(by=cast["coordinator"], outcome="Van een ander.")
        signal.close(by=cast["coordinator"], outcome="Opgeruimd, bedankt.")
        found = reading(tablet)
        assert [(line["text"], line["unread"]) for line in found["feedback"]] == [("Opgeruimd, bedankt.", True)]
        assert found["raised"]["all"] == 1
        others = Feedback.objects.exclude(user=cast["gemeenschapswacht"]).values_list("pk", flat=True)
        ids = [found["feedback"][0]["id"], *map(str, others), "geen", 3]
        assert tablet.client.post("/veld/gelezen/", {"ids": ids}, "application/json").status_code == 204
        assert [line["unread"] for line in reading(tablet)["feedback"]] == [False]
        assert not Feedback.objects.filter(pk__in=others, read_at__isnull=False).exists()

    def test_tells_what_is_new_in_the_zone(self, tablet: FieldTablet, cast: Cast, report: Make) -> None:
        works_in(cast, "Overleie")
        signal = report("Geluidshinder")
        blocks = {block["key"]: block["html"] for block in reading(tablet)["zone"]}
        assert {"signals-new", "signals-tasks"} <= blocks.keys()
        assert signal.title in blocks["signals-new"]

    def test_holds_what_a_colleague_left_for_who_comes_after(self, tablet: FieldTablet, cast: Cast) -> None:
        team = Team.objects.get(code="gemeenschapswachten")
        now = timezone.now()
        left = {"started_at": now, "ended_at": now}
        PatrolRound.objects.create(by=cast["uitvoerder"], team=team, note="Hek aan de brug is los.", **left)
        PatrolRound.objects.create(by=cast["coordinator"], team=None, note="Van een ander team.", **left)
        assert [note["text"] for note in reading(tablet)["notes"]] == ["Hek aan de brug is los."]

    def test_costs_the_same_however_much_there_is(self, tablet: FieldTablet, report: Make) -> None:
        task_of(report())
        with CaptureQueriesContext(connection) as few:
            reading(tablet)
        for _time in range(4):
            task_of(report())
        with CaptureQueriesContext(connection) as many:
            reading(tablet)
        assert len(many) == len(few)


class TestRound:
    """Begun, what was done, ended with a note: a log, never a route."""

    def test_is_logged_from_begin_to_end(self, tablet: FieldTablet, cast: Cast) -> None:
        pk, zone = "0198f000-0000-7000-8000-000000000001", area("Overleie").pk
        for content in (
            {"round": pk, "act": "start", "zone": zone},
            {"round": pk, "act": "activity", "activity": "crossing", "text": "Schoolpoort"},
            {"round": pk, "act": "end", "text": "Let op het losse hek."},
        ):
            assert tablet.send(tablet.save("round", content)).status_code == 201
        round_ = PatrolRound.objects.get()
        assert (str(round_.pk), round_.by, round_.zone) == (pk, cast["gemeenschapswacht"], area("Overleie"))
        assert [(each.kind, each.text) for each in round_.activities.all()] == [("crossing", "Schoolpoort")]
        assert (round_.note, round_.ended_at is not None) == ("Let op het losse hek.", True)

    def test_survives_a_beginning_that_comes_last(self, tablet: FieldTablet) -> None:
        pk = "0198f000-0000-7000-8000-000000000002"
        tablet.send(tablet.save("round", {"round": pk, "act": "end", "text": "Alles rustig."}))
        tablet.send(tablet.save("round", {"round": pk, "act": "start", "zone": area("Overleie").pk}))
        round_ = PatrolRound.objects.get()
        assert (round_.zone, round_.note) == (area("Overleie"), "Alles rustig.")

    @pytest.mark.parametrize("content", [{"act": "start"}, {"round": "geen", "act": "start"}])
    def test_that_cannot_be_read_stays_on_the_tablet(self, tablet: FieldTablet, content: dict[str, Any]) -> None:
        assert tablet.send(tablet.save("round", content)).status_code == 422
        assert not PatrolRound.objects.exists()


class TestTask:
    """Done on the street, told later: the first one counts, and nobody's words are lost."""

    @pytest.fixture
    def task(self, report: Make) -> Task:
        return task_of(report())

    def act(self, tablet: FieldTablet, task: Task, act: str, text: str = "") -> Any:
        content = {"id": str(task.pk), "act": act, "text": text, "seen": task.status}
        answer = tablet.send(tablet.save("task", content))
        assert answer.status_code == 201
        task.refresh_from_db()
        return answer.json()

    def test_is_accepted_done_and_given_back(self, tablet: FieldTablet, task: Task, report: Make) -> None:
        assert self.act(tablet, task, "accept")["result"] == "accepted"
        assert self.act(tablet, task, "done", "Weggehaald.")["result"] == "done"
        assert (task.outcome, task.ended_by) == ("Weggehaald.", tablet.user)
        other = task_of(report())
        assert self.act(tablet, other, "return", "Niet gevonden.")["result"] == "returned"
        assert other.outcome == "Niet gevonden."

    def test_that_somebody_else_did_meanwhile_says_who_and_keeps_the_words(
        self, tablet: FieldTablet, cast: Cast, task: Task
    ) -> None:
        task.accept(by=cast["uitvoerder"])
        task.complete(by=cast["uitvoerder"], outcome="Was al weg.")
        answer = self.act(tablet, task, "done", "Ik nam het mee.")
        assert answer["result"] == "conflict"
        assert "Intussen afgehandeld door Hassan Maes" in answer["message"]
        assert task.outcome == "Was al weg."
        assert task.signal.notes.get().text == "Ik nam het mee."

    def test_that_went_to_another_team_keeps_the_words(self, tablet: FieldTablet, task: Task) -> None:
        Task.objects.filter(pk=task.pk).update(team=Team.objects.get(code="team-net-noord"))
        answer = self.act(tablet, task, "done", "Ik nam het mee.")
        assert (answer["result"], task.status) == ("conflict", "offered")
        assert task.signal.notes.get().text == "Ik nam het mee."

    def test_that_went_to_another_organisation_keeps_them_as_secret_as_the_matter_is_by_now(
        self, tablet: FieldTablet, task: Task
    ) -> None:
        Task.objects.filter(pk=task.pk).update(team=Team.objects.get(code="wijkwerking-noord"))
        Signal.objects.filter(pk=task.signal_id).update(level=Level.LIMITED)
        assert self.act(tablet, task, "done", "Ik nam het mee.")["result"] == "conflict"
        note = task.signal.notes.get()
        assert (note.text, note.level) == ("Ik nam het mee.", Level.LIMITED)

    def test_done_brings_its_photo(self, tablet: FieldTablet, task: Task) -> None:
        from tests.signals.files import picture

        content = {"id": str(task.pk), "act": "done", "text": "Weg.", "seen": "offered"}
        envelope = tablet.save("task", content, [picture()])
        [missing] = tablet.send(envelope).json()["missing"]
        assert tablet.send_photo(envelope, missing).status_code == 201
        assert task.signal.attachments.get().sha256 == missing

    @pytest.mark.parametrize("content", [{"act": "done"}, {"id": "geen", "act": "done"}])
    def test_that_nobody_knows_stays_on_the_tablet(self, tablet: FieldTablet, content: dict[str, Any]) -> None:
        assert tablet.send(tablet.save("task", content)).status_code == 422
