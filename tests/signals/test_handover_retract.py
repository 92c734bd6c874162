"""A confirmation that was a mistake is not the end: it is taken back with a reason, and everybody concerned hears."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message, State
from kortrijk_gebied.refusals import Refused
from signals.handing import hand_over, refer_outside, refer_person
from signals.models import EventKind, Handover, Signal
from signals.outside import link_for
from signals.visibility import Sight
from signals.workflow import HandoverState, SignalStatus
from teams.access import access_of
from teams.models import Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

FARYS = "meldingen@farys.example"


@pytest.fixture
def passed_on(cast: Cast, report: Make) -> Handover:
    """Noted as confirmed, which it was not."""
    signal = report(email="rosa@voorbeeld.example", name="Rosa")
    asked = refer_outside(signal=signal, by=cast["coordinator"], outside="Farys", text="Hun put.", email=FARYS)
    asked.confirm(by=cast["coordinator"], answer="Jan, aan de telefoon.")
    return asked


@pytest.fixture
def taken_up(cast: Cast, report: Make) -> Handover:
    asked = refer_person(
        signal=report("Bezorgd om iemand"), by=cast["verpleegkundige"], team=Team.objects.get(code="buurtwerk"),
        text="Graag een bezoekje.", legal_ground="Gedeeld beroepsgeheim",
    )  # fmt: skip
    asked.confirm(by=cast["buurtwerker"], answer="Elke dinsdag.")
    return asked


def page(asked: Handover) -> str:
    return reverse("signals:handover", args=[asked.pk])


def act(asked: Handover) -> str:
    return reverse("signals:handover-retraction", args=[asked.pk])


class TestOutside:
    def test_leaves_alone_what_ended_by_a_later_yes(self, cast: Cast, passed_on: Handover) -> None:
        bram = cast["coordinator"]
        passed_on.signal.reopen(by=bram, reason="Er gebeurt niets.")
        refer_outside(signal=passed_on.signal, by=bram, outside="De Watergroep", text="Uw put.").confirm(
            by=bram, answer="An, aan de telefoon."
        )
        passed_on.retract(by=bram, reason="Farys had nooit ja gezegd.")
        assert Signal.objects.get(pk=passed_on.signal_id).status == SignalStatus.NOT_OURS
        Handover.objects.get(outside="De Watergroep").retract(by=bram, reason="Zij ook niet.")
        assert Signal.objects.get(pk=passed_on.signal_id).is_open

    def test_opens_the_signal_again_and_asks_who_was_at_it(self, cast: Cast, passed_on: Handover) -> None:
        passed_on.retract(by=(bram := cast["coordinator"]), reason="Het was een andere put.")
        signal = Signal.objects.get(pk=passed_on.signal_id)
        assert (signal.status, passed_on.state) == (SignalStatus.REOPENED, HandoverState.WITHDRAWN)
        events = signal.events.filter(kind__in=[EventKind.RETRACTED, EventKind.REOPENED])
        assert [passed_on.ended_by, *(event.by for event in events)] == [bram, bram, bram]
        assert signal.tasks.get(status="offered").team.code == "team-net-noord"
        assert "Het was een andere put." in signal.events.get(kind=EventKind.RETRACTED).sentence
        told = Message.objects.get(to="rosa@voorbeeld.example", key__startswith="closed:")
        assert told.state == State.WITHDRAWN

    def test_needs_a_reason(self, cast: Cast, passed_on: Handover) -> None:
        with pytest.raises(Refused, match=r"^Zeg waarom de bevestiging wordt teruggenomen\.$"):
            passed_on.retract(by=cast["coordinator"], reason=" ")

    def test_tells_them_when_our_mail_went_out(self, cast: Cast, passed_on: Handover) -> None:
        Message.objects.filter(to=FARYS).update(state=State.DONE, finished_at=timezone.now())
        passed_on.retract(by=cast["coordinator"], reason="Het was een andere put.")
        mail = Message.objects.get(key=f"handover:{passed_on.pk}:over")
        assert (mail.to, mail.state) == (FARYS, State.WAITING)
        assert "niets meer" in mail.body
        for hidden in ("Hun put.", "andere put", "Overleiestraat", passed_on.signal.reference):
            assert hidden not in f"{mail.subject} {mail.body}"
        assert "We trokken deze vraag" in Client().get("/" + link_for(passed_on).split("/", 3)[3]).text

    def test_tells_them_nothing_when_it_did_not(self, cast: Cast, passed_on: Handover) -> None:
        passed_on.retract(by=cast["coordinator"], reason="Het was een andere put.")
        assert Message.objects.get(to=FARYS).state == State.WITHDRAWN

    def test_that_is_taken_back_before_an_answer_tells_them_as_well(self, cast: Cast, report: Make) -> None:
        asked = refer_outside(signal=report(), by=cast["coordinator"], outside="Farys", text="Hun put.", email=FARYS)
        Message.objects.filter(to=FARYS).update(state=State.DONE, finished_at=timezone.now())
        asked.withdraw(by=cast["coordinator"])
        assert Message.objects.filter(to=FARYS, key=f"handover:{asked.pk}:over").exists()

    def test_leaves_alone_what_was_opened_again_already(self, cast: Cast, passed_on: Handover) -> None:
        signal = Signal.objects.get(pk=passed_on.signal_id)
        signal.reopen(by=cast["coordinator"], reason="De melder belde.")
        signal.close(by=cast["coordinator"], outcome="Zelf gedaan.")
        passed_on.retract(by=cast["coordinator"], reason="Het was een andere put.")
        assert Signal.objects.get(pk=signal.pk).outcome == "Zelf gedaan."


class TestOfAPerson:
    def test_by_who_asked_hides_the_sentence_and_is_told_to_who_confirmed(self, cast: Cast, taken_up: Handover) -> None:
        buurtwerker = access_of(cast["buurtwerker"])
        assert Signal.objects.listed(buurtwerker).get(pk=taken_up.signal_id).sight == Sight.SHARED
        taken_up.retract(by=cast["verpleegkundige"], reason="De verkeerde persoon.")
        assert not Signal.objects.listed(buurtwerker).filter(pk=taken_up.signal_id).exists()
        assert Signal.objects.get(pk=taken_up.signal_id).is_open
        (mail,) = Message.objects.filter(key__startswith=f"handover:{taken_up.pk}:retracted")
        assert mail.to == cast["buurtwerker"].email
        assert "De verkeerde persoon." not in mail.body

    def test_by_who_confirmed_is_told_to_who_asked(self, cast: Cast, sign_in: SignIn, taken_up: Handover) -> None:
        client = sign_in(cast["buurtwerker"])
        assert act(taken_up) in client.get(page(taken_up)).text
        assert client.post(act(taken_up), {"reason": "Op de verkeerde knop gedrukt."}).status_code == 302
        (mail,) = Message.objects.filter(key__startswith=f"handover:{taken_up.pk}:retracted")
        assert mail.to == cast["verpleegkundige"].email


class TestPage:
    def test_offers_it_to_who_steers_and_keeps_the_reason(
        self, cast: Cast, sign_in: SignIn, passed_on: Handover
    ) -> None:
        bram = sign_in(cast["coordinator"])
        signal = reverse("signals:signal", args=[passed_on.signal.reference])
        assert act(passed_on) in bram.get(signal).text
        answer = bram.post(act(passed_on), {"reason": " "})
        assert (answer.status_code, "Zeg waarom de bevestiging wordt teruggenomen." in answer.text) == (422, True)
        assert bram.post(act(passed_on), {"reason": "Het was een andere put."}).status_code == 302
        assert "Het was een andere put." in bram.get(page(passed_on)).text
        assert act(passed_on) not in bram.get(signal).text

    def test_refuses_who_only_reads_and_a_second_time(self, cast: Cast, sign_in: SignIn, passed_on: Handover) -> None:
        data = {"reason": "Vergissing."}
        assert sign_in(cast["wijkinspecteur"]).post(act(passed_on), data).status_code == 403
        assert sign_in(cast["coordinator"]).get(act(passed_on)).status_code == 405
        passed_on.retract(by=cast["coordinator"], reason="Vergissing.")
        assert sign_in(cast["coordinator"]).post(act(passed_on), data).status_code == 422

    def test_is_not_for_a_handover_that_was_taken_over(self, cast: Cast, report: Make) -> None:
        """That can be handed back."""
        asked = hand_over(
            signal=report(),
            by=cast["coordinator"],
            team=Team.objects.get(code="wijkwerking-noord"),
            text="Voor jullie.",
        )
        asked.acknowledge(by=cast["wijkinspecteur"])
        with pytest.raises(Refused):
            asked.retract(by=cast["wijkinspecteur"], reason="Vergissing.")
