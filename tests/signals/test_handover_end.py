"""How what was asked of others ends without a yes: a no, taken back, fallen away; and the mail to who asked."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.workdays import BRUSSELS
from signals.handing import hand_over, refer_outside, refer_person
from signals.models import Handover, Signal
from signals.workflow import SignalStatus as S
from teams.models import Team
from tests.cast import Cast

type Make = Callable[..., Signal]

GROUND = "Gedeeld beroepsgeheim"
TUESDAY = dt.datetime(2026, 11, 3, 10, tzinfo=BRUSSELS)


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def said(signal: Signal, kind: str) -> tuple[Any, dict[str, Any]]:
    event = signal.events.get(kind=kind)
    return event.by, event.data


def to_social_service(signal: Signal, cast: Cast, by: str = "coordinator.politie", **more: Any) -> Handover:
    words = {"text": " Dit is zorg. ", "legal_ground": GROUND, **more}
    return hand_over(signal=signal, by=cast[by], team=team("sociale-dienst"), **words)


class TestNoAndTakenBack:
    def test_stand_in_the_course(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        asked = to_social_service(signal, cast)
        asked.decline(by=cast["verpleegkundige"], reason=" Geen zorg. ")
        asked.refresh_from_db()
        assert (asked.state, asked.ended_by, asked.answer) == ("declined", cast["verpleegkundige"], "Geen zorg.")
        data = {"handover": "handover", "receiver": "Sociale dienst"}
        assert said(signal, "declined") == (cast["verpleegkundige"], {**data, "answer": "Geen zorg."})
        to_social_service(signal, cast).withdraw(by=cast["coordinator.politie"])
        last = Handover.objects.order_by("-at").first()
        assert last is not None
        assert (last.state, last.ended_by, last.answer) == ("withdrawn", cast["coordinator.politie"], "")
        assert last.ended_at is not None
        assert said(signal, "taken_back") == (cast["coordinator.politie"], data)

    @pytest.mark.parametrize("how", ["decline", "withdraw"])
    def test_of_a_handover_leave_its_state_alone(self, cast: Cast, report: Make, how: str) -> None:
        signal = report()
        asked = to_social_service(signal, cast, by="coordinator")
        if how == "decline":
            asked.decline(by=cast["verpleegkundige"], reason="Nee.")
        else:
            asked.withdraw(by=cast["coordinator"])
        signal.refresh_from_db()
        assert (signal.status, signal.surfaced_why) == (S.IN_PROGRESS, "")


class TestFallingAway:
    """What was asked ends with what it was about: by whoever ended that."""

    def asked(self, signal: Signal, cast: Cast) -> list[Handover]:
        person = refer_person(
            signal=signal, by=cast["coordinator"], team=team("buurtwerk"), text="Zin.", legal_ground=GROUND
        )
        return [to_social_service(signal, cast, by="coordinator"), person]

    def states(self, asked: list[Handover]) -> list[str]:
        return [Handover.objects.get(pk=one.pk).state for one in asked]

    def test_takes_back_all_when_it_ends_and_of_no_other_signal(self, cast: Cast, report: Make) -> None:
        signal = report()
        here, elsewhere = self.asked(signal, cast), self.asked(report(), cast)
        signal.close(by=cast["coordinator"], outcome="Weg.")
        assert self.states(here) == ["withdrawn", "withdrawn"]
        assert self.states(elsewhere) == ["offered", "offered"]
        assert {event.by for event in signal.events.filter(kind="taken_back")} == {cast["coordinator"]}
        signal.refresh_from_db()
        assert signal.status == S.CLOSED

    def test_leaves_referrals_of_what_becomes_more_secret(self, cast: Cast, report: Make) -> None:
        signal = report()
        asked = self.asked(signal, cast)
        signal.raise_level(by=cast["coordinator"], level=1)
        assert self.states(asked) == ["withdrawn", "offered"]
        assert said(signal, "taken_back")[0] == cast["coordinator"]

    def test_brings_back_what_was_referred_outside(self, cast: Cast, report: Make) -> None:
        signal = report("Woonkwaliteit")
        asked = refer_outside(signal=signal, by=cast["coordinator"], outside="Farys", text="Hun put.")
        signal.raise_level(by=cast["coordinator"], level=1)
        signal.refresh_from_db()
        assert (self.states([asked]), signal.status, signal.surfaced_why) == (["withdrawn"], S.TO_DIVIDE, "declined")


class TestWhoAsked:
    def test_gets_a_mail_that_there_is_an_answer(self, cast: Cast, report: Make) -> None:
        with time_machine.travel(TUESDAY, tick=False):
            asked = to_social_service(report("Burenruzie"), cast)
        with time_machine.travel(TUESDAY + dt.timedelta(days=1), tick=False):
            asked.decline(by=cast["verpleegkundige"], reason="Geen zorg.")
        mail = Message.objects.get(key=f"handover:{asked.pk}:answered")
        assert (mail.to, mail.subject) == (cast["coordinator.politie"].email, "Een antwoord van Sociale dienst")
        link = settings.SITE_URL + reverse("signals:handover", args=[asked.pk])
        name = cast["coordinator.politie"].name
        assert mail.body == (
            f"Dag {name}\n\nOverdracht van 3 november 2026: geweigerd door Sociale dienst.\n\nHet antwoord: {link}"
        )

    def test_gets_none_about_an_answer_of_their_own(self, cast: Cast, report: Make) -> None:
        asked = refer_outside(signal=report(), by=cast["coordinator"], outside="Farys", text="Hun put.")
        asked.confirm(by=cast["coordinator"], answer="Jan, aan de telefoon.")
        to_social_service(report(), cast, by="coordinator").withdraw(by=cast["coordinator.rand"])
        assert not Message.objects.filter(key__endswith=":answered").exists()

    def test_gets_one_about_an_answer_from_outside(self, cast: Cast, report: Make) -> None:
        asked = refer_outside(signal=report(), by=cast["coordinator"], outside="Farys", text="Hun put.")
        asked.decline(by=None, reason="Van de buren.")
        assert "Farys" in Message.objects.get(key=f"handover:{asked.pk}:answered").subject
