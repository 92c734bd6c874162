"""What came in by itself is read by a colleague, who says what it is about and where; only then it goes its way."""

import datetime as dt
import io
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from kortrijk_gebied.audit.models import ReadEntry
from kortrijk_gebied.jobs.models import Job, Message
from kortrijk_gebied.refusals import Refused
from signals.arrivals import admit
from signals.incoming import fetching
from signals.levels import Level
from signals.models import Category, EventKind, Signal, Task
from signals.workflow import SignalStatus
from teams.access import access_of
from teams.models import User
from tests.cast import Cast
from tests.signals.incoming.conftest import Receive, letter, made, receive  # noqa: F401

type SignIn = Callable[[User], Client]


def with_photo(text: str) -> EmailMessage:
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), "olive").save(picture, "JPEG")
    mail = letter(text)
    mail.add_attachment(picture.getvalue(), maintype="image", subtype="jpeg", filename="lamp.jpg")
    return mail


@pytest.fixture
def new(receive: Receive) -> Signal:  # noqa: F811
    found: Signal = made(receive(with_photo("De lamp voor Overleiestraat 12 is stuk."))).signal
    return found


def page_of(signal: Signal) -> str:
    return reverse("signals:signal-admission", args=[signal.reference])


def sent_on(client: Client, signal: Signal, subject: str, **more: str) -> int:
    typed = {"category": Category.objects.get(name=subject).pk, "place": "Overleiestraat 12", **more}
    return client.post(page_of(signal), typed).status_code


class TestReading:
    def test_shows_what_came_and_suggests_but_never_decides(self, cast: Cast, sign_in: SignIn, new: Signal) -> None:
        page = sign_in(cast["agent"]).get(page_of(new)).text
        assert "De lamp voor Overleiestraat 12 is stuk." in page
        assert "An Peeters" in page
        assert '<option value="" selected>Kies een onderwerp</option>' in page

    def test_stands_in_the_read_log(self, cast: Cast, sign_in: SignIn, new: Signal) -> None:
        sign_in(cast["agent"]).get(page_of(new))
        assert ReadEntry.objects.filter(object_id=new.pk, reader_id=cast["agent"].pk).exists()

    def test_is_offered_where_the_signal_is_shown(self, cast: Cast, sign_in: SignIn, new: Signal) -> None:
        agent = sign_in(cast["agent"])
        assert page_of(new) in agent.get(reverse("signals:signal", args=[new.reference])).text
        new.refresh_from_db()
        assert new.status == SignalStatus.NEW, "to look at it is not to say what it is about"

    def test_has_a_tab_of_its_own_at_the_desk(self, cast: Cast, sign_in: SignIn, new: Signal) -> None:
        inbox = sign_in(cast["agent"]).get("/postvak/?tab=nieuw").text
        assert "Nieuw binnengekomen" in inbox
        assert new.reference in inbox

    def test_finds_the_place_without_judging(self, cast: Cast, sign_in: SignIn, new: Signal) -> None:
        page = sign_in(cast["agent"]).post(page_of(new), {"look": "1", "place": "Overleiestraat 12"})
        assert page.status_code == 200
        assert "Overleie" in page.text

    def test_keeps_what_was_chosen_when_the_subject_is_missing(self, cast: Cast, sign_in: SignIn, new: Signal) -> None:
        answer = sign_in(cast["agent"]).post(page_of(new), {"place": "Overleiestraat 12"})
        assert answer.status_code == 422
        assert 'value="Overleiestraat 12"' in answer.text
        assert "Kies waarover het gaat." in answer.text


