"""Who reported follows it by a random address: what became of it, and nothing about anybody."""

import datetime as dt
import html
from collections.abc import Callable

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from signals.following import STATES
from signals.levels import Level
from signals.models import EventKind, Signal, StatusLink, Task
from signals.models.status_links import status_url
from signals.workflow import ENDED, SignalStatus
from teams.models import User
from tests.cast import Cast

type Make = Callable[..., Signal]


def link_of(signal: Signal) -> StatusLink:
    status_url(signal.reports.all()[0])
    return StatusLink.objects.get(report__signal=signal)


def shown(link: StatusLink) -> str:
    answer = Client().get(f"/mijn-melding/{link.token}/")
    assert answer.status_code == 200
    return answer.content.decode()


def post(link: StatusLink, what: str, **data: str) -> int:
    return Client().post(f"/mijn-melding/{link.token}/{what}/", data).status_code


@pytest.fixture
def lamp(report: Make) -> Signal:
    return report("Onveilige situatie", name="An Peeters", email="an@voorbeeld.be", description="Woorden van An.")


@pytest.fixture
def closed(lamp: Signal, cast: Cast) -> StatusLink:
    link = link_of(lamp)
    lamp.close(by=cast["coordinator"], outcome="Het hek staat weer vast.")
    return link


class TestFollowing:
    def test_says_in_plain_words_where_it_stands(self, lamp: Signal, cast: Cast) -> None:
        link = link_of(lamp)
        Signal.objects.filter(pk=lamp.pk).update(status="to_divide")
        assert "We bekijken wie uw melding behandelt." in shown(link)
        Signal.objects.filter(pk=lamp.pk).update(status="in_progress")
        assert "De dienst is ermee bezig." in shown(link)

    def test_says_how_it_ended(self, closed: StatusLink) -> None:
        assert "Uw melding is afgehandeld." in shown(closed)
        assert "Het hek staat weer vast." in shown(closed)

    def test_tells_nothing_about_who_reported_it_or_in_which_words(self, closed: StatusLink) -> None:
        page = shown(closed)
        for secret in (
            "Peeters",
            "an@voorbeeld.be",
            "Woorden van An",
            "Overleiestraat",
            closed.report.signal.reference,
        ):
            assert secret not in page

    def test_is_kept_out_of_search_engines_caches_and_other_sites(self, closed: StatusLink) -> None:
        page = f"/mijn-melding/{closed.token}/"
        for answer in (Client().get(page), Client().post(f"{page}tevredenheid/", {"score": "9"})):
            assert "noindex" in answer.headers["X-Robots-Tag"]
            assert answer.headers["Cache-Control"] == "no-store, private"
            assert answer.headers["Referrer-Policy"] == "same-origin"

    def test_stands_behind_an_address_that_cannot_be_guessed(self, closed: StatusLink) -> None:
        assert len(str(closed.token)) == 32
        assert Client().get(f"/mijn-melding/{'x' * 32}/").status_code == 404

    def test_is_throttled_with_what_is_said_back(self, closed: StatusLink) -> None:
        cache.clear()
        answers = [Client().get(f"/mijn-melding/{closed.token}/").status_code for _time in range(58)]
        assert set(answers) == {200}
        assert post(closed, "tevredenheid", score="3") == 302
        assert post(closed, "niet-opgelost") == 302
        assert Client().get(f"/mijn-melding/{closed.token}/").status_code == 429
        assert post(closed, "niet-opgelost") == 429

    def test_has_a_sentence_for_every_state(self, closed: StatusLink) -> None:
        """Each is read from the page: a state without words would be an error page."""
        said = {}
        for status in set(SignalStatus) - {SignalStatus.JOINED}:  # of what was joined, the report went along
            ended = status in ENDED
            Signal.objects.filter(pk=closed.report.signal_id).update(
                status=status,
                closed_at=timezone.now() if ended else None,
                closed_by=None,
                reopened_at=timezone.now(),
                waiting_until=timezone.localdate() if status == "waiting" else None,
                waiting_since=timezone.now() if status == "waiting" else None,
                waiting_for="weather" if status == "waiting" else "",
                waiting_reason="regen" if status == "waiting" else "",
            )
            said[status] = html.unescape(shown(closed))
            assert str(STATES[status]) in said[status]
        assert "regen" not in said[SignalStatus.WAITING], "why it waits is between colleagues"
        assert "Het hek staat weer vast." not in said[SignalStatus.REOPENED]

    def test_after_thirty_days_says_where_to_turn(self, closed: StatusLink) -> None:
        with time_machine.travel(timezone.now() + dt.timedelta(days=29)):
            assert "langer dan 30 dagen geleden" not in shown(closed)
        with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
            assert "langer dan 30 dagen geleden" in shown(closed)
            assert 'href="/melden/"' in shown(closed)


