"""What was done with a task meanwhile by somebody else is told, and no word is lost or told to who may not read it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS
from signals.field import task_acts
from signals.field.outcomes import Became
from signals.field.records import Record
from signals.levels import Level
from signals.models import Note, Result, Signal, Task
from signals.workflow import TaskStatus
from teams.access import grant
from teams.models import Membership, Team
from tests.cast import Cast

type Make = Callable[..., Signal]

KEPT = "Wat je schreef, staat als nota bij het signaal."
GONE = "Deze taak ligt niet meer bij je team."


@pytest.fixture
def task(report: Make) -> Task:
    team = Team.objects.get(code="gemeenschapswachten")
    return Task.objects.create(signal=report(), team=team, title="Toezicht houden")


def act(cast: Cast, task: Task, name: str, text: str = "", **changes: Any) -> Became:
    mo = cast["gemeenschapswacht"]
    content = {"id": str(task.pk), "act": name, "text": text, **changes}
    record = Record(id=uuid7(), kind="task", author_id=mo.pk, shift_pass="", content=content, schema=1)
    became = task_acts.take_in(record, mo, timezone.now())
    task.refresh_from_db()
    return became


class TestAct:
    def test_is_of_who_did_it(self, cast: Cast, task: Task) -> None:
        mo = cast["gemeenschapswacht"]
        became = act(cast, task, "accept")
        assert (became.result, became.message, became.signal, became.task) == (
            Result.ACCEPTED, "", task.signal, task,
        )  # fmt: skip
        assert (task.status, task.accepted_by) == (TaskStatus.ACCEPTED, mo)
        assert act(cast, task, "done").result == Result.DONE
        assert (task.status, task.ended_by, task.outcome) == (TaskStatus.DONE, mo, "Gedaan.")

    def test_takes_on_what_is_done_at_once(self, cast: Cast, task: Task) -> None:
        assert act(cast, task, "done", "Weg.").result == Result.DONE
        assert (task.accepted_by, task.outcome) == (cast["gemeenschapswacht"], "Weg.")

    def test_gives_back_without_a_word_too(self, cast: Cast, task: Task) -> None:
        assert act(cast, task, "return").result == Result.RETURNED
        assert (task.status, task.ended_by, task.outcome) == (
            TaskStatus.RETURNED, cast["gemeenschapswacht"], "Geen reden opgegeven.",
        )  # fmt: skip

    @pytest.mark.parametrize("begun", [False, True])
    def test_accepts_what_a_colleague_accepted_first(self, cast: Cast, task: Task, begun: bool) -> None:
        task.accept(by=cast["uitvoerder"])
        if begun:
            task.begin(by=cast["uitvoerder"])
        assert act(cast, task, "accept").result == Result.ACCEPTED
        assert task.accepted_by == cast["uitvoerder"]

    @pytest.mark.parametrize("changes", [{"act": "weggooien"}, {"act": None}, {"id": str(uuid7())}, {"id": None}])
    def test_that_nobody_knows_is_not_done(self, cast: Cast, task: Task, changes: dict[str, Any]) -> None:
        with pytest.raises(Refused, match=r"^We kunnen niet lezen wat de tablet stuurde\."):
            act(cast, task, "done", **changes)
        task.refresh_from_db()
        assert task.status == TaskStatus.OFFERED


class TestOvertaken:
    @pytest.mark.parametrize(
        ("how", "said"),
        [
            ("complete", "Intussen afgehandeld door Hassan Maes, 22 november 2026, 14.30 uur."),
            ("give_back", "Intussen teruggegeven door Hassan Maes, 22 november 2026, 14.30 uur."),
            ("withdraw", "Intussen ingetrokken door Hassan Maes, 22 november 2026, 14.30 uur."),
        ],
    )
    def test_says_by_whom_and_when(self, cast: Cast, task: Task, how: str, said: str) -> None:
        hassan, words = cast["uitvoerder"], {"complete": {"outcome": "Weg."}, "give_back": {"reason": "Waar?"}}
        with time_machine.travel(dt.datetime(2026, 11, 22, 14, 30, tzinfo=BRUSSELS), tick=False):
            task.accept(by=hassan)
            getattr(task, how)(by=hassan, **words.get(how, {}))
        became = act(cast, task, "done")
        assert (became.result, became.message) == (Result.CONFLICT, said)
        assert (became.signal, became.task) == (task.signal, task)
        assert not Note.objects.exists()

    def test_is_by_the_program_when_nobody_did_it(self, cast: Cast, task: Task) -> None:
        ended = {"status": TaskStatus.WITHDRAWN, "ended_at": timezone.now(), "ended_by": None}
        Task.objects.filter(pk=task.pk).update(**ended)
        assert act(cast, task, "done").message.startswith("Intussen ingetrokken door het programma, ")

    def test_says_that_it_changed_when_it_only_went_on(
        self, cast: Cast, task: Task, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A colleague accepted it between looking and doing."""
        given = task_acts._given

        def slow(*asked: Any) -> Task | None:
            found = given(*asked)
            Task.objects.get(pk=task.pk).accept(by=cast["uitvoerder"])
            return found

        monkeypatch.setattr(task_acts, "_given", slow)
        became = act(cast, task, "done", "Weg.")
        assert (became.result, became.message) == (Result.CONFLICT, f"Deze taak is intussen veranderd. {KEPT}")
        assert (became.signal, became.task, task.accepted_by) == (task.signal, task, cast["uitvoerder"])

    def test_keeps_the_words_of_who_came_second_as_secret_as_the_task(self, cast: Cast, task: Task) -> None:
        task.accept(by=cast["uitvoerder"])
        task.complete(by=cast["uitvoerder"], outcome="Weg.")
        Task.objects.filter(pk=task.pk).update(level=Level.LIMITED)
        assert act(cast, task, "done", "Ik zag mevrouw Peeters.").message.endswith(f" uur. {KEPT}")
        note = Note.objects.get()
        assert (note.text, note.level, note.by) == (
            "Ik zag mevrouw Peeters.", Level.LIMITED, cast["gemeenschapswacht"],
        )  # fmt: skip


