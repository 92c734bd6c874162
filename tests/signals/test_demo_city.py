"""`manage.py load_demo`: a small demo city, from one row in a hundred and fifty of the year."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from kortrijk_gebied.audit.models import ReadEntry, broken_links
from kortrijk_gebied.jobs.models import Message
from reservations import openings
from signals import worklist
from signals.demo import year
from signals.demo.accounts import ACCOUNTS
from signals.importing.rows import Row
from signals.levels import Level
from signals.models import Attachment, Feedback, Report, Share, Signal, SignalEvent, Task
from signals.vicinity import times_reported
from teams.access import Access, access_of
from teams.models import Organisation, Team, User
from tests.cast import Cast


def load() -> str:
    said = io.StringIO()
    call_command("load_demo", weeks=4, stdout=said)
    return said.getvalue()


@pytest.fixture(scope="module")
def rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[Row]:
    with django_db_blocker.unblock():
        return year.rows_of_file()


@pytest.fixture(scope="module")
def city(rows: list[Row], django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once for the whole file; each test rolls back to it."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(year, "rows_of_file", lambda: [*rows[::150], rows[-1]])
        patch.setattr(openings, "BACK", dt.timedelta(weeks=4))
        patch.setattr(openings, "AHEAD", dt.timedelta(weeks=4))
        load()
        yield
        transaction.set_rollback(True)


class TestYear:
    def test_ends_in_the_past_week_on_the_same_day_of_the_week(self, rows: list[Row], kortrijk: None) -> None:
        now = timezone.now()
        moved = list(year.this_year(rows, now))
        assert 0 <= (now - moved[-1].received_at).days < 7
        assert moved[-1].received_at.weekday() == rows[-1].received_at.weekday()
        assert moved[-1].received_at.time() == rows[-1].received_at.time()

    def test_leaves_some_four_hundred_rows_open_and_few_of_them_late(self, rows: list[Row], kortrijk: None) -> None:
        now = timezone.now()
        left = [row for row in year.this_year(rows, now) if row.ended_at is None]
        assert 300 <= len(left) <= 500
        assert sum(row.due_at is not None and row.due_at < now for row in left) < len(left) / 3

    def test_ends_nothing_before_it_began_or_after_today(self, rows: list[Row], kortrijk: None) -> None:
        now = timezone.now()
        latest = list(year.this_year(rows, now))
        for row in [*latest, *year.year_before(latest, now)]:
            assert row.received_at <= now
            assert row.ended_at is None or row.received_at <= row.ended_at <= now

    def test_is_the_same_twice_and_another_the_year_before(self, rows: list[Row], kortrijk: None) -> None:
        now = timezone.now()
        latest = list(year.this_year(rows, now))
        assert latest == list(year.this_year(rows, now))
        before = list(year.year_before(latest, now))
        assert before == list(year.year_before(latest, now))
        assert len(latest) * 0.9 < len(before) < len(latest)
        assert not {row.number for row in before} & {row.number for row in latest}
        assert all(row.ended_at for row in before)


SOMETHING_TO_DO: dict[str, Callable[[Access], Any]] = {
    "coordinator": lambda access: Signal.objects.listed(access).open().surfaced(),
    "coordinator.politie": lambda access: Signal.objects.readable(access).to_divide(),
    "coordinator.ocmw": lambda access: Signal.objects.readable(access).filter(level=Level.LIMITED),
    "verpleegkundige": lambda access: Signal.objects.readable(access).open().filter(level=Level.SEALED),
    "wijkinspecteur": lambda access: worklist.offered(access),
    "wijkinspecteur.zuid": lambda access: Share.objects.received_by(access),
    "buurtwerker": lambda access: worklist.offered(access),
    "uitvoerder": lambda access: worklist.running(access),
    "fluvius": lambda access: worklist.offered(access),
    "vereniging": lambda access: worklist.running(access),
    "gemeenschapswacht": lambda access: worklist.running(access),
}


class TestCity:
    def test_loads_once_in_the_past_and_writes_to_no_citizen(self, city: None, cast: Cast) -> None:
        before = (Signal.objects.count(), SignalEvent.objects.count(), ReadEntry.objects.count())
        assert load().strip() == "The demo city is loaded already."
        assert before == (Signal.objects.count(), SignalEvent.objects.count(), ReadEntry.objects.count())
        assert not Message.objects.exclude(to__endswith="@kortrijk.example").exists()
        assert not Message.objects.filter(key__startswith="closed:").exists()
        now = timezone.now()
        assert not SignalEvent.objects.filter(at__gt=now).exists()
        assert not Signal.objects.filter(last_reported_at__gt=now).exists()
        assert not Task.objects.filter(ended_at__gt=now).exists()

    def test_marks_what_is_invented_and_names_nobody_in_it(self, city: None, cast: Cast) -> None:
        invented = Signal.objects.filter(invented=True)
        assert 270 <= invented.count() <= 330
        assert set(invented.values_list("level", flat=True)) == {Level.OPEN, Level.LIMITED, Level.SEALED}
        assert not Report.objects.filter(external_number__isnull=False, signal__invented=True).exists()
        names = [account.name.split()[-1] for account in ACCOUNTS]
        assert not [text for text in invented.values_list("description", flat=True) if any(n in text for n in names)]

    def test_gives_everyone_something_to_do(self, city: None, cast: Cast) -> None:
        assert not [account for account, has in SOMETHING_TO_DO.items() if not has(access_of(cast[account])).exists()]
        for organisation in Organisation.objects.exclude(code="fluvius"):
            others = Task.objects.filter(team__organisation=organisation).exclude(signal__owner=organisation)
            assert others.exists(), organisation
        answer = Task.objects.exclude(accepted_at=None).values("team")
        assert not Team.objects.filter(kind=Team.Kind.WARD).exclude(pk__in=answer).exists()
        assert {"offered", "accepted", "returned", "done"} <= set(Task.objects.values_list("status", flat=True))
        his = Feedback.objects.of(cast["gemeenschapswacht"])
        assert his.unread().exists()
        assert his.exclude(read_at=None).exists()
        assert Attachment.objects.filter(by=cast["gemeenschapswacht"]).exists()
        ocmw = Organisation.objects.get(code="ocmw")
        assert ReadEntry.objects.of_owner(ocmw.pk).count() > 10
        assert broken_links(ocmw.pk) == []

    def test_stands_at_the_beginning_of_the_stories(self, city: None, cast: Cast) -> None:
        waiting = Signal.objects.open().get(invented=True, category__code="sluikstort")
        assert (waiting.report_count, str(waiting.area), waiting.surfaced_at) == (2, "Overleie", None)
        assert waiting.tasks.get().team.code == "team-net-noord"
        assert waiting.longitude is not None
        assert waiting.latitude is not None
        spot = {"longitude": waiting.longitude, "latitude": waiting.latitude}
        assert times_reported(category_id=waiting.category_id, until=timezone.now(), **spot) == 2
        sealed = Signal.objects.get(area__name="Kooigem", level=Level.SEALED, description__startswith="Bewoonster")
        for account in ("coordinator", "wijkinspecteur.zuid", "beheerder", "dpo"):
            assert not Signal.objects.readable(access_of(cast[account])).filter(pk=sealed.pk).exists()
        assert Signal.objects.readable(access_of(cast["verpleegkundige"])).filter(pk=sealed.pk).exists()
        assert Share.objects.received_by(access_of(cast["wijkinspecteur.zuid"])).filter(signal=sealed).exists()


class TestAccounts:
    def test_lists_each_with_what_to_try_first(self) -> None:
        said = io.StringIO()
        call_command("demo_accounts", stdout=said)
        lines = said.getvalue()
        assert all(f"{account.email}@kortrijk.example" in lines and account.try_first in lines for account in ACCOUNTS)

    def test_lets_each_sign_in(self, cast: Cast) -> None:
        assert User.objects.get(email="agent@kortrijk.example").check_password("gebied-kortrijk")
