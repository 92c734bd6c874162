"""Who hears of what: written with what happens, for the team it concerns, as far as it may know."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from kortrijk_gebied.jobs.models import Job
from signals.handing import refer_outside
from signals.intake import Contact, register
from signals.levels import Level
from signals.models import Category, PartnerKey, PartnerReport, Signal, Webhook, WebhookDelivery
from signals.models.corrected import Spot
from signals.undoing import undo_closing
from signals.webhooks.announce import announce
from signals.webhooks.sending import message_of
from teams.models import Organisation, Team
from tests.cast import OVERLEIE, Cast

pytestmark = pytest.mark.django_db

type Report = Callable[..., Signal]
type MakeWebhook = Callable[..., Webhook]


def heard() -> list[str]:
    return list(WebhookDelivery.objects.order_by("pk").values_list("happening", flat=True))


@pytest.fixture
def listening(make_webhook: MakeWebhook) -> Webhook:
    return make_webhook()


class TestTeam:
    def test_hears_its_work_from_beginning_to_end(self, listening: Webhook, report: Report, cast: Cast) -> None:
        task = report("Straatverlichting").tasks.get()
        assert heard() == ["signal.routed"]
        task.accept(by=cast["fluvius"])
        task.complete(by=cast["fluvius"], outcome="Lamp vervangen.")
        assert heard() == ["signal.routed", "task.accepted", "task.done", "signal.closed"]

    def test_hears_what_a_person_offers_and_takes_back(self, listening: Webhook, report: Report, cast: Cast) -> None:
        signal = report("Onveilige situatie")
        team = Team.objects.get(code="fluvius-verlichting")
        task = signal.offer(team=team, title="Kabel wegnemen", by=cast["coordinator"])
        task.withdraw(by=cast["coordinator"])
        assert heard() == ["task.offered", "task.withdrawn"]

    def test_hears_that_it_was_reopened(self, listening: Webhook, report: Report, cast: Cast) -> None:
        signal = report("Onveilige situatie")
        task = signal.offer(team=Team.objects.get(code="fluvius-verlichting"), title="x", by=cast["coordinator"])
        task.accept(by=cast["fluvius"])
        task.complete(by=cast["fluvius"], outcome="Weg.")
        signal.close(by=cast["coordinator"], outcome="Gedaan.")
        signal.reopen(by=cast["coordinator"], reason="Toch niet.")
        assert heard()[-4:] == ["task.done", "signal.closed", "signal.reopened", "task.offered"]

    @pytest.mark.parametrize("how", ["close", "cancel"])
    def test_hears_how_it_ended_while_it_was_still_at_work(
        self, listening: Webhook, report: Report, cast: Cast, how: str
    ) -> None:
        signal, bram = report("Straatverlichting"), cast["coordinator"]
        signal.tasks.get().accept(by=cast["fluvius"])
        signal.close(by=bram, outcome="Weg.") if how == "close" else signal.cancel(by=bram, reason="Vergissing.")
        assert heard()[-2:] == ["task.withdrawn", "signal.closed"]
        signal.reopen(by=bram, reason="Toch niet.")
        assert heard()[-2:] == ["signal.reopened", "task.offered"]

    def test_hears_once_that_subject_and_place_were_corrected(
        self, listening: Webhook, report: Report, cast: Cast
    ) -> None:
        signal, bram = report("Straatverlichting"), cast["coordinator"]
        other = Category.objects.get(name="Onveilige situatie")
        signal.correct(by=bram, category=other, spot=Spot(place="Budastraat"), route=None)
        assert heard()[-2:] == ["signal.routed", "signal.corrected"]
        message = message_of(WebhookDelivery.objects.get(happening="signal.corrected"))
        assert message is not None
        assert (message["data"]["signal"]["service_code"], message["data"]["signal"]["address"]) == (
            other.code, "Budastraat",
        )  # fmt: skip

    def test_hears_not_even_that_it_was_corrected_to_what_is_secret(
        self, listening: Webhook, report: Report, cast: Cast
    ) -> None:
        signal = report("Straatverlichting")
        complaint = Category.objects.get(name="Klacht over de dienstverlening")
        signal.correct(by=cast["coordinator"], category=complaint, spot=signal.spot, route=None)
        assert heard() == ["signal.routed"]

    def test_hears_what_ended_and_is_corrected_since(self, listening: Webhook, report: Report, cast: Cast) -> None:
        signal = report("Straatverlichting")
        signal.close(by=cast["coordinator"], outcome="Weg.")
        other = Category.objects.get(name="Onveilige situatie")
        signal.correct(by=cast["coordinator"], category=other, spot=signal.spot, route=None)
        assert heard()[-1] == "signal.corrected"

    def test_hears_that_the_end_was_undone(self, listening: Webhook, report: Report, cast: Cast) -> None:
        signal = report("Straatverlichting")
        signal.close(by=cast["coordinator"], outcome="Weg.")
        undo_closing(signal=signal, by=cast["coordinator"])
        assert heard()[-2:] == ["signal.closed", "signal.reopened"]

    @pytest.mark.parametrize("way", ["gave it back", "was taken off it"])
    def test_hears_nothing_more_once_it(self, listening: Webhook, report: Report, cast: Cast, way: str) -> None:
        signal = report("Straatverlichting")
        if way == "gave it back":
            signal.tasks.get().give_back(by=cast["fluvius"], reason="Niet van ons.")
        else:
            signal.tasks.get().withdraw(by=cast["coordinator"])
        before = heard()
        signal.refresh_from_db()
        signal.close(by=cast["coordinator"], outcome="Gedaan.")
        assert heard() == before

    def test_hears_nothing_after_it_ended(self, listening: Webhook, report: Report, cast: Cast) -> None:
        task = report("Straatverlichting").tasks.get()
        ended = timezone.localdate() - dt.timedelta(days=1)
        Team.objects.filter(pk=listening.team_id).update(ends=ended)
        task.accept(by=cast["fluvius"])
        assert heard() == ["signal.routed"]

    def test_hears_nothing_of_what_is_not_its_own(self, listening: Webhook, report: Report, cast: Cast) -> None:
        signal = report("Sluikstort")
        signal.close(by=cast["coordinator"], outcome="Weg.")
        assert heard() == []

    def test_hears_only_what_it_asked_for(self, make_webhook: MakeWebhook, report: Report, cast: Cast) -> None:
        make_webhook(happenings=["signal.closed"])
        task = report("Straatverlichting").tasks.get()
        task.accept(by=cast["fluvius"])
        task.complete(by=cast["fluvius"], outcome="Gedaan.")
        assert heard() == ["signal.closed"]

    def test_hears_nothing_while_switched_off(self, listening: Webhook, report: Report) -> None:
        listening.switch(on=False)
        report("Straatverlichting")
        assert heard() == []

    def test_hears_at_each_of_its_addresses(self, make_webhook: MakeWebhook, report: Report) -> None:
        make_webhook(url="https://een.example/")
        make_webhook(url="https://twee.example/")
        report("Straatverlichting")
        assert heard() == ["signal.routed", "signal.routed"]


class TestReporter:
    def test_hears_what_became_of_what_it_reported(self, make_webhook: MakeWebhook, report: Report, cast: Cast) -> None:
        make_webhook("school-wegwijzer")
        signal = report("Put in de weg")
        self.comes_from_the_school(signal, cast)
        signal.close(by=cast["coordinator"], outcome="Hersteld.")
        assert heard() == ["signal.closed"]

    def test_hears_that_somebody_else_has_it(self, make_webhook: MakeWebhook, report: Report, cast: Cast) -> None:
        make_webhook("school-wegwijzer")
        signal = report("Put in de weg")
        self.comes_from_the_school(signal, cast)
        asked = refer_outside(signal=signal, by=cast["coordinator"], outside="Farys", text="Hun put.")
        asked.confirm(by=cast["coordinator"], answer="Aan de telefoon.")
        assert heard() == ["signal.closed"]

    def test_hears_nothing_of_what_became_secret(self, make_webhook: MakeWebhook, report: Report, cast: Cast) -> None:
        make_webhook("school-wegwijzer")
        signal = report("Put in de weg")
        self.comes_from_the_school(signal, cast)
        signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        signal.close(by=cast["coordinator"], outcome="Hersteld.")
        assert heard() == []

    @staticmethod
    def comes_from_the_school(signal: Signal, cast: Cast) -> None:
        key = PartnerKey(
            organisation=Organisation.objects.get(code="school"), name="x", valid_until="2030-01-01",
        )  # fmt: skip
        PartnerKey.make(key, by=cast["beheerder"])
        PartnerReport.objects.create(report=signal.reports.get(), key=key)


class TestSecret:
    def test_a_task_on_it_is_told_to_its_own_team_alone(
        self, make_webhook: MakeWebhook, report: Report, cast: Cast
    ) -> None:
        make_webhook()
        make_webhook("school-wegwijzer")
        signal = report("Burenruzie")
        team = Team.objects.get(code="fluvius-verlichting")
        task = signal.offer(team=team, title="Nagaan", by=cast["coordinator.politie"])
        signal.close(by=cast["coordinator.politie"], outcome="Uitgepraat.")
        told = WebhookDelivery.objects.order_by("pk")
        assert [delivery.happening for delivery in told] == ["task.offered", "task.withdrawn"]
        assert {delivery.event.task for delivery in told} == {task}
        assert {delivery.webhook.team for delivery in told} == {team}

    def test_of_a_sealed_signal_nobody_hears(self, make_webhook: MakeWebhook, report: Report, cast: Cast) -> None:
        make_webhook()
        make_webhook("school-wegwijzer")
        signal = report("Bezorgd om iemand")
        signal.close(by=cast["verpleegkundige"], outcome="Langsgeweest.")
        assert heard() == []


class TestWriting:
    def test_is_undone_with_what_happened(self, listening: Webhook, cast: Cast) -> None:
        contact = Contact(category=Category.objects.get(code="straatverlichting"), description="x",
                          longitude=OVERLEIE[0], latitude=OVERLEIE[1])  # fmt: skip
        with transaction.atomic():
            register(contact)
            transaction.set_rollback(True)
        assert not WebhookDelivery.objects.exists()
        assert not Job.objects.filter(kind="webhook").exists()

    def test_is_a_job_for_each_message(self, listening: Webhook, report: Report) -> None:
        report("Straatverlichting")
        job = Job.objects.get(kind="webhook")
        assert job.payload == {"delivery": str(WebhookDelivery.objects.get().pk)}

    def test_keeps_no_words(self, listening: Webhook, report: Report) -> None:
        report("Straatverlichting", description="kwibbeltekst", place="kwibbelplaats")
        rows = [*WebhookDelivery.objects.values(), *Job.objects.filter(kind="webhook").values()]
        assert "kwibbel" not in str(rows)

    def test_costs_one_query_while_nobody_listens(self, report: Report, django_assert_num_queries: Any) -> None:
        event = report("Straatverlichting").tasks.get().events.get()
        with django_assert_num_queries(1):
            announce(event, event)