class TestSendingOn:
    def test_mails_who_is_asked_at_another_organisation(self, cast: Cast, sign_in: SignIn, new: Signal) -> None:
        User.objects.filter(pk=cast["fluvius"].pk).update(mail_offers=True)
        sent_on(sign_in(cast["agent"]), new, "Straatverlichting")
        assert Message.objects.filter(key__contains=":offered:", to=cast["fluvius"].email).count() == 1

    def test_lets_the_rules_do_the_rest(self, cast: Cast, sign_in: SignIn, new: Signal) -> None:
        assert sent_on(sign_in(cast["agent"]), new, "Sluikstort") == 302
        new.refresh_from_db()
        assert (new.level, new.status, new.category.name) == (Level.OPEN, SignalStatus.IN_PROGRESS, "Sluikstort")
        assert (str(new.area), new.place) == ("Overleie", "Overleiestraat 12")
        task = Task.objects.get()
        assert (task.team.code, task.level) == ("team-net-noord", Level.OPEN)
        assert "Team Net" in new.route_reason
        assert new.reports.get().category == new.category
        assert new.events.filter(kind=EventKind.READ, by=cast["agent"]).exists()

    def test_opens_what_came_along_to_who_reads_it_now(self, cast: Cast, sign_in: SignIn, new: Signal) -> None:
        sent_on(sign_in(cast["agent"]), new, "Sluikstort")
        assert set(new.attachments.values_list("level", flat=True)) == {Level.OPEN}
        assert set(new.events.values_list("level", flat=True)) == {Level.OPEN}
        assert Signal.objects.readable(access_of(cast["coordinator.politie"])).filter(pk=new.pk).exists()

    def test_seals_a_worry_with_everything_of_it(self, cast: Cast, sign_in: SignIn, new: Signal) -> None:
        new.add_note(by=cast["agent"], text="De beller klonk ongerust.")
        agent = sign_in(cast["agent"])
        assert sent_on(agent, new, "Bezorgd om iemand") == 302
        new.refresh_from_db()
        assert (new.level, new.owner.code, str(new.team)) == (Level.SEALED, "ocmw", "Sociale dienst")
        for part in (new.attachments.get(), new.notes.get()):
            assert (part.level, part.organisation.code, str(part.team)) == (Level.SEALED, "ocmw", "Sociale dienst")
        assert set(new.events.values_list("level", flat=True)) == {Level.SEALED}
        nurse = access_of(cast["verpleegkundige"])
        assert Signal.objects.readable(nurse).filter(pk=new.pk).exists()
        assert not Signal.objects.readable(access_of(cast["agent"])).filter(pk=new.pk).exists()
        assert "Bezorgd aan de juiste dienst" in agent.get("/postvak/").text
        assert agent.get(page_of(new)).status_code == 404

    def test_limits_what_is_limited_to_its_owner(self, cast: Cast, sign_in: SignIn, new: Signal) -> None:
        sent_on(sign_in(cast["agent"]), new, "Burenruzie")
        new.refresh_from_db()
        assert (new.level, new.owner.code, new.status) == (Level.LIMITED, "politie", SignalStatus.TO_DIVIDE)
        assert new.attachments.get().organisation.code == "politie"
        assert not Signal.objects.readable(access_of(cast["agent"])).filter(pk=new.pk).exists()

    def test_leaves_a_more_secret_note_as_its_writer_wished(self, cast: Cast, new: Signal) -> None:
        new.add_note(by=cast["agent"], text="Alleen voor ons.", level=Level.LIMITED)
        admit(signal=new, by=cast["agent"], category=Category.objects.get(name="Sluikstort"))
        assert new.notes.get().level == Level.LIMITED

    def test_counts_the_term_from_when_it_was_reported(self, cast: Cast, new: Signal) -> None:
        admit(signal=new, by=cast["agent"], category=Category.objects.get(name="Sluikstort"))
        assert new.due_at is not None
        assert new.due_at > new.reported_at

    def test_happens_once(self, cast: Cast, sign_in: SignIn, new: Signal) -> None:
        category = Category.objects.get(name="Sluikstort")
        sent_on(sign_in(cast["agent"]), new, "Sluikstort")
        with pytest.raises(Refused):
            admit(signal=Signal.objects.get(pk=new.pk), by=cast["coordinator"], category=category)
        assert Task.objects.count() == 1
        assert sign_in(cast["agent"]).get(page_of(new)).status_code == 302

    @pytest.mark.parametrize(
        ("who", "answer"),
        [("agent", 302), ("coordinator", 302), ("gebiedswerker", 404), ("coordinator.ocmw", 404),
         ("coordinator.politie", 404), ("gemeenschapswacht", 404), ("verpleegkundige", 404), ("beheerder", 403),
         ("dpo", 403)],
    )  # fmt: skip
    def test_is_for_the_desk_and_the_coordinators_of_the_city(
        self, cast: Cast, sign_in: SignIn, new: Signal, who: str, answer: int
    ) -> None:
        assert sent_on(sign_in(cast[who]), new, "Sluikstort") == answer


