"""A message to a partner's program over a real connection: signed, without secrets, tried again, on record."""

import base64
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from kortrijk_gebied.jobs.models import MAX_ATTEMPTS, Job, State
from kortrijk_gebied.jobs.tasks import run_job
from signals.levels import Level
from signals.models import DeliveryState, Signal, Webhook, WebhookDelivery
from signals.webhooks.sending import NotDelivered
from teams.models import Team
from tests.cast import Cast
from tests.signals.webhooks.conftest import Program

pytestmark = pytest.mark.django_db

type Report = Callable[..., Signal]


def deliver() -> None:
    for job in Job.objects.filter(kind="webhook", state=State.WAITING):
        run_job(str(job.pk))


def fail() -> None:
    """As often as a job tries, without the waiting in between."""
    for _attempt in range(MAX_ATTEMPTS):
        job = Job.objects.get(kind="webhook", state=State.WAITING)
        Job.objects.filter(pk=job.pk).update(run_after=timezone.now())
        with pytest.raises(NotDelivered):
            run_job(str(job.pk))


class TestMessage:
    def test_says_what_and_where_and_links(self, webhook: Webhook, program: Program, report: Report) -> None:
        signal = report("Straatverlichting", description="Lamp 12.", name="Rosa", email="rosa@voorbeeld.example")
        deliver()
        (message,) = program.messages
        task = signal.tasks.get()
        assert message["type"] == "signal.routed"
        assert message["data"]["signal"]["service_request_id"] == signal.reference
        assert message["data"]["signal"]["request"].endswith(f"/open311/v2/requests/{signal.reference}.json")
        assert message["data"]["task"]["page"].endswith(f"/signalen/taken/{task.pk}/")
        assert message["data"]["task"]["title"] == "Lamp herstellen"
        assert not [word for word in ("Lamp 12", "Rosa", "voorbeeld") if word in str(message)]

    def test_can_be_checked_with_the_secret(self, webhook: Webhook, program: Program, report: Report) -> None:
        """As a partner would, by the text of standardwebhooks.com."""
        report("Straatverlichting")
        deliver()
        headers, body = program.got[0]
        signed = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
        key = base64.b64decode(webhook.secret.removeprefix("whsec_"))
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
        assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
        assert headers["webhook-id"] == str(WebhookDelivery.objects.get().pk)
        assert headers["content-type"].startswith("application/json")

    @pytest.mark.parametrize("level", [Level.LIMITED, Level.SEALED])
    def test_of_secret_matter_is_a_link_alone(
        self, webhook: Webhook, program: Program, report: Report, cast: Cast, level: Level
    ) -> None:
        signal = report("Burenruzie", description="kwibbeltekst", place="kwibbelplaats")
        team = Team.objects.get(code="fluvius-verlichting")
        task = signal.offer(team=team, title="kwibbeltaak", by=cast["coordinator.politie"])
        Signal.objects.filter(pk=signal.pk).update(level=level, team=Team.objects.get(code="wijkwerking-noord"))
        deliver()
        (message,) = program.messages
        assert message["data"] == {"task": {"page": message["data"]["task"]["page"]}}
        assert str(task.pk) in message["data"]["task"]["page"]
        assert not [word for word in ("kwibbel", signal.reference, "urenruzie") if word in json.dumps(message)]

    def test_that_became_secret_before_it_left_says_no_more_than_that(
        self, webhook: Webhook, program: Program, report: Report, cast: Cast
    ) -> None:
        """Written while it was open; what leaves is what may be told now."""
        signal = report("Straatverlichting", place="kwibbelplaats")
        signal.tasks.get().accept(by=cast["fluvius"])
        signal.tasks.get().complete(by=cast["fluvius"], outcome="Gedaan.")
        signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        deliver()
        assert {message["type"] for message in program.messages} == {"signal.routed", "task.accepted", "task.done"}
        assert "kwibbel" not in str(program.got)
        assert signal.reference not in str(program.got)
        dropped = WebhookDelivery.objects.get(happening="signal.closed")
        assert (dropped.state, dropped.problem) == (DeliveryState.DROPPED, "Het is niet meer open.")


