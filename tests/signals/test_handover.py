"""Owner, team and secrecy change hands only with a yes; until then the receiver reads one sentence."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from kortrijk_gebied.audit.models import ReadEntry
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS
from signals.handing import hand_over, refer_outside, refer_person
from signals.models import EventKind, Handover, Note, Reporter, Signal, SignalEvent
from signals.visibility import Sight
from signals.waiting import remind_of_handovers
from signals.workflow import HANDOVER_TRANSITIONS, HandoverKind, HandoverState
from signals.workflow import SignalStatus as S
from teams.access import access_of
from teams.models import Team
from tests.cast import Cast

type Make = Callable[..., Signal]

GROUND = "Gedeeld beroepsgeheim, voor dezelfde zorg"
TUESDAY = dt.datetime(2026, 11, 3, 10, tzinfo=BRUSSELS)


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def fresh(signal: Signal) -> Signal:
    found: Signal = Signal.objects.select_related("owner", "team").get(pk=signal.pk)
    return found


def sight(cast: Cast, who: str, signal: Signal) -> str | None:
    row = Signal.objects.listed(access_of(cast[who])).filter(pk=signal.pk).first()
    return getattr(row, "sight", None)


def reads(cast: Cast, who: str, signal: Signal) -> bool:
    return Signal.objects.readable(access_of(cast[who])).filter(pk=signal.pk).exists()


def to_social_service(signal: Signal, cast: Cast, by: str = "coordinator.politie", **more: object) -> Handover:
    words = {"text": "Dit is zorg, geen ruzie.", "legal_ground": GROUND, **more}
    return hand_over(signal=signal, by=cast[by], team=team("sociale-dienst"), **words)  # type: ignore[arg-type]


class TestAsking:
    def test_changes_nothing_until_they_say_yes(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        to_social_service(signal, cast)
        assert (fresh(signal).owner.code, fresh(signal).team) == ("politie", None)
        assert reads(cast, "coordinator.politie", signal)

    def test_shows_the_receiver_one_sentence_and_not_the_signal(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        assert sight(cast, "verpleegkundige", signal) == Sight.LIMITED
        asked = to_social_service(signal, cast)
        assert sight(cast, "verpleegkundige", signal) == Sight.SHARED
        assert not reads(cast, "verpleegkundige", signal)
        assert Handover.objects.with_words(access_of(cast["verpleegkundige"])).contains(asked)
        for other in ("buurtwerker", "coordinator.ocmw", "coordinator"):
            assert not Handover.objects.readable(access_of(cast[other])).contains(asked)

    @pytest.mark.parametrize("subject", ["Burenruzie", "Bezorgd om iemand"])
    def test_of_something_secret_needs_a_ground(self, cast: Cast, report: Make, subject: str) -> None:
        signal = report(subject)
        with pytest.raises(Refused):
            hand_over(signal=signal, by=cast["verpleegkundige"], team=team("wijkwerking-noord"), text="Voor jullie.")

    def test_refuses_the_original_words_as_the_sentence(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        with pytest.raises(Refused):
            to_social_service(signal, cast, text=signal.description.upper())

    def test_of_something_open_needs_a_sentence_alone(self, cast: Cast, report: Make) -> None:
        asked = hand_over(signal=report(), by=cast["coordinator"], team=team("wijkwerking-noord"), text="Drugs.")
        assert asked.is_pending

    @pytest.mark.parametrize("code", ["gebiedsteam-overleie-pius-x", "team-net-noord"])
    def test_refuses_a_joint_team_and_who_has_it_already(self, cast: Cast, report: Make, code: str) -> None:
        with pytest.raises(Refused):
            hand_over(signal=report(), by=cast["coordinator"], team=team(code), text="Voor jullie.")

    def test_of_sealed_matter_refuses_a_team_where_nobody_may_read_it(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        with pytest.raises(Refused):
            hand_over(
                signal=signal, by=cast["verpleegkundige"], team=team("preventie"), text="Zin.", legal_ground=GROUND
            )

    def test_is_for_one_at_a_time(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        asked = to_social_service(signal, cast)
        with pytest.raises(Refused, match="Sociale dienst"):
            hand_over(
                signal=signal, by=cast["coordinator.politie"], team=team("buurtwerk"), text="Zin.", legal_ground=GROUND
            )
        asked.pk, asked._state.adding = uuid7(), True
        with pytest.raises(IntegrityError), transaction.atomic():
            asked.save()

    @pytest.mark.parametrize("end", ["close", "cancel"])
    def test_falls_away_when_the_signal_ends(self, cast: Cast, report: Make, end: str) -> None:
        signal = report("Burenruzie")
        asked = to_social_service(signal, cast)
        by = cast["coordinator.politie"]
        signal.close(by=by, outcome="Bijgelegd.") if end == "close" else signal.cancel(by=by, reason="Vergissing.")
        asked.refresh_from_db()
        assert asked.state == HandoverState.WITHDRAWN

    def test_falls_away_when_the_signal_becomes_more_secret(self, cast: Cast, report: Make) -> None:
        signal = report()
        asked = hand_over(signal=signal, by=cast["coordinator"], team=team("wijkwerking-noord"), text="Voor jullie.")
        signal.raise_level(by=cast["coordinator"], level=1)
        asked.refresh_from_db()
        assert asked.state == HandoverState.WITHDRAWN
        assert sight(cast, "wijkinspecteur", signal) == Sight.LIMITED


class TestSayingYes:
    def test_makes_it_theirs_at_once_with_all_that_hangs_on_it(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie", name="Rosa", email="rosa@voorbeeld.example")
        note = signal.add_note(by=cast["coordinator.politie"], text="Al drie keer geweest.")
        own = signal.add_note(
            by=cast["wijkinspecteur"], text="Voor ons alleen.", level=2, team=team("wijkwerking-noord")
        )  # fmt: skip
        to_social_service(signal, cast).acknowledge(by=cast["verpleegkundige"])
        signal = fresh(signal)
        assert (signal.owner.code, signal.team) == ("ocmw", team("sociale-dienst"))
        assert signal.surfaced_why == "handed_over"
        nurse, inspector = access_of(cast["verpleegkundige"]), access_of(cast["wijkinspecteur"])
        assert list(Note.objects.readable(nurse)) == [note]
        assert not Note.objects.readable(inspector).exists()  # limited: it knows that it runs
        own.refresh_from_db()
        assert own.organisation.code == "politie"  # what was kept more secret stays with who wrote it
        assert sight(cast, "coordinator.politie", signal) == Sight.LIMITED
        assert not Reporter.objects.readable(access_of(cast["coordinator.politie"])).exists()

    def test_leaves_open_matter_readable_for_who_views_the_area(self, cast: Cast, report: Make) -> None:
        signal = report()
        hand_over(
            signal=signal, by=cast["coordinator"], team=team("wijkwerking-noord"), text="Voor jullie."
        ).acknowledge(by=cast["wijkinspecteur"])
        assert reads(cast, "coordinator", signal)
        writable = Signal.objects.writable(access_of(cast["coordinator"]))
        assert not writable.filter(pk=signal.pk).exists()
        assert Signal.objects.writable(access_of(cast["wijkinspecteur"])).filter(pk=signal.pk).exists()
        assert [task.status for task in signal.tasks.all()] == ["accepted"]  # who works on it works on

    def test_of_sealed_matter_leaves_the_former_keeper_nothing_but_that_it_gave_it(
        self, cast: Cast, report: Make
    ) -> None:
        signal = report("Bezorgd om iemand")
        note = signal.add_note(by=cast["verpleegkundige"], text="Belt niet terug.")
        asked = hand_over(
            signal=signal, by=cast["verpleegkundige"], team=team("wijkwerking-noord"), text="Een zin.",
            legal_ground=GROUND,
        )  # fmt: skip
        asked.acknowledge(by=cast["wijkinspecteur"])
        nurse, inspector = access_of(cast["verpleegkundige"]), access_of(cast["wijkinspecteur"])
        assert sight(cast, "verpleegkundige", signal) is None
        assert not SignalEvent.objects.readable(nurse).filter(signal=signal).exists()
        assert Handover.objects.readable(nurse).contains(asked)
        assert not Handover.objects.with_words(nurse).contains(asked)
        assert sight(cast, "wijkinspecteur", signal) == Sight.FULL
        assert Note.objects.readable(inspector).contains(note)
        assert [task.status for task in signal.tasks.all()] == ["withdrawn"]  # its former team sees it no longer

    def test_stands_in_the_course_and_in_the_log_of_the_former_owner(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        to_social_service(signal, cast).acknowledge(by=cast["verpleegkundige"])
        event = signal.events.get(kind=EventKind.HANDED_OVER)
        assert event.sentence == "Overgedragen door PZ Vlas aan Sociale dienst."
        log = ReadEntry.objects.get(surface="handover")
        assert (log.owner_id, log.reader_id) == (signal.owner_id, cast["verpleegkundige"].pk)

    def test_seals_what_was_open_for_a_team_that_keeps_it(self, cast: Cast, report: Make) -> None:
        signal = report("Woonkwaliteit")
        note = signal.add_note(by=cast["coordinator"], text="Er woont iemand zonder water.")
        asked = to_social_service(signal, cast, by="coordinator", seal=True)
        assert fresh(signal).level == 1  # at once: words about somebody no longer lie open
        assert sight(cast, "coordinator.politie", signal) == Sight.LIMITED
        asked.acknowledge(by=cast["verpleegkundige"])
        assert (fresh(signal).level, fresh(signal).owner.code) == (2, "ocmw")
        assert sight(cast, "coordinator", signal) is None
        assert Note.objects.readable(access_of(cast["verpleegkundige"])).contains(note)

    def test_is_refused_when_they_can_keep_nothing_sealed_any_longer(self, cast: Cast, report: Make) -> None:
        from teams.models import TeamGrant

        signal = report("Woonkwaliteit")
        asked = to_social_service(signal, cast, by="coordinator", seal=True)
        TeamGrant.objects.filter(
            content_object=team("sociale-dienst"), permission__codename="view_sealed_team"
        ).delete()
        with pytest.raises(Refused):
            asked.acknowledge(by=cast["verpleegkundige"])
        asked.refresh_from_db()
        assert (asked.state, fresh(signal).owner.code, fresh(signal).level) == (HandoverState.OFFERED, "stad", 1)

    def test_tells_who_asked_without_a_word_about_it(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        asked = to_social_service(signal, cast)
        asked.acknowledge(by=cast["verpleegkundige"])
        mail = Message.objects.get(key=f"handover:{asked.pk}:answered")
        assert mail.to == cast["coordinator.politie"].email
        assert not any(word in mail.body for word in (asked.text, signal.reference, "Burenruzie", "Overleiestraat"))


class TestSayingNo:
    def test_leaves_it_with_the_owner_with_the_reason(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        asked = to_social_service(signal, cast)
        asked.decline(by=cast["verpleegkundige"], reason="Niemand vraagt hulp.")
        assert (asked.state, fresh(signal).owner.code) == (HandoverState.DECLINED, "politie")
        assert "Niemand vraagt hulp." in signal.events.get(kind=EventKind.DECLINED).sentence
        assert sight(cast, "verpleegkundige", signal) == Sight.LIMITED

    def test_needs_a_reason(self, cast: Cast, report: Make) -> None:
        with pytest.raises(Refused):
            to_social_service(report("Burenruzie"), cast).decline(by=cast["verpleegkundige"], reason=" ")

    def test_taken_back_shows_the_receiver_nothing_any_more(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        asked = to_social_service(signal, cast)
        asked.withdraw(by=cast["coordinator.politie"])
        assert sight(cast, "verpleegkundige", signal) == Sight.LIMITED
        assert not Handover.objects.with_words(access_of(cast["verpleegkundige"])).exists()


class TestReferral:
    def refer(self, cast: Cast, signal: Signal) -> Handover:
        return refer_person(
            signal=signal, by=cast["verpleegkundige"], team=team("buurtwerk"), text="Graag een bezoekje per week.",
            legal_ground=GROUND,
        )  # fmt: skip

    def test_is_confirmed_and_the_signal_stays_with_its_owner(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        asked = self.refer(cast, signal)
        assert sight(cast, "buurtwerker", signal) == Sight.SHARED
        asked.confirm(by=cast["buurtwerker"], answer="Elke dinsdag.")
        assert (fresh(signal).team, fresh(signal).level) == (team("sociale-dienst"), 2)
        assert sight(cast, "buurtwerker", signal) == Sight.SHARED  # they still need their sentence
        assert not reads(cast, "buurtwerker", signal)
        signal.close(by=cast["verpleegkundige"], outcome="In begeleiding.")
        assert not Handover.objects.with_words(access_of(cast["buurtwerker"])).exists()

    def test_goes_to_each_team_once(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        self.refer(cast, signal)
        with pytest.raises(Refused):
            self.refer(cast, signal)


class TestReferringOutside:
    def refer(self, cast: Cast, signal: Signal, **more: str) -> Handover:
        words = {"outside": "Farys", "text": "Het deksel is van de riolering.", **more}
        return refer_outside(signal=signal, by=cast["coordinator"], **words)

    def test_stays_open_until_they_confirmed(self, cast: Cast, report: Make) -> None:
        signal = report(email="rosa@voorbeeld.example", name="Rosa")
        asked = self.refer(cast, signal)
        assert (fresh(signal).status, fresh(signal).is_open) == (S.REFERRED, True)
        assert [task.status for task in signal.tasks.all()] == ["withdrawn"]
        told = Message.objects.filter(to="rosa@voorbeeld.example", key__startswith="closed:")
        assert not told.exists()
        asked.confirm(by=cast["coordinator"], answer="Jan van Farys, aan de telefoon.")
        signal = fresh(signal)
        assert (signal.status, signal.is_open) == (S.NOT_OURS, False)
        assert signal.outcome == "Doorgegeven aan Farys. Het deksel is van de riolering."
        assert signal.outcome in told.get().body

    def test_confirmed_needs_to_know_how(self, cast: Cast, report: Make) -> None:
        asked = self.refer(cast, report())
        with pytest.raises(Refused):
            asked.confirm(by=cast["coordinator"], answer="")

    @pytest.mark.parametrize("how", ["decline", "withdraw"])
    def test_comes_back_to_be_divided(self, cast: Cast, report: Make, how: str) -> None:
        signal = report()
        asked = self.refer(cast, signal)
        if how == "decline":
            asked.decline(by=None, reason="Van de buren.")
        else:
            asked.withdraw(by=cast["coordinator"])
        assert (fresh(signal).status, fresh(signal).surfaced_why) == (S.TO_DIVIDE, "declined")

    def test_mails_them_only_when_it_is_open(self, cast: Cast, report: Make) -> None:
        asked = self.refer(cast, report(), email="meldingen@farys.example")
        mail = Message.objects.get(to="meldingen@farys.example")
        assert asked.text in mail.body
        assert "Een zetel" not in mail.body
        with pytest.raises(Refused):
            self.refer(cast, report("Klacht over de dienstverlening"), email="meldingen@farys.example")

    def test_taken_back_in_time_takes_the_mail_back(self, cast: Cast, report: Make) -> None:
        self.refer(cast, report(), email="meldingen@farys.example").withdraw(by=cast["coordinator"])
        assert Message.objects.get(to="meldingen@farys.example").state == "withdrawn"


class TestAnswers:
    @pytest.mark.parametrize("action", HANDOVER_TRANSITIONS)
    @pytest.mark.parametrize("kind", list(HandoverKind))
    @pytest.mark.parametrize("state", list(HandoverState))
    def test_go_only_where_the_map_lets_them(
        self, cast: Cast, report: Make, action: str, kind: HandoverKind, state: HandoverState
    ) -> None:
        signal = report("Burenruzie")
        by = cast["coordinator.politie"]
        if kind == HandoverKind.OUTSIDE:
            asked = refer_outside(signal=signal, by=by, outside="Farys", text="Hun put.")
        elif kind == HandoverKind.REFERRAL:
            asked = refer_person(signal=signal, by=by, team=team("sociale-dienst"), text="Zin.", legal_ground=GROUND)
        else:
            asked = to_social_service(signal, cast)
        if state != HandoverState.OFFERED:
            Handover.objects.filter(pk=asked.pk).update(state=state, ended_at=timezone.now(), answer="Ja.")
        acts: dict[str, Callable[[], None]] = {
            "acknowledge": lambda: asked.acknowledge(by=cast["verpleegkundige"]),
            "confirm": lambda: asked.confirm(by=cast["verpleegkundige"], answer="Ja."),
            "decline": lambda: asked.decline(by=cast["verpleegkundige"], reason="Nee."),
            "withdraw": lambda: asked.withdraw(by=by),
            "retract": lambda: asked.retract(by=by, reason="Vergissing."),
        }
        assert set(acts) == set(HANDOVER_TRANSITIONS)
        after = HandoverState.CONFIRMED if action == "retract" else HandoverState.OFFERED
        if state == after and kind in HANDOVER_TRANSITIONS[action]:
            acts[action]()
            asked.refresh_from_db()
            assert asked.state != state
        else:
            with pytest.raises(Refused):
                acts[action]()


class TestNoAnswer:
    def test_is_reminded_then_told_to_the_coordinators_of_both(self, cast: Cast, report: Make) -> None:
        with time_machine.travel(TUESDAY, tick=False):
            signal = report("Burenruzie")
            asked = to_social_service(signal, cast)
            assert remind_of_handovers() == 0
        with time_machine.travel(TUESDAY + dt.timedelta(days=3), tick=False):  # a Friday: two working days went by
            assert remind_of_handovers() == 1
            assert remind_of_handovers() == 0
        reminded = set(Message.objects.filter(key__contains=":reminded:").values_list("to", flat=True))
        assert cast["verpleegkundige"].email in reminded
        assert cast["coordinator.ocmw"].email not in reminded
        with time_machine.travel(TUESDAY + dt.timedelta(days=8), tick=False):
            assert remind_of_handovers() == 1
            assert remind_of_handovers() == 0
        told = Message.objects.filter(key__contains=":escalated:")
        assert {cast["coordinator.ocmw"].email, cast["coordinator.politie"].email} <= {mail.to for mail in told}
        assert not any(asked.text in mail.body or "Burenruzie" in mail.body for mail in told)
        kinds = signal.events.values_list("kind", flat=True)
        assert {EventKind.REMINDED, EventKind.ESCALATED} <= set(kinds)

    def test_of_sealed_matter_is_told_to_no_coordinator(self, cast: Cast, report: Make) -> None:
        with time_machine.travel(TUESDAY, tick=False):
            hand_over(
                signal=report("Bezorgd om iemand"), by=cast["verpleegkundige"], team=team("wijkwerking-noord"),
                text="Een zin.", legal_ground=GROUND,
            )  # fmt: skip
        for days in (3, 8):
            with time_machine.travel(TUESDAY + dt.timedelta(days=days), tick=False):
                assert remind_of_handovers() == 1
        told = set(Message.objects.filter(key__contains=":escalated:").values_list("to", flat=True))
        assert {cast["verpleegkundige"].email, cast["wijkinspecteur"].email} <= told
        assert not {cast[who].email for who in ("coordinator", "coordinator.ocmw", "coordinator.politie")} & told

    def test_from_outside_reminds_who_referred_and_them_once_more(self, cast: Cast, report: Make) -> None:
        with time_machine.travel(TUESDAY, tick=False):
            refer_outside(
                signal=report(), by=cast["coordinator"], outside="Farys", text="Hun put.", email="a@farys.example"
            )  # fmt: skip
        with time_machine.travel(TUESDAY + dt.timedelta(days=20), tick=False):
            assert remind_of_handovers() == 1
        assert Message.objects.filter(to="a@farys.example").count() == 2
        assert Message.objects.filter(to=cast["coordinator"].email, key__contains=":reminded:").exists()
