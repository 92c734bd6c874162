"""A message says of a signal no more than the partner may read at that moment: the marker words never leave."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from signals.joining import join
from signals.models import Category, DeliveryState, PartnerKey, PartnerReport, Signal, Task, Webhook, WebhookDelivery
from signals.webhooks.sending import message_of
from teams.models import Organisation, Team
from tests.cast import Cast
from tests.signals.webhooks.conftest import Program
from tests.signals.webhooks.test_delivery import deliver

pytestmark = pytest.mark.django_db

type Report = Callable[..., Signal]
type MakeWebhook = Callable[..., Webhook]

PLACE = "kwibbelplaats bij An Peeters"
POINT = (3.2620123, 50.8335123)
MARKERS = ("kwibbel", "Peeters", "3.2620123", "50.8335123")


@pytest.fixture
def lamp(report: Report) -> Signal:
    return report("Straatverlichting", place=PLACE, description="kwibbeltekst", at=POINT)


def bodies() -> dict[str, str]:
    """What would leave now, by what happened."""
    rows = WebhookDelivery.objects.select_related("webhook__team", "event__signal", "event__task")
    return {row.happening: json.dumps(message_of(row)) for row in rows}


def marked(text: str) -> list[str]:
    return [marker for marker in MARKERS if marker in text]


def private() -> None:
    Category.objects.update(public=False)


class TestATeam:
    def test_that_reads_the_signal_is_told_where(self, make_webhook: MakeWebhook, lamp: Signal, cast: Cast) -> None:
        make_webhook()
        lamp.tasks.get().withdraw(by=cast["coordinator"])
        lamp.offer(team=Team.objects.get(code="fluvius-verlichting"), title="Lamp", by=cast["coordinator"])
        told = bodies()["task.offered"]
        assert PLACE in told
        assert "3.2620123" in told
        assert "kwibbeltekst" not in told

    def test_that_was_told_the_end_is_told_that_it_is_open_again(
        self, make_webhook: MakeWebhook, lamp: Signal, cast: Cast
    ) -> None:
        """Nobody there had said yes, so they are not asked once more: in outline all the same."""
        make_webhook()
        private()
        lamp.close(by=cast["coordinator"], outcome="kwibbelafloop")
        lamp.reopen(by=cast["coordinator"], reason="kwibbelreden")
        said = bodies()["signal.reopened"]
        assert not marked(said)
        data = json.loads(said)["data"]["signal"]
        assert (data["service_request_id"], data["status"]) == (lamp.reference, "open")
        WebhookDelivery.objects.filter(happening="signal.closed").update(state=DeliveryState.DROPPED)
        assert bodies()["signal.reopened"] == "null"

    @pytest.mark.parametrize("public", [True, False])
    def test_that_gave_it_back_is_told_what_everybody_is(
        self, make_webhook: MakeWebhook, report: Report, cast: Cast, public: bool
    ) -> None:
        make_webhook()
        Category.objects.filter(level=0).update(public=public)
        signal = report("Straatverlichting", place=PLACE, description="kwibbeltekst", at=POINT)
        assert marked(bodies()["signal.routed"])
        signal.tasks.get().give_back(by=cast["fluvius"], reason="Niet van ons.")
        told = bodies()
        assert set(told) == {"signal.routed", "task.returned"}
        assert not marked("".join(told.values()))
        assert (signal.reference in told["task.returned"]) == public
        assert "Lamp herstellen" in told["task.returned"]

    def test_that_was_still_at_it_is_told_which_one_ended_and_finds_it_in_outline(
        self, make_webhook: MakeWebhook, lamp: Signal, cast: Cast, client: Client
    ) -> None:
        make_webhook()
        private()
        lamp.close(by=cast["coordinator"], outcome="kwibbelafloop")
        told = bodies()["signal.closed"]
        assert not marked(told)
        data = json.loads(told)["data"]["signal"]
        assert (data["service_request_id"], data["status"]) == (lamp.reference, "closed")
        team = Team.objects.get(code="fluvius-verlichting")
        key = PartnerKey(
            organisation=Organisation.objects.get(code="fluvius"), name="x", valid_until="2030-01-01", team=team
        )
        key.may_read = True
        shown = PartnerKey.make(key, by=cast["beheerder"])
        address = f"/open311/v2/requests/{lamp.reference}.json"
        (answered,) = client.get(address, headers={"X-Api-Key": shown}).json()
        assert answered["status"] == "closed"
        assert not marked(json.dumps(answered))
        Task.objects.update(ended_at=timezone.now())  # taken off it at another moment: then it is over for them
        assert client.get(address, headers={"X-Api-Key": shown}).status_code == 404

    def test_that_gave_it_back_before_the_message_left_is_not_told_that_it_ended(
        self, webhook: Webhook, program: Program, lamp: Signal, cast: Cast
    ) -> None:
        private()
        task = lamp.tasks.get()
        task.accept(by=cast["fluvius"])
        task.complete(by=cast["fluvius"], outcome="Gedaan.")
        type(task).objects.filter(pk=task.pk).update(status="returned")
        lamp.refresh_from_db()
        lamp.note_working_teams()
        deliver()
        dropped = WebhookDelivery.objects.get(happening="signal.closed")
        assert (dropped.state, dropped.problem) == (DeliveryState.DROPPED, "Het gaat het team niet meer aan.")
        assert not marked(str(program.got))
        assert program.messages

    def test_that_ended_is_told_nothing(self, webhook: Webhook, program: Program, lamp: Signal) -> None:
        ended = timezone.localdate() - dt.timedelta(days=1)
        Team.objects.filter(pk=webhook.team_id).update(ends=ended)
        deliver()
        assert program.got == []
        assert WebhookDelivery.objects.get().problem == "Dit team bestaat niet meer."


class TestWhoReported:
    @pytest.fixture
    def joined(self, make_webhook: MakeWebhook, report: Report, cast: Cast) -> Signal:
        """The school reported a hole; its report went on in what somebody else told."""
        make_webhook("school-wegwijzer")
        private()
        signal = report("Put in de weg", place=PLACE, description="kwibbeltekst", at=POINT)
        theirs = report("Put in de weg", place="Schoolpoort")
        key = PartnerKey(organisation=Organisation.objects.get(code="school"), name="x", valid_until="2030-01-01")
        key.team = Team.objects.get(code="school-wegwijzer")
        key.may_read = True
        self.key = PartnerKey.make(key, by=cast["beheerder"])
        PartnerReport.objects.create(report=theirs.reports.get(), key=key)
        join(theirs, into=signal, by=cast["coordinator"])
        signal.refresh_from_db()
        signal.close(by=cast["coordinator"], outcome="kwibbelafloop")
        return signal

    def test_is_told_in_outline_what_others_told_too(self, joined: Signal) -> None:
        told = bodies()["signal.closed"]
        assert not marked(told)
        data = json.loads(told)["data"]["signal"]
        assert (data["service_request_id"], data["status"]) == (joined.reference, "closed")
        assert data["address"] == "Overleie"
        assert (data["lat"], data["long"]) == (50.8335, 3.262)

    def test_is_told_what_the_interface_answers_it(self, joined: Signal, client: Client) -> None:
        told = json.loads(bodies()["signal.closed"])["data"]["signal"]
        address = f"/open311/v2/requests/{joined.reference}.json"
        (answered,) = client.get(address, headers={"X-Api-Key": self.key}).json()
        shared = {"service_request_id", "status", "service_code", "service_name", "address", "lat", "long"}
        assert {name: told[name] for name in shared} == {name: answered[name] for name in shared}
