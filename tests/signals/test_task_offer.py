"""What is asked reaches who is on the street; who does not answer is reminded, and then both coordinators know."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from signals import unanswered
from signals.levels import Level
from signals.models import EventKind, Signal, Task
from signals.offers import follow_offers
from signals.workflow import TaskStatus
from teams.models import Membership, Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]

MONDAY = "2026-11-16T09:00:00+01:00"


@pytest.fixture
def asked(cast: Cast, report: Make) -> Task:
    """Bram asks the ward team of the north to come and look."""
    signal = report("Onveilige situatie")
    return signal.offer(
        by=cast["coordinator"], team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht", level=Level.OPEN
    )


def mails(person: User) -> list[Message]:
    return list(Message.objects.filter(to=person.email).order_by("created_at"))


def path_in(message: Message) -> str:
    found = re.search(r"https?://[^/\s]+(/gevraagd/\S+)", message.body)
    assert found
    return found[1]


def later_and_later() -> list[int]:
    """How many are followed after twenty days, and each time some working days later."""
    followed = []
    for days in (20, 25, 30):
        with time_machine.travel(timezone.now() + dt.timedelta(days=days)):
            followed.append(follow_offers())
    return followed


def words_of(page: str) -> str:
    """What the page says, without what differs each time anyway."""
    return re.sub(r"<[^>]+>", "", page[page.index("<main") :])


class TestLink:
    def test_accepts_by_one_press_in_the_name_of_who_got_the_mail(self, cast: Cast, asked: Task) -> None:
        path = path_in(mails(cast["wijkinspecteur"])[0])
        assert "Aanvaarden als Lies Vanneste" in Client().get(path).content.decode()
        assert "Aanvaard: de taak is van jullie." in Client().post(path).content.decode()
        asked.refresh_from_db()
        assert (asked.status, asked.accepted_by) == (TaskStatus.ACCEPTED, cast["wijkinspecteur"])

    def test_shows_what_is_asked_and_nothing_of_who_reported_it(self, cast: Cast, report: Make) -> None:
        signal = report("Onveilige situatie", name="Rosa Peeters", email="rosa@voorbeeld.example", phone="056 12 34 56")
        signal.add_note(by=cast["coordinator"], text="Belt elke week.")
        signal.offer(by=cast["coordinator"], team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht")
        shown = Client().get(path_in(mails(cast["wijkinspecteur"])[0])).content.decode()
        assert "Toezicht" in shown
        for hidden in ("Rosa", "voorbeeld.example", "056", "Een zetel", "Belt elke week", signal.reference):
            assert hidden not in shown

    def test_is_kept_out_of_search_engines_caches_and_other_sites(self, cast: Cast, asked: Task) -> None:
        for path in (path_in(mails(cast["wijkinspecteur"])[0]), "/gevraagd/verzonnen/"):
            headers = Client().get(path).headers
            assert "noindex" in headers["X-Robots-Tag"]
            assert headers["Cache-Control"] == "no-store, private"
            assert headers["Referrer-Policy"] == "same-origin"

    def test_is_throttled(self, cast: Cast, asked: Task) -> None:
        cache.clear()
        path = path_in(mails(cast["wijkinspecteur"])[0])
        assert {Client().get("/gevraagd/verzonnen/").status_code for _time in range(29)} == {404}
        assert Client().get(path).status_code == 200
        assert Client().post(path).status_code == 429
        asked.refresh_from_db()
        assert asked.status == TaskStatus.OFFERED

    def test_says_the_same_of_what_became_secret_as_of_what_was_invented(self, cast: Cast, asked: Task) -> None:
        path = path_in(mails(cast["wijkinspecteur"])[0])
        asked.signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        secret, invented = Client().get(path), Client().get("/gevraagd/verzonnen/")
        assert secret.status_code == invented.status_code == 404
        assert words_of(secret.content.decode()) == words_of(invented.content.decode())

    def test_does_nothing_by_being_opened(self, cast: Cast, asked: Task) -> None:
        Client().get(path_in(mails(cast["wijkinspecteur"])[0]))
        asked.refresh_from_db()
        assert asked.status == TaskStatus.OFFERED

    def test_says_who_was_first(self, cast: Cast, asked: Task) -> None:
        path = path_in(mails(cast["wijkinspecteur"])[0])
        Client().post(path)
        answer = Client().post(path)
        assert answer.status_code == 409
        assert "Lies Vanneste nam ze op." in answer.content.decode()

    def test_ends_with_the_membership(self, cast: Cast, asked: Task) -> None:
        path = path_in(mails(cast["wijkinspecteur"])[0])
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        Membership.objects.filter(user=cast["wijkinspecteur"]).update(ends=yesterday)
        assert Client().get(path).status_code == 404
        assert Client().post(path).status_code == 404

    def test_ends_when_the_matter_becomes_secret(self, cast: Cast, asked: Task) -> None:
        path = path_in(mails(cast["wijkinspecteur"])[0])
        asked.signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        assert Client().get(path).status_code == 404

    def test_cannot_be_made_up_or_changed(self, cast: Cast, asked: Task) -> None:
        path = path_in(mails(cast["wijkinspecteur"])[0])
        assert Client().get(path.replace("/gevraagd/", "/gevraagd/x")).status_code == 404
        assert Client().get("/gevraagd/abc/").status_code == 404

    def test_grows_too_old(self, cast: Cast, asked: Task) -> None:
        path = path_in(mails(cast["wijkinspecteur"])[0])
        with time_machine.travel(timezone.now() + dt.timedelta(days=15)):
            assert Client().get(path).status_code == 404


class TestMail:
    def test_goes_to_who_wishes_it(self, cast: Cast, report: Make) -> None:
        User.objects.filter(pk=cast["wijkinspecteur"].pk).update(mail_offers=False)
        report("Onveilige situatie").offer(
            by=cast["coordinator"], team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht"
        )
        assert not mails(cast["wijkinspecteur"])

    def test_of_secret_matter_holds_nothing_and_links_to_the_sign_in(self, cast: Cast, report: Make) -> None:
        signal = report("Onveilige situatie")
        signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        signal.offer(by=cast["coordinator"], team=Team.objects.get(code="wijkwerking-noord"), title="Merkwoord")
        mail = mails(cast["wijkinspecteur"])[0]
        assert "Merkwoord" not in mail.subject + mail.body
        assert "Overleiestraat" not in mail.body
        assert "/gevraagd/" not in mail.body

    def test_is_not_sent_within_the_own_organisation(self, cast: Cast, report: Make) -> None:
        report("Sluikstort")
        assert not Message.objects.exists()


class TestSilence:
    def test_is_followed_by_a_reminder_and_then_by_both_coordinators(self, cast: Cast, report: Make) -> None:
        with time_machine.travel(MONDAY) as clock:
            signal = report("Onveilige situatie")
            signal.offer(by=cast["coordinator"], team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht")
            clock.shift(dt.timedelta(days=1, hours=10))
            assert follow_offers() == 1
            assert len(mails(cast["wijkinspecteur"])) == 2
            assert not mails(cast["coordinator.politie"])
            clock.shift(dt.timedelta(days=1))
            assert follow_offers() == 1
        for who in ("coordinator", "coordinator.politie"):
            (mail,) = mails(cast[who])
            assert mail.subject == "1 taak die niemand opneemt"
            assert "Toezicht, gevraagd aan Wijkwerking Noord op 16 november 2026" in mail.body
            assert f"/signalen/{signal.reference}/" in mail.body
        signal.refresh_from_db()
        kinds = set(signal.events.values_list("kind", flat=True))
        assert {EventKind.OFFER_REMINDED, EventKind.OFFER_ESCALATED} <= kinds

    def test_on_what_lies_nowhere_is_told_to_who_divides_for_its_owner(self, cast: Cast, report: Make) -> None:
        signal = report("Onveilige situatie", at=None)
        signal.offer(by=cast["coordinator"], team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht")
        later_and_later()
        told = Message.objects.filter(key__startswith="unanswered:").values_list("to", flat=True)
        assert set(told) == {cast["coordinator"].email, cast["coordinator.rand"].email}

    def test_over_the_weekend_is_no_silence(self, cast: Cast, report: Make) -> None:
        with time_machine.travel("2026-11-20T16:00:00+01:00") as clock:
            report("Onveilige situatie").offer(
                by=cast["coordinator"], team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht"
            )
            clock.shift(dt.timedelta(days=2))
            assert follow_offers() == 0

    def test_is_followed_once(self, cast: Cast, asked: Task) -> None:
        assert later_and_later() == [1, 1, 0]

    def test_found_late_still_leaves_time_between_the_reminder_and_the_coordinators(
        self, cast: Cast, report: Make
    ) -> None:
        """Nothing ran for four days: who is reminded only now also has a working day to answer."""
        with time_machine.travel(MONDAY) as clock:
            report("Onveilige situatie").offer(
                by=cast["coordinator"], team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht"
            )
            clock.shift(dt.timedelta(days=4))
            assert follow_offers() == 1
            clock.shift(dt.timedelta(minutes=10))
            assert follow_offers() == 0
            clock.shift(dt.timedelta(days=3))  # Monday, before the day is over
            assert follow_offers() == 0
            clock.shift(dt.timedelta(hours=9))
            assert follow_offers() == 1

    def test_is_not_counted_while_the_reporter_has_to_answer(self, cast: Cast, report: Make) -> None:
        with time_machine.travel(MONDAY) as clock:
            signal, until = report("Onveilige situatie"), timezone.localdate() + dt.timedelta(days=30)
            signal.offer(by=cast["coordinator"], team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht")
            clock.shift(dt.timedelta(hours=1))
            signal.wait(by=cast["coordinator"], until=until, waiting_for="reporter", reason="Welk huisnummer?")
            clock.shift(dt.timedelta(days=7, hours=23, minutes=55))
            assert follow_offers() == 0
            signal.resume(by=cast["coordinator"])
            assert follow_offers() == 0  # Tuesday, ten o'clock: as if it were the Monday of the offer
            clock.shift(dt.timedelta(days=1))
            assert follow_offers() == 0
            clock.shift(dt.timedelta(hours=8))
            assert follow_offers() == 1

    def test_is_counted_while_something_else_is_awaited(self, cast: Cast, report: Make) -> None:
        with time_machine.travel(MONDAY) as clock:
            signal, until = report("Onveilige situatie"), timezone.localdate() + dt.timedelta(days=30)
            signal.offer(by=cast["coordinator"], team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht")
            signal.wait(by=cast["coordinator"], until=until, waiting_for="weather", reason="Vorst.")
            clock.shift(dt.timedelta(days=3))
            assert follow_offers() == 1

    def test_ends_with_an_answer(self, cast: Cast, asked: Task) -> None:
        asked.accept(by=cast["wijkinspecteur"])
        with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
            assert follow_offers() == 0

    def test_about_sealed_matter_tells_no_coordinator(self, cast: Cast, report: Make) -> None:
        signal, ward = report("Bezorgd om iemand"), Team.objects.get(code="wijkwerking-noord")
        signal.share(
            by=cast["verpleegkundige"], team=ward, text="Let op nummer 8.", legal_ground="vitaal", purpose="toezicht",
            expires_at=timezone.now() + dt.timedelta(days=60),
        )  # fmt: skip
        signal.offer(by=cast["verpleegkundige"], team=ward, title="Langsgaan", level=Level.SEALED)
        with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
            follow_offers()
        with time_machine.travel(timezone.now() + dt.timedelta(days=25)):
            assert follow_offers() == 1
        for who in ("coordinator", "coordinator.politie", "coordinator.ocmw"):
            assert not [mail for mail in mails(cast[who]) if "niemand" in mail.subject]


class TestSilenceOnMany:
    @pytest.fixture
    def offered(self, cast: Cast, report: Make) -> list[Task]:
        """Three tasks for the ward team of the north, one of them on limited matter."""
        signals = [report("Onveilige situatie", place=f"Merkstraat {number}") for number in (1, 2, 3)]
        signals[2].raise_level(by=cast["coordinator"], level=Level.LIMITED)
        ward = Team.objects.get(code="wijkwerking-noord")
        return [signal.offer(by=cast["coordinator"], team=ward, title="Toezicht") for signal in signals]

    def escalate(self) -> None:
        assert later_and_later() == [3, 3, 0]

    def test_is_told_in_one_mail_that_only_counts_what_is_secret(self, cast: Cast, offered: list[Task]) -> None:
        self.escalate()
        (mail,) = mails(cast["coordinator"])
        assert mail.subject == "3 taken die niemand opneemt"
        for task in offered[:2]:
            assert task.signal.reference in mail.body
            assert task.signal.place in mail.body
        assert offered[2].signal.reference not in mail.body
        assert offered[2].signal.place not in mail.body
        assert "1 over geheime zaken" in mail.body

    def test_that_breaks_off_in_the_middle_is_told_whole_and_once(
        self, cast: Cast, offered: list[Task], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def die(person: User, tasks: list[Task]) -> str:
            if person == cast["coordinator.politie"]:
                raise KeyboardInterrupt
            return "…"

        with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
            follow_offers()
        with time_machine.travel(timezone.now() + dt.timedelta(days=25)):
            with monkeypatch.context() as patch:
                patch.setattr(unanswered, "_body", die)
                with pytest.raises(KeyboardInterrupt):
                    follow_offers()
            assert not Message.objects.filter(key__startswith="unanswered:").exists()
            assert [follow_offers(), follow_offers()] == [3, 0]
        for who in ("coordinator", "coordinator.politie"):
            assert len(mails(cast[who])) == 1

    def test_forgets_the_words_of_what_becomes_secret_before_it_leaves(self, cast: Cast, offered: list[Task]) -> None:
        self.escalate()
        offered[0].signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        (mail,) = mails(cast["coordinator"])
        assert offered[0].signal.place not in mail.body
        assert offered[1].signal.place in mail.body
        assert "2 over geheime zaken" in mail.body


class TestReturnedTwice:
    def test_goes_to_the_coordinators_of_both(self, cast: Cast, asked: Task) -> None:
        asked.give_back(by=cast["wijkinspecteur"], reason="Niet voor ons.")
        assert not [mail for mail in mails(cast["coordinator.politie"]) if "niemand" in mail.subject]
        again = asked.signal.offer(by=cast["coordinator"], team=asked.team, title="Toezicht")
        again.give_back(by=cast["wijkinspecteur"], reason="Echt niet.")
        for who in ("coordinator", "coordinator.politie"):
            assert [mail.subject for mail in mails(cast[who]) if "niemand" in mail.subject]

    def test_is_about_one_piece_of_work(self, cast: Cast, asked: Task) -> None:
        asked.give_back(by=cast["wijkinspecteur"], reason="Niet voor ons.")
        other = asked.signal.offer(by=cast["coordinator"], team=asked.team, title="Buren bezoeken")
        other.give_back(by=cast["wijkinspecteur"], reason="Ook niet voor ons.")
        assert not asked.signal.events.filter(kind=EventKind.RETURNED_TWICE).exists()

    def test_is_about_one_round(self, cast: Cast, asked: Task) -> None:
        signal = asked.signal
        asked.give_back(by=cast["wijkinspecteur"], reason="Niet voor ons.")
        signal.refresh_from_db()
        signal.close(by=cast["coordinator"], outcome="Opgelost.")
        signal.reopen(by=cast["coordinator"], reason="Het is er weer.")
        again = signal.offer(by=cast["coordinator"], team=asked.team, title="Toezicht")
        again.give_back(by=cast["wijkinspecteur"], reason="Nog altijd niet.")
        assert not signal.events.filter(kind=EventKind.RETURNED_TWICE).exists()


class TestBeginning:
    def test_shows_that_somebody_is_at_it(self, cast: Cast, asked: Task) -> None:
        asked.accept(by=cast["wijkinspecteur"])
        asked.begin(by=cast["wijkinspecteur"])
        asked.refresh_from_db()
        assert (asked.status, asked.is_live) == (TaskStatus.IN_PROGRESS, True)
        asked.complete(by=cast["wijkinspecteur"], outcome="Gedaan.")
        assert asked.status == TaskStatus.DONE
