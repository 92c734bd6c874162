"""When somebody worked with a tablet is forgotten when its time has come; what came of it stays with its signal."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.celery import app
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs import tasks
from kortrijk_gebied.jobs.models import Job, enqueue
from signals.models import DeliveredPhoto, Delivery, DeliveryTrace, PatrolRound, RoundActivity, Shift, Signal, Tablet
from signals.tasks import erase_old_shifts
from tests.cast import Cast
from tests.field.tablet import FieldTablet, seen
from tests.signals.files import picture


def erase(kind: str = "retention-shifts") -> dict[str, Any]:
    job = enqueue(kind, key=f"a{Job.objects.count()}")
    tasks.run_job(str(job.pk))
    job.refresh_from_db()
    result: dict[str, Any] = job.result
    return result


def age(model: type[models.Model], days: int, *names: str) -> None:
    then = timezone.now() - dt.timedelta(days=days)
    model._default_manager.update(**dict.fromkeys(names, then))


@pytest.fixture
def worked(tablet: FieldTablet) -> FieldTablet:
    """A shift with a round from begin to end, and a signal of which a photo never came."""
    pk = str(uuid7())
    for act in ({"act": "start"}, {"act": "activity", "activity": "contact"}, {"act": "end", "text": "Rustig."}):
        assert tablet.send(tablet.save("round", {"round": pk, **act})).status_code == 201
    assert tablet.send(tablet.save("signal", seen(), [picture()])).status_code == 201
    tablet.client.post("/veld/dienst/einde/")
    return tablet


class TestShifts:
    def test_and_rounds_are_forgotten_with_their_history(self, worked: FieldTablet) -> None:
        age(Shift, 91, "started_at", "ended_at")
        age(PatrolRound, 91, "started_at", "ended_at")
        age(Delivery, 91, "received_at")
        assert apps.get_model("signals", "PatrolRoundChange").objects.exists()
        assert erase() == {"shifts": 1, "rounds": 1, "deliveries": 3}
        assert not RoundActivity.objects.exists()
        assert not apps.get_model("signals", "PatrolRoundChange").objects.exists()
        assert not apps.get_model("signals", "RoundActivityChange").objects.exists()
        assert Tablet.objects.exists()
        assert Delivery.objects.get().kind == "signal"
        assert erase() == {"shifts": 0, "rounds": 0, "deliveries": 0}

    def test_and_rounds_that_come_again_after_that_are_known_and_made_nowhere(self, tablet: FieldTablet) -> None:
        """The answer got lost, or a coordinator reads an old file in again."""
        pk = str(uuid7())
        again = [tablet.save("round", {"round": pk, **act}) for act in ({"act": "start"}, {"act": "end", "text": "A"})]
        assert [tablet.send(each).status_code for each in again] == [201, 201]
        age(PatrolRound, 91, "started_at", "ended_at")
        age(Delivery, 91, "received_at")
        erase()
        for each in again:
            answer = tablet.send(each)
            assert (answer.status_code, answer.json()["hash"], answer.json()["missing"]) == (200, each["hash"], [])
        assert not PatrolRound.objects.exists()
        # The control: of another, of which nothing is left behind, the round is made.
        assert tablet.send(tablet.save("round", {"round": pk, "act": "end", "text": "B"})).status_code == 201
        assert PatrolRound.objects.get().note == "B"

    def test_and_rounds_that_were_withdrawn_are_forgotten_as_well(self, worked: FieldTablet) -> None:
        changes = apps.get_model("signals", "PatrolRoundChange")
        PatrolRound.objects.all().delete()
        erase()
        assert changes.objects.exists()
        age(changes, 91, "pgh_created_at")
        assert erase()["rounds"] == 0
        assert not changes.objects.exists()
        assert not apps.get_model("signals", "RoundActivityChange").objects.exists()

    def test_are_kept_until_then(self, worked: FieldTablet) -> None:
        age(Shift, 89, "started_at", "ended_at")
        age(PatrolRound, 89, "started_at", "ended_at")
        assert erase() == {"shifts": 0, "rounds": 0, "deliveries": 0}

    def test_that_nobody_ended_are_forgotten_too(self, tablet: FieldTablet) -> None:
        tablet.send(tablet.save("round", {"round": str(uuid7()), "act": "start"}))
        age(Shift, 91, "started_at")
        age(PatrolRound, 91, "started_at")
        assert erase() == {"shifts": 1, "rounds": 1, "deliveries": 0}

    def test_leave_what_was_saved_in_them_its_author(self, tablet: FieldTablet) -> None:
        """The pass of a shift proves it, also when that shift is forgotten: a tablet may lie in a drawer for long."""
        saved = tablet.save("signal", seen())
        age(Shift, 91, "started_at")
        erase()
        assert tablet.send(saved).status_code == 201

    def test_are_kept_as_long_as_the_privacy_statement_says(
        self, client: Client, worked: FieldTablet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert "90 dagen" in client.get(reverse("privacy")).text.partition("met een tablet werkte")[2][:60]
        monkeypatch.setitem(settings.RETENTION, "shift_days", 1)
        assert "1 dag" in client.get(reverse("privacy")).text.partition("met een tablet werkte")[2][:60]
        age(Shift, 2, "started_at", "ended_at")
        assert erase()["shifts"] == 1


class TestSignal:
    def test_that_is_erased_takes_its_deliveries_along(
        self, worked: FieldTablet, cast: Cast, report: Callable[..., Signal]
    ) -> None:
        old, kept = Signal.objects.get(), report()
        old.close(by=cast["coordinator"], outcome="Weg.")
        Signal.objects.filter(pk=old.pk).update(closed_at=timezone.now() - dt.timedelta(days=4000))
        assert erase("retention-signals") == {"erased": 1}
        assert not Delivery.objects.filter(kind="signal").exists()
        assert not DeliveredPhoto.objects.exists()
        assert list(Signal.objects.all()) == [kept]
        assert DeliveryTrace.objects.count() == 1  # of what comes again nothing is made


class TestNight:
    def test_erases_once(self, db: None) -> None:
        assert "signals.tasks.erase_old_shifts" in {entry["task"] for entry in app.conf.beat_schedule.values()}
        for _time in range(2):
            erase_old_shifts()
        assert Job.objects.filter(kind="retention-shifts").count() == 1