class TestSilence:
    @pytest.mark.parametrize("level", [Level.LIMITED, Level.SEALED])
    def test_says_the_same_whatever_happens_to_secret_matter(self, closed: StatusLink, level: Level) -> None:
        Signal.objects.filter(pk=closed.report.signal_id).update(
            level=level, team=closed.report.signal.owner.intake_team
        )
        page = shown(closed)
        assert "Uw melding is bezorgd aan de juiste dienst." in page
        for word in ("Het hek", "afgehandeld", "Onveilige situatie", "tevreden", "niet opgelost"):
            assert word not in page

    def test_changes_nothing_when_somebody_answers_on_secret_matter(self, closed: StatusLink) -> None:
        Signal.objects.filter(pk=closed.report.signal_id).update(level=Level.LIMITED)
        assert post(closed, "niet-opgelost", why="Toch niet.") == 302
        assert post(closed, "tevredenheid", score="1") == 302
        closed.refresh_from_db()
        assert (Signal.objects.get().status, closed.score) == ("closed", None)


class TestNotResolved:
    def test_reopens_and_asks_who_did_the_work_again(self, report: Make, cast: Cast) -> None:
        signal = report("Sluikstort", name="An", email="an@voorbeeld.be")
        link, work = link_of(signal), signal.tasks.get()
        work.complete(by=cast["uitvoerder"], outcome="Opgeruimd.")
        assert post(link, "niet-opgelost", why="De zetel ligt er nog.") == 302
        signal.refresh_from_db()
        event = signal.events.filter(kind=EventKind.REOPENED).get()
        assert "De melder zegt: De zetel ligt er nog." in event.sentence
        assert Task.objects.live().filter(signal=signal, team=work.team).exists()

    def test_said_twice_reopens_once(self, closed: StatusLink) -> None:
        for _time in range(2):
            post(closed, "niet-opgelost", why="Toch niet.")
        signal = Signal.objects.get()
        assert (signal.events.filter(kind=EventKind.REOPENED).count(), signal.reports.count()) == (1, 1)

    def test_loses_no_word_when_somebody_else_was_first(self, closed: StatusLink) -> None:
        signal = closed.report.signal
        signal.refresh_from_db()
        signal.reopen(by=None, reason="Een ander zag het ook.")
        for _time in range(2):
            assert post(closed, "niet-opgelost", why="Er ligt nu ook glas.") == 302
        added = signal.reports.exclude(pk=closed.report_id).get()
        assert (added.description, added.follows_id) == ("Er ligt nu ook glas.", closed.report_id)

    def test_is_too_late_after_thirty_days_and_keeps_what_was_typed(self, closed: StatusLink) -> None:
        with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
            assert "Dit is niet opgelost" not in shown(closed)
            answer = Client().post(f"/mijn-melding/{closed.token}/niet-opgelost/", {"why": "Toch niet."})
            assert answer.status_code == 422
            assert "Doe een nieuwe melding" in answer.content.decode()
        assert Signal.objects.get().status == "closed"


class TestSatisfaction:
    def test_takes_one_press_and_can_be_changed(self, closed: StatusLink) -> None:
        assert post(closed, "tevredenheid", score="3") == 302
        assert post(closed, "tevredenheid", score="2", comment="Het duurde lang.") == 302
        closed.refresh_from_db()
        assert (closed.score, closed.comment) == (2, "Het duurde lang.")

    def test_refuses_what_is_no_answer(self, closed: StatusLink) -> None:
        answer = Client().post(f"/mijn-melding/{closed.token}/tevredenheid/", {"score": "9", "comment": "Hm."})
        assert answer.status_code == 422
        assert "Hm." in answer.content.decode()

    def test_is_not_asked_before_it_ended(self, lamp: Signal) -> None:
        assert "tevreden" not in shown(link_of(lamp))


class TestWithoutPerson:
    def test_needs_nobody_to_be_signed_in_and_changes_nothing_by_reading(
        self, closed: StatusLink, sign_in: Callable[[User], Client], cast: Cast
    ) -> None:
        before = Signal.objects.get().events.count()
        shown(closed)
        assert Signal.objects.get().events.count() == before
        assert Client().get(f"/mijn-melding/{closed.token}/niet-opgelost/").status_code == 405