class TestGone:
    """It is with another team, or its author is in no team any more."""

    @pytest.mark.parametrize("words", ["Ik nam het mee.", ""])
    def test_to_another_team_is_told_and_its_words_kept(self, cast: Cast, task: Task, words: str) -> None:
        Task.objects.filter(pk=task.pk).update(team=Team.objects.get(code="team-net-noord"))
        became = act(cast, task, "accept", words)
        assert (became.result, became.message) == (Result.CONFLICT, f"{GONE} {KEPT}" if words else GONE)
        assert (became.signal, became.task, task.status) == (task.signal, task, TaskStatus.OFFERED)
        assert list(Note.objects.values_list("text", flat=True)) == ([words] if words else [])

    def test_to_another_organisation_keeps_words_and_photo_with_the_matter(self, cast: Cast, task: Task) -> None:
        Task.objects.filter(pk=task.pk).update(team=Team.objects.get(code="wijkwerking-noord"))
        became = act(cast, task, "done", "Ik nam het mee.")
        assert (became.result, became.message, became.takes_photos) == (Result.CONFLICT, f"{GONE} {KEPT}", True)
        assert (became.signal, Note.objects.get().signal) == (task.signal, task.signal)

    def test_is_told_to_who_left_the_team(self, cast: Cast, task: Task) -> None:
        day = timezone.localdate() - dt.timedelta(days=1)
        Membership.objects.filter(user=cast["gemeenschapswacht"]).update(starts=day, ends=day)
        became = act(cast, task, "done", "Ik nam het mee.")
        assert (became.result, became.message) == (Result.CONFLICT, f"{GONE} {KEPT}")
        assert task.status == TaskStatus.OFFERED

    def test_is_what_its_own_team_may_not_read_any_more(self, cast: Cast, task: Task) -> None:
        """Sealed meanwhile: the task is with the team, its matter is not. What was written is as secret."""
        keeps = Team.objects.get(code="sociale-dienst")
        Signal.objects.filter(pk=task.signal_id).update(level=Level.SEALED, team=keeps)
        Task.objects.filter(pk=task.pk).update(level=Level.SEALED)
        became = act(cast, task, "accept", "Ik was daar.")
        assert (became.result, task.status) == (Result.CONFLICT, TaskStatus.OFFERED)
        note = Note.objects.get()
        assert (note.level, note.team) == (Level.SEALED, keeps)

    def test_is_still_of_who_works_for_a_team_without_being_in_it(self, cast: Cast, report: Make) -> None:
        own, other = Team.objects.get(code="gemeenschapswachten"), Team.objects.get(code="team-net-noord")
        grant(own, "work", other)
        task = Task.objects.create(signal=report(), team=other, title="Ruimen")
        assert act(cast, task, "done").result == Result.DONE

    def test_that_was_never_theirs_is_nothing_to_anybody(self, cast: Cast, task: Task, report: Make) -> None:
        """However much changed in the tasks that are."""
        act(cast, task, "accept")
        team = Team.objects.get(code="team-net-noord")
        other = Task.objects.create(signal=report(), team=team, title="Ruimen")
        with pytest.raises(Refused):
            act(cast, other, "done", "Ik nam het mee.")
        assert not Note.objects.exists()
