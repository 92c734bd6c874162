"""How a report becomes or joins a signal."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from areas.distance import metres_between
from kortrijk_gebied.jobs.models import Message, State
from kortrijk_gebied.refusals import Refused
from signals.contacts import Contact, fresh_references
from signals.intake import register
from signals.models import Category, EventKind, Report, Reporter, Signal, StatusLink
from signals.vicinity import signals_nearby
from teams.access import access_of
from tests.cast import KOOIGEM, OVERLEIE, Cast, area

type Make = Callable[..., Signal]


def contact(subject: str = "Sluikstort", **details: object) -> Contact:
    category = Category.objects.get(name=subject)
    longitude, latitude = OVERLEIE
    return Contact(
        category=category,
        description="Zakken.",
        **{"longitude": longitude, "latitude": latitude, "place": "Overleiestraat", **details},  # type: ignore[arg-type]
    )


class TestRegistering:
    def test_places_the_signal_in_every_set(self, report: Make) -> None:
        signal = report()
        assert signal.area == area("Overleie")
        assert area("Overleie").pk in signal.area_ids
        assert len(signal.area_ids) >= 6

    def test_keeps_who_reported_apart(self, report: Make) -> None:
        signal = report(name="Een buur", email="buur@example.be")
        reporter = Reporter.objects.get(report__signal=signal)
        assert (reporter.name, reporter.email) == ("Een buur", "buur@example.be")

    def test_twice_the_same_is_once(self, cast: Cast) -> None:
        same = contact()
        assert register(same) == register(same)
        assert Report.objects.filter(pk=same.id).count() == 1

    def test_answered_at_once_is_closed_at_once(self, report: Make) -> None:
        signal = report("Vraag of suggestie", answer="Het containerpark is open tot 17.00 uur.")
        assert (signal.status, signal.outcome) == ("closed", "Het containerpark is open tot 17.00 uur.")
        assert signal.tasks.count() == 0

    def test_that_a_rule_sends_to_its_own_service_says_that_nobody_accepted_it(self, report: Make) -> None:
        said = [event.sentence for event in report("Sluikstort").events.all()]
        assert "“Opruimen” ging rechtstreeks naar Team Net Kortrijk Noord." in said
        assert not [sentence for sentence in said if "aanvaardde" in sentence]

    def test_outside_the_city_has_no_area(self, report: Make) -> None:
        signal = report(at=(3.72, 51.05))
        assert (signal.area, signal.area_ids) == (None, [])

    def test_without_a_point_takes_the_area_it_is_told(self, report: Make) -> None:
        assert report(at=None, area=area("Kooigem")).area == area("Kooigem")

    def test_has_its_term_at_closing_time_on_a_working_day(self, cast: Cast) -> None:
        friday_before_christmas = dt.datetime(2026, 12, 18, 9, 30, tzinfo=dt.UTC)
        signal = register(contact(received_at=friday_before_christmas)).signal
        assert signal.due_at is not None
        assert timezone.localtime(signal.due_at).strftime("%d/%m %H:%M") == "23/12 17:00"


class TestReceipt:
    def mails(self) -> list[Message]:
        return list(Message.objects.filter(key__startswith="receipt:"))

    def test_tells_who_called_where_to_follow_it_two_minutes_later(self, report: Make) -> None:
        told = report("Sluikstort", email="rosa@voorbeeld.example").reports.get()
        (mail,) = self.mails()
        assert mail.to == "rosa@voorbeeld.example"
        assert StatusLink.objects.get(report=told).url in mail.body
        left = mail.run_after - timezone.now()
        assert dt.timedelta(seconds=90) < left <= dt.timedelta(minutes=2)

    def test_tells_who_comes_second_the_address_of_their_own_report(self, cast: Cast, report: Make) -> None:
        running = report("Sluikstort", email="rosa@voorbeeld.example")
        second = register(
            Contact(
                category=running.category, description="Nog altijd.", channel="counter", email="an@voorbeeld.example",
                registered_by=cast["agent"],
            ),
            join=running,
        )  # fmt: skip
        mail = Message.objects.get(to="an@voorbeeld.example")
        assert StatusLink.objects.get(report=second).url in mail.body

    def test_of_secret_matter_is_the_same_and_holds_no_word_of_it(self, report: Make) -> None:
        for subject in ("Bezorgd om iemand", "Sluikstort"):
            report(subject, email="rosa@voorbeeld.example", description="Over kwibbelwoord.", place="Kwibbelstraat")
        secret, open_matter = (re.sub(r"http\S+", "", mail.body) for mail in self.mails())
        assert secret == open_matter
        assert "wibbel" not in secret

    @pytest.mark.parametrize(
        "told",
        [{"email": ""}, {"wants_answer": False}, {"answer": "Morgen komt de wagen."}, {"channel": "mail"},
         {"channel": "web"}, {"channel": "partner"}],
    )  # fmt: skip
    def test_is_not_sent_to_who_asked_nothing_or_gets_it_otherwise(self, report: Make, told: dict[str, Any]) -> None:
        report("Sluikstort", **{"email": "rosa@voorbeeld.example", **told})
        assert not self.mails()

    def test_is_taken_back_when_it_is_cancelled_in_time(self, cast: Cast, report: Make) -> None:
        report("Sluikstort", email="rosa@voorbeeld.example").cancel(by=cast["coordinator"], reason="Verkeerd gehoord.")
        assert [mail.state for mail in self.mails()] == [State.WITHDRAWN]


class TestJoining:
    def test_adds_a_report_to_a_running_signal(self, cast: Cast, report: Make) -> None:
        signal = report()
        register(contact(registered_by=cast["agent"]), join=signal)
        signal.refresh_from_db()
        assert (signal.report_count, signal.reports.count()) == (2, 2)
        assert signal.events.filter(kind=EventKind.JOINED).count() == 1

    def test_twice_the_same_is_once(self, cast: Cast, report: Make) -> None:
        signal, same = report(), contact()
        register(same, join=signal)
        register(same, join=signal)
        signal.refresh_from_db()
        assert signal.report_count == 2

    def test_is_refused_when_the_signal_closed_meanwhile(self, cast: Cast, report: Make) -> None:
        signal = report()
        signal.close(by=cast["coordinator"], outcome="Opgeruimd.")
        with pytest.raises(Refused):
            register(contact(), join=signal)


class TestRepetition:
    def test_the_third_report_in_a_month_lifts_routine_to_the_inbox(self, cast: Cast, report: Make) -> None:
        signal = report()
        for _ in range(2):
            assert not Signal.objects.surfaced().contains(signal)
            register(contact(), join=signal)
        signal.refresh_from_db()
        assert signal.surfaced_why == "repeated"
        assert Signal.objects.surfaced().contains(signal)

    def test_counts_neither_older_ones_nor_other_subjects_nor_further_off(self, cast: Cast, report: Make) -> None:
        report(received_at=timezone.now() - dt.timedelta(days=31))
        report("Zwerfvuil")
        report(at=(OVERLEIE[0] + 0.003, OVERLEIE[1]))
        report()
        assert report().surfaced_at is None


class TestNearby:
    def test_offers_running_signals_nearest_first(self, cast: Cast, report: Make) -> None:
        far, near = report(at=(OVERLEIE[0] + 0.0008, OVERLEIE[1])), report()
        found = signals_nearby(access_of(cast["agent"]), longitude=OVERLEIE[0], latitude=OVERLEIE[1])
        assert [signal for signal, _ in found] == [near, far]

    def test_never_hints_at_what_the_viewer_may_not_read(self, cast: Cast, report: Make) -> None:
        report("Bezorgd om iemand", at=KOOIGEM)
        longitude, latitude = KOOIGEM
        agent, nurse = access_of(cast["agent"]), access_of(cast["verpleegkundige"])
        assert signals_nearby(agent, longitude=longitude, latitude=latitude) == []
        assert len(signals_nearby(nurse, longitude=longitude, latitude=latitude)) == 1

    def test_measures_over_the_ground(self) -> None:
        grote_markt, station = (3.2649, 50.8280), (3.2647, 50.8246)
        assert metres_between(*grote_markt, *station) == pytest.approx(379, abs=3)


def test_references_are_free_and_random(report: Make) -> None:
    taken = report().reference
    drawn = fresh_references(500)
    assert taken not in drawn
    assert len({reference[2:6] for reference in drawn}) > 300


def test_half_a_point_cannot_be_kept(report: Make) -> None:
    signal = report(at=None, area=area("Kooigem"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Signal.objects.filter(pk=signal.pk).update(longitude=3.3)
