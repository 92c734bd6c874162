"""Who took which list along is forgotten when its time has come, and so is how an act on many signals went."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.celery import app
from kortrijk_gebied.jobs import tasks
from kortrijk_gebied.jobs.models import Job, enqueue
from signals import bulk as acting
from signals.models import Act, Bulk, BulkRow, Export, Signal
from signals.tasks import erase_old_lists
from teams.access import access_of
from tests.cast import Cast

type Make = Callable[..., Signal]


def taken(cast: Cast, *, days_ago: int) -> Export:
    by = cast["coordinator"]
    assert by.organisation
    return Export.objects.create(
        by=by, organisation=by.organisation, at=timezone.now() - dt.timedelta(days=days_ago), form="csv",
        tab="alles",
    )  # fmt: skip


def erase() -> dict[str, Any]:
    job = enqueue("retention-lists", key=f"a{Job.objects.count()}")
    tasks.run_job(str(job.pk))
    job.refresh_from_db()
    result: dict[str, Any] = job.result
    return result


class TestExports:
    def test_are_forgotten_after_three_years(self, cast: Cast) -> None:
        taken(cast, days_ago=3 * 366)
        kept = taken(cast, days_ago=3 * 365 - 2)
        assert erase() == {"erased": 1, "bulks": 0}
        assert list(Export.objects.all()) == [kept]
        assert erase() == {"erased": 0, "bulks": 0}

    def test_leave_the_page_of_who_oversees_them(self, cast: Cast, sign_in: Callable[..., Client]) -> None:
        taken(cast, days_ago=3 * 366)
        page = reverse("signals:exports")
        assert "Bram Vandeputte" in sign_in(cast["dpo"]).get(page).text
        erase()
        assert "Bram Vandeputte" not in sign_in(cast["dpo"]).get(page).text

    def test_are_kept_as_long_as_the_privacy_statement_says(
        self, client: Client, db: None, monkeypatch: pytest.MonkeyPatch, cast: Cast
    ) -> None:
        assert "3 jaar" in client.get(reverse("privacy")).text.partition("een lijst met signalen meenam")[2][:60]
        monkeypatch.setitem(settings.RETENTION, "export_years", 1)
        assert "1 jaar" in client.get(reverse("privacy")).text.partition("een lijst met signalen meenam")[2][:60]
        taken(cast, days_ago=400)
        assert erase()["erased"] == 1


class TestActsOnMany:
    def test_are_forgotten_after_thirty_days_and_their_signals_stay(self, cast: Cast, report: Make) -> None:
        signal, bram = report("Onveilige situatie"), cast["coordinator"]
        bulk = acting.choose(Signal.objects.all(), viewer=access_of(bram), by=bram, act=Act.CLOSE)
        acting.start(bulk, details={"outcome": "In orde."})
        assert erase()["bulks"] == 0
        Bulk.objects.update(at=timezone.now() - dt.timedelta(days=31))
        assert erase()["bulks"] == 1
        assert not Bulk.objects.exists()
        assert not BulkRow.objects.exists()
        assert Signal.objects.get(pk=signal.pk).outcome == "In orde."


class TestNight:
    def test_erases_once(self, db: None) -> None:
        assert "signals.tasks.erase_old_lists" in {entry["task"] for entry in app.conf.beat_schedule.values()}
        for _time in range(2):
            erase_old_lists()
        assert Job.objects.filter(kind="retention-lists").count() == 1