class TestOutcome:
    def test_of_a_delivery_is_noted(self, webhook: Webhook, program: Program, report: Report) -> None:
        report("Straatverlichting")
        deliver()
        delivery = WebhookDelivery.objects.get()
        assert (delivery.state, delivery.answer, delivery.attempts) == (DeliveryState.DELIVERED, 204, 1)
        assert Job.objects.get(kind="webhook").state == State.DONE

    @pytest.mark.parametrize(
        ("status", "says"), [(500, "kon het niet aannemen"), (403, "weigert"), (404, "kent dit adres niet"),
                             (302, "verwijst door")],
    )  # fmt: skip
    def test_of_a_refusal_is_tried_again_later(
        self, webhook: Webhook, program: Program, report: Report, status: int, says: str
    ) -> None:
        program.status = status
        report("Straatverlichting")
        with pytest.raises(NotDelivered):
            deliver()
        delivery, job = WebhookDelivery.objects.get(), Job.objects.get(kind="webhook")
        assert (delivery.state, delivery.answer) == (DeliveryState.WAITING, status)
        assert says in delivery.problem
        assert job.state == State.WAITING
        assert job.run_after > timezone.now()
        assert len(program.got) == 1  # and no redirect followed

    def test_arrives_when_the_other_side_is_back(self, webhook: Webhook, program: Program, report: Report) -> None:
        program.status = 503
        report("Straatverlichting")
        with pytest.raises(NotDelivered):
            deliver()
        program.status = 200
        Job.objects.update(run_after=timezone.now())
        deliver()
        assert WebhookDelivery.objects.get().state == DeliveryState.DELIVERED
        first, second = (headers["webhook-id"] for headers, _body in program.got)
        assert first == second  # so that the partner knows it for the same

    def test_after_the_last_attempt_is_given_up(self, webhook: Webhook, program: Program, report: Report) -> None:
        program.status = 500
        report("Straatverlichting")
        fail()
        delivery = WebhookDelivery.objects.get()
        assert (delivery.state, delivery.attempts) == (DeliveryState.FAILED, MAX_ATTEMPTS)
        assert Job.objects.get(kind="webhook").state == State.FAILED

    def test_of_an_address_inside_is_a_refusal(
        self, make_webhook: Callable[..., Webhook], report: Report, settings: Any
    ) -> None:
        settings.OUTGOING_LOOPBACK = False
        make_webhook(url="http://127.0.0.1:8000/admin")
        report("Straatverlichting")
        with pytest.raises(NotDelivered):
            deliver()
        assert "afgesloten netwerk" in WebhookDelivery.objects.get().problem

    def test_of_an_erased_signal_is_nothing(self, webhook: Webhook, program: Program, report: Report) -> None:
        report("Straatverlichting")
        WebhookDelivery.objects.all().delete()
        deliver()
        assert program.got == []
        assert Job.objects.get(kind="webhook").state == State.DONE

    def test_is_not_sent_once_switched_off(self, webhook: Webhook, program: Program, report: Report) -> None:
        report("Straatverlichting")
        webhook.switch(on=False)
        deliver()
        assert program.got == []
        assert WebhookDelivery.objects.get().problem == "De webhook staat uit."


class TestRetry:
    def test_by_hand_sends_it_after_all(
        self, webhook: Webhook, program: Program, report: Report, cast: Cast, sign_in: Callable[..., Client]
    ) -> None:
        program.status = 500
        report("Straatverlichting")
        fail()
        program.status = 204
        delivery = WebhookDelivery.objects.get()
        answer = sign_in(cast["beheerder"]).post(
            f"/signalen/koppelingen/leveringen/{delivery.pk}/herhaling/", follow=True
        )
        assert "opnieuw onderweg" in answer.text
        deliver()
        delivery.refresh_from_db()
        assert delivery.state == DeliveryState.DELIVERED

    def test_twice_is_once(
        self, webhook: Webhook, program: Program, report: Report, cast: Cast, sign_in: Callable[..., Client]
    ) -> None:
        program.status = 500
        report("Straatverlichting")
        fail()
        delivery, client = WebhookDelivery.objects.get(), sign_in(cast["beheerder"])
        url = f"/signalen/koppelingen/leveringen/{delivery.pk}/herhaling/"
        client.post(url)
        assert "al onderweg" in client.post(url, follow=True).text
        assert Job.objects.filter(kind="webhook", state=State.WAITING).count() == 1

    def test_of_what_its_worker_died_of_comes_an_hour_later(
        self, webhook: Webhook, program: Program, report: Report
    ) -> None:
        report("Straatverlichting")
        delivery = WebhookDelivery.objects.get()
        assert not delivery.can_be_retried
        with time_machine.travel(timezone.now() + dt.timedelta(hours=2)):
            assert delivery.can_be_retried