class TestMailLeftOver:
    @pytest.fixture
    def left(self, receive: Receive) -> str:  # noqa: F811
        mail = receive(letter("Kwibbel.", Subject="Automatisch antwoord: ja"))
        return str(mail.pk)

    def test_is_listed_for_the_desk(self, cast: Cast, sign_in: SignIn, receive: Receive, left: str) -> None:  # noqa: F811
        receive(b"From: leeg@voorbeeld.example\n\n")
        page = sign_in(cast["agent"]).get("/signalen/post/").text
        assert "leeg@voorbeeld.example" in page
        assert "1 automatisch antwoord" in page
        assert "Kwibbel" not in page

    def test_says_whether_a_mail_that_lies_there_is_still_tried(
        self,
        cast: Cast,
        sign_in: SignIn,
        receive: Receive,  # noqa: F811
    ) -> None:
        mail = receive(letter("Kwibbel."))
        mail.state, mail.received_at = "received", timezone.now() - dt.timedelta(hours=1)
        mail.report = None
        mail.save(update_fields=["state", "received_at", "report"])
        agent, job = sign_in(cast["agent"]), Job.objects.get(key=f"read-mail:{mail.pk}")
        assert "Nog niet gelezen: het wordt nog geprobeerd." in agent.get("/signalen/post/").text
        job.attempts = job.max_attempts
        job.save(update_fields=["attempts"])
        job.fail("x")
        assert "en het wordt niet opnieuw geprobeerd." in agent.get("/signalen/post/").text

    def test_says_how_much_cannot_be_taken_off_the_mail_server(
        self, cast: Cast, sign_in: SignIn, settings: LazySettings
    ) -> None:
        settings.INTAKE_IMAP_URL = "imaps://x:y@mail.example/"
        agent = sign_in(cast["agent"])
        assert "kon al een kwartier niet" in agent.get("/signalen/post/").text
        cache.set(fetching.LOOKED_AT, True)
        cache.set(fetching.LEFT_THERE, 2)
        page = agent.get("/signalen/post/").text
        assert "2 mails kunnen niet binnengehaald worden" in page
        assert "kwartier" not in page
        assert "Alle mail werd een melding" not in page

    def test_is_listed_with_as_many_queries_however_much_it_is(
        self,
        cast: Cast,
        sign_in: SignIn,
        receive: Receive,  # noqa: F811
        left: str,
        django_assert_num_queries: Any,
    ) -> None:
        receive(b"From: leeg@voorbeeld.example\n\n")
        agent = sign_in(cast["agent"])
        agent.get("/signalen/post/")
        with CaptureQueriesContext(connection) as few:
            agent.get("/signalen/post/")
        cost = len(few)
        for number in range(4):
            receive(f"From: leeg{number}@voorbeeld.example\n\n".encode())
            receive(letter("Weg.", Subject="Automatisch antwoord: ja", From=f"weg{number}@voorbeeld.example"))
        with django_assert_num_queries(cost):
            page = agent.get("/signalen/post/").text
        assert all(f"{name}3@voorbeeld.example" in page for name in ("leeg", "weg"))

    @pytest.mark.parametrize("who", ["coordinator.ocmw", "coordinator.politie"])
    def test_is_not_there_for_another_organisation(self, cast: Cast, sign_in: SignIn, left: str, who: str) -> None:
        client = sign_in(cast[who])
        assert "an@voorbeeld.example" not in client.get("/signalen/post/").text
        assert client.get(f"/signalen/post/{left}/bron/").status_code == 404
        assert client.post(f"/signalen/post/{left}/registratie/").status_code == 404
        assert client.post(f"/signalen/post/{left}/afhandeling/").status_code == 404

    def test_is_opened_with_a_line_in_the_read_log(self, cast: Cast, sign_in: SignIn, left: str) -> None:
        answer = sign_in(cast["agent"]).get(f"/signalen/post/{left}/bron/")
        assert b"Kwibbel." in answer.getvalue()
        assert answer["Content-Disposition"].startswith("attachment")
        assert ReadEntry.objects.filter(object_id=left, surface="mail").exists()

    def test_becomes_a_report_after_all(self, cast: Cast, sign_in: SignIn, left: str) -> None:
        answer = sign_in(cast["agent"]).post(f"/signalen/post/{left}/registratie/")
        assert answer["Location"] == page_of(Signal.objects.get())

    def test_is_dealt_with_once(self, cast: Cast, sign_in: SignIn, left: str) -> None:
        agent = sign_in(cast["agent"])
        assert agent.post(f"/signalen/post/{left}/afhandeling/").status_code == 302
        assert "an@voorbeeld.example" not in agent.get("/signalen/post/").text
        assert agent.post(f"/signalen/post/{left}/afhandeling/").status_code == 404
        assert agent.get(f"/signalen/post/{left}/bron/").status_code == 404, "what was dealt with nobody opens"
