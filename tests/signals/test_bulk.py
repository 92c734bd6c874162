"""One act on many signals: what is chosen, what each row says afterwards, and that it can be taken back."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message, State
from kortrijk_gebied.refusals import Refused
from signals import bulk as acting
from signals.levels import Level
from signals.models import Act, Bulk, BulkRow, BulkState, RowState, Signal, SignalTag, Task
from signals.workflow import SignalStatus, TaskStatus
from teams.access import access_of
from teams.models import Team, User
from tests.cast import MARKE, Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def choose(person: User, signals: list[Signal], act: str = Act.CLOSE) -> Bulk:
    some = Signal.objects.filter(pk__in=[signal.pk for signal in signals]).order_by("reported_at")
    return acting.choose(some, viewer=access_of(person), by=person, act=act)


def closing_mail() -> QuerySet[Message]:
    return Message.objects.filter(key__startswith="closed:")


def states(bulk: Bulk) -> dict[str, int]:
    return {state: count for state, count in bulk.outcome.items() if count and state != "total"}


def undivided(signals: list[Signal], status: SignalStatus, by: User) -> None:
    for signal in signals:
        signal.tasks.get().withdraw(by=by)
    back = timezone.now() if status == SignalStatus.REOPENED else None
    Signal.objects.filter(pk__in=[signal.pk for signal in signals]).update(status=status, reopened_at=back)


@pytest.fixture
def three(report: Make) -> list[Signal]:
    return [report("Onveilige situatie", place=f"Budastraat {number}") for number in (2, 4, 6)]


class TestChoice:
    def test_holds_what_may_be_read_and_nothing_guessed(self, cast: Cast, report: Make, three: list[Signal]) -> None:
        sealed = report("Bezorgd om iemand")
        bulk = choose(cast["coordinator"], [*three, sealed])
        assert {row.signal_id for row in bulk.rows.all()} == {signal.pk for signal in three}

    def test_of_nothing_is_refused(self, cast: Cast, report: Make) -> None:
        with pytest.raises(Refused, match="minstens één"):
            choose(cast["coordinator"], [report("Bezorgd om iemand")])

    def test_of_too_many_is_refused(self, cast: Cast, three: list[Signal], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(acting, "MOST", 2)
        with pytest.raises(Refused, match=r"10\.000"):
            choose(cast["coordinator"], three)

    def test_is_frozen(self, cast: Cast, report: Make, three: list[Signal]) -> None:
        bulk = choose(cast["coordinator"], three)
        report("Onveilige situatie", place="Budastraat 8")
        acting.start(bulk, details={"outcome": "In orde."})
        assert states(bulk) == {"done": 3}

    def test_that_nobody_used_is_forgotten_the_next_day(self, cast: Cast, three: list[Signal]) -> None:
        old, done = choose(cast["coordinator"], three), choose(cast["coordinator"], three[:1])
        acting.start(done, details={"outcome": "In orde."})
        with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
            choose(cast["coordinator"], three[1:])
        assert not Bulk.objects.filter(pk=old.pk).exists()
        assert Bulk.objects.filter(pk=done.pk).exists()


class TestClosing:
    def test_closes_each_and_is_done_once(self, cast: Cast, three: list[Signal]) -> None:
        bulk = choose(cast["coordinator"], three)
        for _time in range(2):
            acting.start(bulk, details={"outcome": "Alles is nagekeken."})
        assert (bulk.state, states(bulk)) == (BulkState.DONE, {"done": 3})
        for signal in three:
            signal.refresh_from_db()
            assert (signal.status, signal.outcome, signal.closed_by) == (
                SignalStatus.CLOSED, "Alles is nagekeken.", cast["coordinator"],
            )  # fmt: skip
            assert signal.events.filter(kind="closed").count() == 1

    def test_says_of_each_refused_row_which_and_why(self, cast: Cast, report: Make, three: list[Signal]) -> None:
        closed, secret, elsewhere = three[0], three[1], report("Burenruzie")
        bulk = choose(cast["coordinator"], three)
        BulkRow.objects.create(bulk=bulk, signal=elsewhere)
        closed.close(by=cast["coordinator"], outcome="Al in orde.")
        secret.level, secret.owner = Level.LIMITED, elsewhere.owner
        secret.save(update_fields=["level", "owner"])
        acting.start(bulk, details={"outcome": "In orde."})
        assert states(bulk) == {"done": 1, "refused": 3}
        words = dict(bulk.rows.values_list("signal_id", "words"))
        assert words[closed.pk].startswith("Dit signaal staat al op “afgerond”.")
        assert words[secret.pk] == words[elsewhere.pk] == "Dit signaal is er voor jou niet (meer)."
        assert Signal.objects.get(pk=secret.pk).is_open

    def test_is_not_for_who_only_reads(self, cast: Cast, three: list[Signal]) -> None:
        bulk = choose(cast["wijkinspecteur"], three)
        acting.start(bulk, details={"outcome": "In orde."})
        assert set(bulk.rows.values_list("state", "words")) == {
            (RowState.REFUSED, "Je mag dit signaal lezen, niet aansturen.")
        }
        assert Signal.objects.ended().count() == 0

    def test_keeps_the_mail_until_it_can_no_longer_be_undone(self, cast: Cast, report: Make) -> None:
        signals = [report(place=f"Budastraat {n}", email=f"r{n}@voorbeeld.example") for n in (1, 2)]
        bulk = choose(cast["coordinator"], signals)
        acting.start(bulk, details={"outcome": "In orde."})
        assert set(closing_mail().values_list("run_after", flat=True)) == {bulk.undo_until}

    def test_of_which_the_worker_comes_late_keeps_the_mail_as_long_as_each_closing_can_be_undone(
        self, cast: Cast, report: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(acting, "AT_ONCE", 0)
        signals = [report(place=f"Budastraat {n}", email=f"r{n}@voorbeeld.example") for n in (1, 2)]
        bulk = choose(cast["coordinator"], signals)
        acting.start(bulk, details={"outcome": "In orde."})
        with time_machine.travel(timezone.now() + dt.timedelta(minutes=30)):
            acting.work(bulk)
            assert all(mail.run_after > timezone.now() for mail in closing_mail())
            assert closing_mail().count() == 2

    def test_is_undone_with_mail_tasks_and_all(self, cast: Cast, report: Make) -> None:
        signals = [report(place=f"Budastraat {n}", email=f"r{n}@voorbeeld.example") for n in (1, 2)]
        bulk = choose(cast["coordinator"], signals)
        acting.start(bulk, details={"outcome": "In orde."})
        acting.undo(bulk)
        assert (bulk.state, states(bulk)) == (BulkState.UNDONE, {"undone": 2})
        assert set(closing_mail().values_list("state", flat=True)) == {State.WITHDRAWN}
        assert {Signal.objects.get(pk=s.pk).status for s in signals} == {SignalStatus.IN_PROGRESS}
        assert set(Task.objects.values_list("status", flat=True)) == {TaskStatus.ACCEPTED}
        acting.undo(bulk)  # again is harmless
        assert states(bulk) == {"undone": 2}

    def test_is_not_undone_too_late(self, cast: Cast, three: list[Signal]) -> None:
        bulk = choose(cast["coordinator"], three)
        acting.start(bulk, details={"outcome": "In orde."})
        with (
            time_machine.travel(timezone.now() + dt.timedelta(minutes=3)),
            pytest.raises(Refused, match="Te laat"),
        ):
            acting.undo(bulk)
        assert Signal.objects.ended().count() == 3

    def test_is_undone_as_far_as_it_goes(self, cast: Cast, three: list[Signal]) -> None:
        bulk = choose(cast["coordinator"], three)
        acting.start(bulk, details={"outcome": "In orde."})
        three[0].reopen(by=cast["coordinator"], reason="Toch niet.")
        acting.undo(bulk)
        assert states(bulk) == {"undone": 2, "kept": 1}


class TestOffer:
    def details(self, **more: object) -> dict[str, object]:
        return {"team": Team.objects.get(code="wijkwerking-noord").pk, "title": "", "due_at": None, **more}

    def test_offers_to_one_team_what_each_subject_asks(self, cast: Cast, report: Make) -> None:
        signals = [report("Onveilige situatie"), report("Fietswrak")]
        bulk = choose(cast["coordinator"], signals, Act.OFFER)
        acting.start(bulk, details=self.details())
        offered = Task.objects.filter(team__code="wijkwerking-noord", status=TaskStatus.OFFERED)
        assert {task.title for task in offered} == {signal.category.work_title for signal in signals}
        acting.undo(bulk)
        assert set(offered.model.objects.filter(team__code="wijkwerking-noord").values_list("status", flat=True)) == {
            TaskStatus.WITHDRAWN
        }

    def test_that_was_taken_up_meanwhile_is_not_undone_and_says_why(self, cast: Cast, three: list[Signal]) -> None:
        bulk = choose(cast["coordinator"], three, Act.OFFER)
        acting.start(bulk, details=self.details())
        taken = Task.objects.get(signal=three[0], team__code="wijkwerking-noord")
        taken.accept(by=cast["wijkinspecteur"])
        acting.undo(bulk)
        taken.refresh_from_db()
        assert (taken.status, states(bulk)) == (TaskStatus.ACCEPTED, {"undone": 2, "kept": 1})
        words = bulk.rows.get(state=RowState.KEPT).words
        assert words == "Wijkwerking Noord nam de taak intussen op: trek die taak apart in."

    @pytest.mark.parametrize("begun", [True, False])
    def test_within_the_own_organisation_is_undone_until_somebody_begins(
        self, cast: Cast, three: list[Signal], begun: bool
    ) -> None:
        bulk = choose(cast["coordinator"], three[:1], Act.OFFER)
        acting.start(bulk, details=self.details(team=Team.objects.get(code="groen").pk, title="Snoeien"))
        if begun:
            Task.objects.get(team__code="groen").begin(by=cast["coordinator"])
        acting.undo(bulk)
        assert states(bulk) == ({"kept": 1} if begun else {"undone": 1})

    def test_refuses_where_it_was_offered_already(self, cast: Cast, three: list[Signal]) -> None:
        for _time in range(2):
            bulk = choose(cast["coordinator"], three, Act.OFFER)
            acting.start(bulk, details=self.details(title="Toezicht"))
        assert states(bulk) == {"refused": 3}

    def test_keeps_its_mail_as_long_as_it_can_be_undone_and_takes_it_back(self, cast: Cast, report: Make) -> None:
        """Who is asked hears nothing of what was taken back at once."""
        single = report("Onveilige situatie").offer(
            team=Team.objects.get(code="wijkwerking-noord"), title="Eerder gevraagd", by=cast["coordinator"]
        )
        bulk = choose(cast["coordinator"], [report("Onveilige situatie"), report("Fietswrak")], Act.OFFER)
        acting.start(bulk, details=self.details())
        asked = Message.objects.filter(key__startswith="task:")
        mails = asked.exclude(key__startswith=f"task:{single.pk}:")
        assert mails.count() == 2
        assert set(mails.values_list("run_after", flat=True)) == {bulk.undo_until}
        acting.undo(bulk)
        assert set(mails.values_list("state", flat=True)) == {State.WITHDRAWN}
        (other,) = asked.filter(key__startswith=f"task:{single.pk}:")
        assert (other.state, other.run_after < timezone.now()) == (State.WAITING, True)

    @pytest.mark.parametrize("was", [SignalStatus.NEW, SignalStatus.REOPENED, SignalStatus.TO_DIVIDE])
    def test_that_is_undone_leaves_each_as_it_was(self, cast: Cast, three: list[Signal], was: SignalStatus) -> None:
        undivided(three, was, cast["coordinator"])
        bulk = choose(cast["coordinator"], three, Act.OFFER)
        acting.start(bulk, details=self.details())
        assert set(Signal.objects.values_list("status", flat=True)) == {SignalStatus.ROUTED}
        acting.undo(Bulk.objects.get(pk=bulk.pk))
        assert set(Signal.objects.values_list("status", flat=True)) == {was}

    def test_that_is_undone_leaves_it_reopened_with_who_was_asked_again(self, cast: Cast, report: Make) -> None:
        signal = report("Onveilige situatie")
        signal.close(by=cast["coordinator"], outcome="In orde.")
        signal.reopen(by=cast["coordinator"], reason="Toch niet.")
        Task.objects.create(signal=signal, team=Team.objects.get(code="fluvius-verlichting"), title="Opnieuw gevraagd")
        bulk = choose(cast["coordinator"], [signal], Act.OFFER)
        acting.start(bulk, details=self.details())
        acting.undo(bulk)
        signal.refresh_from_db()
        assert signal.status == SignalStatus.REOPENED

    def test_that_is_undone_leaves_what_somebody_else_did_since(self, cast: Cast, three: list[Signal]) -> None:
        undivided(three, SignalStatus.NEW, cast["coordinator"])
        bulk = choose(cast["coordinator"], three, Act.OFFER)
        acting.start(bulk, details=self.details())
        three[0].offer(team=Team.objects.get(code="fluvius-verlichting"), title="Verlichten", by=cast["coordinator"])
        acting.undo(bulk)
        assert [Signal.objects.get(pk=signal.pk).status for signal in three] == ["routed", "new", "new"]


class TestTags:
    def test_are_hung_and_taken_off_and_each_undone(self, cast: Cast, three: list[Signal]) -> None:
        def do(act: str, signals: list[Signal]) -> Bulk:
            bulk = choose(cast["coordinator"], signals, act)
            acting.start(bulk, details={"name": "hotspot"})
            return bulk

        do(Act.TAG, three[:1])
        tagging = do(Act.TAG, three)
        assert (states(tagging), SignalTag.objects.count()) == ({"done": 3}, 3)
        acting.undo(tagging)
        assert [hung.signal for hung in SignalTag.objects.all()] == three[:1]  # it had it before
        taking = do(Act.UNTAG, three)
        assert SignalTag.objects.count() == 0
        acting.undo(taking)
        assert [hung.signal for hung in SignalTag.objects.all()] == three[:1]


class TestPage:
    def post(self, client: Client, name: str, *args: object, **data: object) -> tuple[int, str]:
        answer = client.post(reverse(name, args=args), data)
        return answer.status_code, answer.headers.get("Location", "") or answer.text

    def test_goes_from_ticked_rows_to_a_result_and_back(self, cast: Cast, three: list[Signal], sign_in: SignIn) -> None:
        bram = sign_in(cast["coordinator"])
        refs = [signal.reference for signal in three[:2]]
        code, page = self.post(bram, "inbox-selection", kies=refs, doe="afronding", next="/postvak/?tab=team")
        assert code == 302
        form = bram.get(page).text
        assert "Afronden: 2 signalen" in form
        assert all(ref in form for ref in refs)
        bulk = Bulk.objects.get()
        code, again = self.post(bram, "bulk-execution", bulk.pk, outcome="")
        assert (code, "Schrijf in een zin hoe het afliep" in again or "zin" in again) == (422, True)
        assert self.post(bram, "bulk-execution", bulk.pk, outcome="In orde.") == (303, page)
        result = bram.get(page).text
        assert "2 signalen afgerond." in result
        assert 'href="/postvak/?tab=team"' in result
        assert self.post(bram, "bulk-undo", bulk.pk) == (303, page)
        assert "Ongedaan gemaakt voor 2 signalen." in bram.get(page).text

    def test_takes_everything_within_the_filters(self, cast: Cast, three: list[Signal], sign_in: SignIn) -> None:
        bram = sign_in(cast["coordinator"])
        chosen = {"kies": three[0].reference, "alles": "1", "lijst": "tab=alles&q=budastraat", "doe": "label"}
        self.post(bram, "inbox-selection", **chosen)
        assert Bulk.objects.get().rows.count() == 3

    def test_hides_what_became_secret(self, cast: Cast, three: list[Signal], sign_in: SignIn) -> None:
        bram, secret = sign_in(cast["coordinator"]), three[0]
        bulk = choose(cast["coordinator"], three)
        Signal.objects.filter(pk=secret.pk).update(
            level=Level.SEALED,
            team=Team.objects.get(code="sociale-dienst"),
            owner_id=cast["verpleegkundige"].organisation,
        )
        acting.start(bulk, details={"outcome": "In orde."})
        page = bram.get(reverse("bulk", args=[bulk.pk])).text
        assert secret.reference in page  # by which it was chosen
        assert "Niet (meer) voor jou" in page
        assert "Budastraat 2" not in page

    def test_is_its_makers_alone(self, cast: Cast, three: list[Signal], sign_in: SignIn) -> None:
        bulk = choose(cast["coordinator"], three)
        brigitte = sign_in(cast["coordinator.rand"])
        assert brigitte.get(reverse("bulk", args=[bulk.pk])).status_code == 404
        assert brigitte.get(reverse("bulk-progress", args=[bulk.pk])).status_code == 404
        for name in ("bulk-execution", "bulk-undo"):
            assert brigitte.post(reverse(name, args=[bulk.pk]), {"outcome": "x"}).status_code == 404
        assert sign_in(cast["coordinator"]).get(reverse("bulk", args=[bulk.pk])).status_code == 200

    def test_answers_a_guess_like_a_reference_that_is_not_there(
        self, cast: Cast, report: Make, sign_in: SignIn
    ) -> None:
        sealed, bram = report("Bezorgd om iemand"), sign_in(cast["coordinator"])
        answers = [
            self.post(bram, "inbox-selection", kies=[reference], doe="afronding")
            for reference in (sealed.reference, "S-ZZZZ-0000")
        ]
        assert answers[0] == answers[1]
        assert Bulk.objects.count() == 0

    def test_beside_the_list_is_a_dialog_and_a_line(self, cast: Cast, three: list[Signal], sign_in: SignIn) -> None:
        bram = sign_in(cast["coordinator"])
        chosen = {"kies": [three[0].reference], "doe": "afronding"}
        dialog = bram.post(reverse("inbox-selection"), chosen, headers=HTMX)
        assert '<dialog class="ds-dialog move" id="bulk-dialog"' in dialog.text
        answer = bram.post(
            reverse("bulk-execution", args=[Bulk.objects.get().pk]), {"outcome": "In orde."}, headers=HTMX
        )
        assert "1 signaal afgerond." in answer.text
        assert "signal-changed" in answer.headers["HX-Trigger"]

    def test_of_an_export_is_the_list_of_what_was_chosen(
        self, cast: Cast, report: Make, three: list[Signal], sign_in: SignIn
    ) -> None:
        bram = sign_in(cast["coordinator"])
        code, page = self.post(bram, "inbox-selection", kies=[three[0].reference], doe="export")
        assert (code, page.partition("?")[0]) == (303, reverse("signals:export"))
        assert "1 signaal" in bram.get(page).text
        query = page.partition("?")[2]
        assert bram.get(f"{reverse('inbox')}?{query}").text.count('<li class="row') == 1
        assert sign_in(cast["agent"]).get(f"{reverse('inbox')}?{query}").text.count('<li class="row') == 3

    def test_elsewhere_is_out_of_reach(self, cast: Cast, report: Make) -> None:
        with pytest.raises(Refused):
            choose(cast["coordinator"], [report(at=MARKE)])
