"""What a handover leaves behind: its row, its term, the course of the signal, the read log, the mail to who asked."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import time_machine

from kortrijk_gebied.audit.models import ReadEntry
from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.workdays import BRUSSELS
from signals.handing import hand_over, refer_outside, refer_person
from signals.models import Attachment, Feedback, Handover, Signal
from signals.workflow import SignalStatus as S
from teams.models import ClosingDay, Organisation, Team
from tests.cast import Cast

type Make = Callable[..., Signal]

GROUND = "Gedeeld beroepsgeheim"
TUESDAY = dt.datetime(2026, 11, 3, 10, tzinfo=BRUSSELS)


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def organisation(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def said(signal: Signal, kind: str) -> tuple[Any, dict[str, Any]]:
    event = signal.events.get(kind=kind)
    return event.by, event.data


def to_social_service(signal: Signal, cast: Cast, by: str = "coordinator.politie", **more: Any) -> Handover:
    words = {"text": " Dit is zorg. ", "legal_ground": GROUND, **more}
    return hand_over(signal=signal, by=cast[by], team=team("sociale-dienst"), **words)


class TestAsking:
    def test_keeps_who_asks_what_of_whom_on_which_ground(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        asked = hand_over(
            signal=signal, by=cast["verpleegkundige"], team=team("buurtwerk"), text=" Een zin. ", legal_ground=GROUND
        )
        asked.refresh_from_db()
        kept = (asked.signal, asked.kind, asked.state, asked.by, asked.team, asked.text, asked.legal_ground, asked.seal)
        mine = (signal, "handover", "offered", cast["verpleegkundige"], team("buurtwerk"), "Een zin.", GROUND, False)
        assert kept == mine
        assert (asked.from_organisation, asked.from_team) == (organisation("ocmw"), team("sociale-dienst"))
        data = {"handover": "handover", "receiver": "Buurtwerk", "text": "Een zin."}
        assert said(signal, "asked") == (cast["verpleegkundige"], data)

    def test_for_a_person_keeps_the_same(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        asked = refer_person(
            signal=signal, by=cast["coordinator.politie"], team=team("buurtwerk"), text="Een zin.", legal_ground=GROUND
        )
        asked.refresh_from_db()
        assert (asked.kind, asked.by, asked.team, asked.text) == (
            "referral", cast["coordinator.politie"], team("buurtwerk"), "Een zin.",
        )  # fmt: skip
        assert (asked.legal_ground, asked.from_organisation) == (GROUND, organisation("politie"))

    def test_outside_keeps_name_and_address_and_stops_the_work(self, cast: Cast, report: Make) -> None:
        signal = report()
        asked = refer_outside(
            signal=signal, by=cast["coordinator"], outside="Farys", text="Hun put.", email="meldingen@farys.example"
        )
        asked.refresh_from_db()
        assert (asked.kind, asked.outside, asked.outside_email) == ("outside", "Farys", "meldingen@farys.example")
        assert (asked.team, asked.text, asked.by) == (None, "Hun put.", cast["coordinator"])
        signal.refresh_from_db()
        task = signal.tasks.get()
        assert (signal.status, task.status, task.ended_by) == (S.REFERRED, "withdrawn", cast["coordinator"])
        mail = Message.objects.get(key=f"handover:{asked.pk}:asked")
        assert mail.run_after > asked.at + dt.timedelta(minutes=1)  # so that an undo can still take it back

    def test_of_open_matter_keeps_no_ground(self, cast: Cast, report: Make) -> None:
        asked = hand_over(signal=report(), by=cast["coordinator"], team=team("wijkwerking-noord"), text="Zin.")
        assert (asked.legal_ground, asked.seal) == ("", False)

    def test_sealing_makes_it_limited_at_once(self, cast: Cast, report: Make) -> None:
        signal = report("Woonkwaliteit")
        assert to_social_service(signal, cast, by="coordinator", seal=True).seal
        assert said(signal, "level_raised") == (cast["coordinator"], {"to": "limited"})


class TestTheTerm:
    def test_is_two_working_days_of_the_receiver(self, cast: Cast, report: Make) -> None:
        ClosingDay.objects.create(organisation=organisation("ocmw"), day="2026-11-04", name="Brugdag")
        with time_machine.travel(TUESDAY, tick=False):
            handed = to_social_service(report("Burenruzie"), cast)
            referred = refer_person(
                signal=report(), by=cast["coordinator"], team=team("wijkwerking-noord"), text="Zin.", legal_ground="Wet"
            )
        assert handed.due_at == dt.datetime(2026, 11, 6, 17, tzinfo=BRUSSELS)  # a Wednesday on which it is closed
        assert referred.due_at == dt.datetime(2026, 11, 5, 17, tzinfo=BRUSSELS)

    def test_is_ten_working_days_of_the_owner_outside(self, cast: Cast, report: Make) -> None:
        ClosingDay.objects.create(organisation=organisation("stad"), day="2026-11-10", name="Brugdag")
        with time_machine.travel(TUESDAY, tick=False):
            asked = refer_outside(signal=report(), by=cast["coordinator"], outside="Farys", text="Hun put.")
        assert asked.due_at == dt.datetime(2026, 11, 19, 17, tzinfo=BRUSSELS)  # 11 November is a holiday as well


class TestYes:
    def test_stands_in_the_course(self, cast: Cast, report: Make) -> None:
        signal, other = report("Burenruzie"), report("Burenruzie")
        asked = to_social_service(signal, cast)
        asked.acknowledge(by=cast["verpleegkundige"])
        asked.refresh_from_db()
        other.refresh_from_db()
        assert other.owner == organisation("politie")  # that one alone is theirs
        assert (asked.state, asked.ended_by, asked.answer) == ("confirmed", cast["verpleegkundige"], "")
        assert asked.ended_at is not None
        data = {"giver": "PZ Vlas", "receiver": "Sociale dienst"}
        assert said(signal, "handed_over") == (cast["verpleegkundige"], data)

    def test_is_read_in_the_log_of_the_former_owner_when_it_is_secret(self, cast: Cast, report: Make) -> None:
        to_social_service(report(), cast, by="coordinator").acknowledge(by=cast["verpleegkundige"])
        assert not ReadEntry.objects.exists()
        signal, nurse = report("Burenruzie"), cast["verpleegkundige"]
        to_social_service(signal, cast).acknowledge(by=nurse)
        entry = ReadEntry.objects.get()
        assert (entry.owner_id, entry.object_type, entry.object_id) == (organisation("politie").pk, "signal", signal.pk)
        assert (entry.reference, entry.level, entry.surface) == (signal.reference, 1, "handover")
        assert (entry.reader_id, entry.reader_name) == (nurse.pk, nurse.name)
        assert entry.reader_organisation_id == nurse.organisation_id

    def test_seals_it_and_takes_work_from_who_may_not_see_it(self, cast: Cast, report: Make) -> None:
        signal = report("Woonkwaliteit")
        nurse = cast["verpleegkundige"]
        to_social_service(signal, cast, by="coordinator", seal=True).acknowledge(by=nurse)
        raised = signal.events.filter(kind="level_raised").order_by("at")
        assert [(event.by, event.data["to"]) for event in raised] == [
            (cast["coordinator"], "limited"), (nurse, "sealed"),
        ]  # fmt: skip
        signal.refresh_from_db()
        assert (signal.owner, signal.team, signal.level) == (organisation("ocmw"), team("sociale-dienst"), 2)
        assert (signal.status, signal.surfaced_why, signal.working_team_ids) == (S.TO_DIVIDE, "handed_over", [])

    def test_of_sealed_matter_withdraws_the_task_of_its_former_team_and_says_why(
        self, cast: Cast, report: Make
    ) -> None:
        signal = report("Bezorgd om iemand")
        hand_over(
            signal=signal, by=cast["verpleegkundige"], team=team("wijkwerking-noord"), text="Zin.", legal_ground=GROUND
        ).acknowledge(by=cast["wijkinspecteur"])
        by, data = said(signal, "withdrawn")
        assert (by, data["why"]) == (cast["wijkinspecteur"], "sealed")

    def test_lets_the_signal_follow_its_tasks(self, cast: Cast, report: Make) -> None:
        signal = report()
        asked = to_social_service(signal, cast, by="coordinator")
        Signal.objects.filter(pk=signal.pk).update(status=S.TO_DIVIDE)
        asked.acknowledge(by=cast["verpleegkundige"])
        signal.refresh_from_db()
        assert signal.status == S.IN_PROGRESS

    def test_leaves_what_was_told_of_open_matter(self, cast: Cast, report: Make) -> None:
        signal, warden = report(channel="warden", by=cast["gemeenschapswacht"]), cast["gemeenschapswacht"]
        signal.close(by=cast["coordinator"], outcome="Opgeruimd.")
        signal.reopen(by=cast["coordinator"], reason="Het ligt er weer.")
        to_social_service(signal, cast, by="coordinator").acknowledge(by=cast["verpleegkundige"])
        assert [line.text for line in Feedback.objects.of(warden)] == ["Opgeruimd."]

    def test_from_outside_ends_it_with_where_it_went(self, cast: Cast, report: Make) -> None:
        signal = report(channel="warden", by=cast["gemeenschapswacht"], email="rosa@voorbeeld.example")
        asked = refer_outside(signal=signal, by=cast["coordinator"], outside="Farys", text="Hun put.")
        asked.confirm(by=cast["coordinator"], answer=" Jan, aan de telefoon. ")
        signal.refresh_from_db()
        outcome = "Doorgegeven aan Farys. Hun put."
        assert (signal.status, signal.outcome, signal.closed_by) == (S.NOT_OURS, outcome, cast["coordinator"])
        assert signal.closed_at is not None
        assert said(signal, "not_ours") == (cast["coordinator"], {"outcome": outcome})
        data = {"handover": "outside", "receiver": "Farys", "answer": "Jan, aan de telefoon."}
        assert said(signal, "confirmed") == (cast["coordinator"], data)
        assert Feedback.objects.of(cast["gemeenschapswacht"]).get().text == outcome
        assert signal.events.get(kind="told").by == cast["coordinator"]

    def test_to_a_referral_ends_nothing(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        asked = refer_person(
            signal=signal, by=cast["coordinator.politie"], team=team("buurtwerk"), text="Zin.", legal_ground=GROUND
        )
        asked.confirm(by=cast["buurtwerker"], answer="Elke dinsdag.")
        signal.refresh_from_db()
        assert signal.is_open
        data = {"handover": "referral", "receiver": "Buurtwerk", "answer": "Elke dinsdag."}
        assert said(signal, "confirmed") == (cast["buurtwerker"], data)


def photo(signal: Signal, by: str, **details: Any) -> Attachment:
    made = Attachment(
        signal=signal, organisation=organisation(by), width=1, height=1, size=1, sha256=f"{by}{details}"[:64], **details
    )
    made.file.name = made.thumbnail.name = "x.jpg"
    made.save()
    return made


class TestWhatHangsOnIt:
    def kept(self, part: Any) -> tuple[str, str | None]:
        part.refresh_from_db()
        return part.organisation.code, part.team.code if part.team else None

    def test_when_limited_goes_along_if_the_owner_kept_it_no_more_secret(self, cast: Cast, report: Make) -> None:
        signal, ward = report("Burenruzie"), team("wijkwerking-noord")
        Signal.objects.filter(pk=signal.pk).update(team=ward)  # limited is kept by an organisation, not by a team
        own = [signal.add_note(by=cast["wijkinspecteur"], text="Nota."), photo(signal, "politie", level=1)]
        others = [signal.add_note(by=cast["buurtwerker"], text="Andere."), photo(signal, "stad", level=1)]
        secret = [
            signal.add_note(by=cast["wijkinspecteur"], text="Zegel.", level=2, team=ward),
            photo(signal, "politie", level=2, team=ward),
        ]
        hand_over(
            signal=signal, by=cast["coordinator.politie"], team=team("preventie"), text="Zin.", legal_ground=GROUND
        ).acknowledge(by=cast["coordinator"])
        assert [self.kept(part) for part in own] == [("stad", None)] * 2
        assert [self.kept(part) for part in others] == [("ocmw", None), ("stad", None)]
        assert [self.kept(part) for part in secret] == [("politie", ward.code)] * 2

    def test_when_sealed_goes_along_if_its_keeper_kept_it(self, cast: Cast, report: Make) -> None:
        signal, keeper, other = report("Bezorgd om iemand"), team("sociale-dienst"), team("buurtwerk")
        own = [signal.add_note(by=cast["verpleegkundige"], text="Nota."), photo(signal, "ocmw", level=2, team=keeper)]
        others = [
            signal.add_note(by=cast["buurtwerker"], text="Andere.", team=other),
            photo(signal, "ocmw", level=2, team=other),
        ]
        hand_over(
            signal=signal, by=cast["verpleegkundige"], team=team("wijkwerking-noord"), text="Zin.", legal_ground=GROUND
        ).acknowledge(by=cast["wijkinspecteur"])
        assert [self.kept(part) for part in own] == [("politie", "wijkwerking-noord")] * 2
        assert [self.kept(part) for part in others] == [("ocmw", "buurtwerk")] * 2

    def test_when_open_stays_with_who_wrote_it(self, cast: Cast, report: Make) -> None:
        signal = report()
        note = signal.add_note(by=cast["coordinator"], text="Nota.")
        to_social_service(signal, cast, by="coordinator").acknowledge(by=cast["verpleegkundige"])
        assert self.kept(note) == ("stad", None)
