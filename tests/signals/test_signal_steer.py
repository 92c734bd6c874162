"""Closing, undoing and the rest: what is done, what is refused, and what is kept of what was typed."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message, State
from signals.actions import UNDO
from signals.levels import Level
from signals.models import Feedback, Signal
from signals.undoing import undo_closing
from signals.workflow import SignalStatus, TaskStatus
from teams.models import Organisation, Team, User, WorkingWeek
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def at(name: str, signal: Signal) -> str:
    return reverse(f"signals:{name}", args=[signal.reference])


def fresh(signal: Signal) -> Signal:
    return Signal.objects.get(pk=signal.pk)


@pytest.fixture
def bram(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["coordinator"])


class TestClosure:
    def test_closes_and_says_so(self, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        answer = bram.post(at("signal-closure", signal), {"outcome": "De put is dicht."}, follow=True)
        assert "Afgerond." in answer.content.decode()
        assert (fresh(signal).status, fresh(signal).outcome) == ("closed", "De put is dicht.")

    def test_answers_a_fragment_with_the_panel_and_the_news(self, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        answer = bram.post(at("signal-closure", signal), {"outcome": "De put is dicht."}, headers=HTMX)
        assert answer.content.decode().count("<html") == 0
        assert json.loads(answer["HX-Trigger"]) == {"signal-changed": signal.reference, "announce": "Afgerond."}
        assert "HX-Request" in answer["Vary"]

    def test_refuses_without_an_outcome(self, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        answer = bram.post(at("signal-closure", signal), {"outcome": "  "})
        assert answer.status_code == 422
        assert "Zeg in één zin hoe het afliep" in answer.content.decode()
        assert fresh(signal).is_open

    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_keeps_what_the_second_of_two_typed(
        self, cast: Cast, bram: Client, report: Make, headers: dict[str, Any]
    ) -> None:
        signal = report("Onveilige situatie")
        signal.close(by=cast["coordinator"], outcome="Al gedaan.")
        answer = bram.post(at("signal-closure", signal), {"outcome": "Mijn eigen zin."}, headers=headers)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Mijn eigen zin." in page
        assert "Dit signaal staat al op “afgerond”" in page
        assert fresh(signal).outcome == "Al gedaan."

    def test_goes_where_the_page_that_posted_wants(self, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        answer = bram.post(at("signal-closure", signal), {"outcome": "Klaar.", "next": "/vandaag/"})
        assert answer["Location"] == "/vandaag/"

    def test_goes_to_no_other_site(self, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        answer = bram.post(at("signal-closure", signal), {"outcome": "Klaar.", "next": "https://elders.example/"})
        assert answer["Location"] == at("signal", signal)


class TestUndo:
    def test_takes_the_closing_back_with_its_mail_and_tasks(self, cast: Cast, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie", email="buur@example.be", name="Een buur")
        offered = signal.offer(
            team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht", by=cast["coordinator"]
        )
        bram.post(at("signal-closure", signal), {"outcome": "De put is dicht."})
        told = Message.objects.filter(to="buur@example.be", key__startswith="closed:")
        assert told.get().state == State.WAITING
        bram.post(at("signal-undo", signal))
        assert told.get().state == State.WITHDRAWN
        assert fresh(signal).status == "in_progress"
        offered.refresh_from_db()
        assert (offered.status, offered.ended_at) == (TaskStatus.OFFERED, None)

    def test_takes_back_feedback_nobody_read(self, cast: Cast, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie", channel="warden", by=cast["gemeenschapswacht"])
        bram.post(at("signal-closure", signal), {"outcome": "De put is dicht."})
        assert Feedback.objects.of(cast["gemeenschapswacht"]).count() == 1
        bram.post(at("signal-undo", signal))
        assert Feedback.objects.of(cast["gemeenschapswacht"]).count() == 0

    def test_is_for_a_moment_only(self, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        bram.post(at("signal-closure", signal), {"outcome": "De put is dicht."})
        Signal.objects.filter(pk=signal.pk).update(closed_at=timezone.now() - UNDO)
        answer = bram.post(at("signal-undo", signal))
        assert answer.status_code == 422
        assert "Te laat om ongedaan te maken" in answer.content.decode()
        assert not fresh(signal).is_open

    def test_is_offered_only_to_who_closed(self, cast: Cast, bram: Client, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie")
        bram.post(at("signal-closure", signal), {"outcome": "De put is dicht."})
        assert at("signal-undo", signal) in bram.get(at("signal", signal)).content.decode()
        other = sign_in(cast["uitvoerder"])
        assert at("signal-undo", signal) not in other.get(at("signal", signal)).content.decode()


class TestCancelling:
    def test_warns_once_of_what_the_reporter_should_not_read(self, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        told = {"reason": "Zelf opgelost: bel 0470 12 34 56."}
        page = bram.post(at("signal-cancellation", signal), told)
        assert "Hier staat een telefoonnummer, en anderen lezen mee." in page.content.decode()
        assert fresh(signal).status != "cancelled"
        assert 'name="weighed" value="phone"' in page.content.decode()
        bram.post(at("signal-cancellation", signal), {**told, "weighed": "phone"})
        assert fresh(signal).status == "cancelled"


class TestWrongState:
    @pytest.mark.parametrize(("name", "data"), [
        ("signal-cancellation", {"reason": "Toch niet."}), ("signal-lifting", {}),
        ("signal-tasks", {"team": "groen", "title": "Snoeien"}),
    ])  # fmt: skip
    def test_is_a_sentence(self, cast: Cast, bram: Client, report: Make, name: str, data: dict[str, Any]) -> None:
        signal = report("Onveilige situatie")
        signal.close(by=cast["coordinator"], outcome="Al gedaan.")
        if "team" in data:
            data = {**data, "team": Team.objects.get(code=data["team"]).pk}
        for headers in ({}, HTMX):
            answer = bram.post(at(name, signal), data, headers=headers)
            assert answer.status_code == 422
            assert "Dit signaal staat al op “afgerond”" in answer.content.decode()

    def test_refuses_to_reopen_what_is_open(self, bram: Client, report: Make) -> None:
        answer = bram.post(at("signal-reopening", report("Onveilige situatie")), {"reason": "Toch."})
        assert answer.status_code == 422


class TestSecrecy:
    def test_refuses_to_seal_what_nobody_could_read(self, bram: Client, report: Make) -> None:
        signal = report("Onveilige situatie")
        answer = bram.post(at("signal-level", signal), {"level": Level.SEALED})
        assert answer.status_code == 422
        assert "Niemand van Openbaar domein mag verzegelde zaken lezen" in answer.content.decode()
        assert fresh(signal).level == Level.OPEN

    def test_leads_away_from_what_one_may_no_longer_read(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Schuldhulp of steun")
        chantal = sign_in(cast["coordinator.ocmw"])
        assert chantal.post(at("signal-level", signal), {"level": Level.SEALED})["Location"] == reverse("inbox")
        assert fresh(signal).level == Level.SEALED

    def test_cannot_be_lowered(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Schuldhulp of steun")
        answer = sign_in(cast["coordinator.ocmw"]).post(at("signal-level", signal), {"level": Level.OPEN})
        assert answer.status_code == 422


class TestOfferUntilADay:
    """The day ends when the working day of the receiver does."""

    @pytest.fixture
    def police_closes_at_eight(self, cast: Cast) -> None:
        WorkingWeek.objects.create(
            organisation=Organisation.objects.get(code="politie"), opens=dt.time(8), closes=dt.time(20)
        )

    @pytest.mark.parametrize(("team", "hour"), [("wijkwerking-noord", 20), ("groen", 17)])
    def test_is_due_when_the_receiver_closes(
        self, bram: Client, report: Make, police_closes_at_eight: None, team: str, hour: int
    ) -> None:
        signal, day = report("Onveilige situatie"), timezone.localdate() + dt.timedelta(days=4)
        asked = {"team": Team.objects.get(code=team).pk, "title": "Toezicht", "due_on": day.isoformat()}
        assert bram.post(at("signal-tasks", signal), asked).status_code in (302, 303)
        due = timezone.localtime(signal.tasks.get(team__code=team, title="Toezicht").due_at)
        assert (due.date(), due.time()) == (day, dt.time(hour))

    def test_is_so_for_many_at_once(self, cast: Cast, bram: Client, report: Make, police_closes_at_eight: None) -> None:
        signal, day = report("Onveilige situatie"), timezone.localdate() + dt.timedelta(days=4)
        page = bram.post(reverse("inbox-selection"), {"kies": [signal.reference], "doe": "taak"})["Location"]
        asked = {"team": Team.objects.get(code="wijkwerking-noord").pk, "title": "Ronde", "due_on": day.isoformat()}
        assert bram.post(f"{page}uitvoering/", asked).status_code in (302, 303)
        assert timezone.localtime(signal.tasks.get(title="Ronde").due_at).time() == dt.time(20)


class TestUndoneClosing:
    @pytest.mark.parametrize("unread", [True, False])
    def test_finds_it_as_unread_as_it_was(self, cast: Cast, report: Make, unread: bool) -> None:
        """Otherwise no rule would ever send it on: that happens when somebody reads it."""
        signal = report("Onveilige situatie", by=None, unread=unread)
        was = signal.status
        signal.close(by=cast["coordinator"], outcome="Niets te zien.")
        undo_closing(signal=signal, by=cast["coordinator"])
        signal.refresh_from_db()
        assert signal.status == was
        assert (was == SignalStatus.NEW) == unread

    def test_finds_it_reopened_as_it_was(self, cast: Cast, report: Make) -> None:
        signal = report("Onveilige situatie", by=None, unread=True)
        signal.close(by=cast["coordinator"], outcome="Hersteld.")
        signal.reopen(by=cast["coordinator"], reason="Toch niet.")
        signal.close(by=cast["coordinator"], outcome="Nu echt hersteld.")
        undo_closing(signal=signal, by=cast["coordinator"])
        signal.refresh_from_db()
        assert signal.status == SignalStatus.REOPENED
