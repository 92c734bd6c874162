"""What a citizen reports on the website: without an account, and whatever goes wrong, what was typed stays."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from areas.search import find
from kortrijk_gebied.jobs.bounces import Bounce
from kortrijk_gebied.jobs.models import Job, Message
from signals.incoming.jobs import erase_old_mail
from signals.levels import Level
from signals.models import Category, EventKind, Report, Reporter, Signal, StatusLink, UnprovenAddress
from signals.models.unproven import MOST_WAITING
from signals.proving import prove
from signals.workflow import SignalStatus
from tests.cast import Cast

type Make = Callable[..., Signal]

WORDS = "Drie zakken en een matras."


@pytest.fixture
def typed(kortrijk: None) -> dict[str, Any]:
    return {
        "category": Category.objects.get(name="Sluikstort").pk, "place": "Overleiestraat 12",
        "description": WORDS, "step": "send",
    }  # fmt: skip


FORM = "/melden/0197a000-0000-7000-8000-000000000001/"


def send(typed: dict[str, Any], to: str = FORM, by: Client | None = None, **more: Any) -> Any:
    return (by or Client(enforce_csrf_checks=True)).post(to, typed | more, follow=True)


def photo() -> SimpleUploadedFile:
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "olive").save(picture, "JPEG")
    return SimpleUploadedFile("foto.jpg", picture.getvalue(), "image/jpeg")


class TestFirstStep:
    def test_offers_what_the_public_may_report_and_nothing_else(self, kortrijk: None) -> None:
        page = Client().get("/melden/", follow=True).text
        assert "Sluikstort" in page
        assert "Bezorgd om iemand" in page
        assert "Schuldhulp of steun" not in page
        assert 'href="tel:112"' in page

    def test_asks_for_what_is_missing(self, kortrijk: None) -> None:
        answer = Client().post("/melden/", {"step": "next"})
        assert answer.status_code == 422
        assert "Kies waarover het gaat." in answer.text
        assert "Typ een straat, een plein of een gebouw." in answer.text

    def test_leads_to_the_second_with_everything_kept(self, typed: dict[str, Any]) -> None:
        answer = Client().post("/melden/", typed | {"step": "next"})
        assert answer.status_code == 200
        assert "Stap 2 van 2" in answer.text
        assert answer.text.count(WORDS) == 2
        back = Client().post("/melden/", typed | {"step": "back"})
        assert WORDS in back.text
        assert "Stap 1 van 2" in back.text

    def test_warns_of_what_could_betray_somebody_once(self, typed: dict[str, Any]) -> None:
        told = typed | {"step": "next", "description": "De wagen heeft plaat 1-ABC-234."}
        answer = Client().post("/melden/", told)
        assert answer.status_code == 422
        assert "een nummerplaat" in answer.text
        assert Client().post("/melden/", told | {"weighed": "plate"}).status_code == 200

    def test_does_not_when_somebody_is_worried_about_somebody(self, typed: dict[str, Any]) -> None:
        worried = Category.objects.get(name="Bezorgd om iemand").pk
        told = typed | {"step": "next", "category": worried, "description": "Mevrouw Peeters lijkt dement."}
        assert Client().post("/melden/", told).status_code == 200

    def test_explains_a_place_outside_the_city(self, typed: dict[str, Any]) -> None:
        answer = Client().post("/melden/", typed | {"step": "next", "place": "", "longitude": 4.35, "latitude": 50.85})
        assert "Deze plaats ligt buiten Kortrijk." in answer.text


class TestAnotherMunicipality:
    TYPED = "Veemarkt 9999, Brussel"

    def test_is_asked_about_with_the_words_kept(self, typed: dict[str, Any]) -> None:
        answer = Client().post("/melden/", typed | {"step": "next", "place": self.TYPED})
        assert answer.status_code == 422
        assert "Brussel ligt niet in Kortrijk. Is het toch in Kortrijk?" in answer.text
        assert f'value="{self.TYPED}"' in answer.text
        assert 'name="spot"' in answer.text

    def test_is_not_registered_here(self, typed: dict[str, Any]) -> None:
        answer = send(typed, place=self.TYPED, spot="none")
        assert "Brussel ligt niet in Kortrijk. Meld het aan die gemeente." in answer.text
        assert not Report.objects.exists()

    def test_was_a_slip_when_a_place_of_ours_is_chosen(self, typed: dict[str, Any]) -> None:
        (first, *_others) = find(self.TYPED).matches
        send(typed, place=self.TYPED, spot=first.key)
        report = Report.objects.get()
        assert report.place.startswith("Veemarkt")
        assert "Brussel" not in report.place
        assert report.longitude is not None


class TestReport:
    def test_is_kept_and_waits_to_be_read(self, typed: dict[str, Any]) -> None:
        answer = send(typed)
        report = Report.objects.get()
        assert (report.channel, report.description, report.registered_by) == ("web", WORDS, None)
        assert report.signal.status == SignalStatus.NEW
        assert not report.signal.tasks.exists(), "nobody proved to be there: a colleague reads it first"
        assert not Reporter.objects.exists()
        assert answer.redirect_chain[-1][0] == f"/mijn-melding/{StatusLink.objects.get().token}/"
        assert "uw melding is aangekomen" in answer.text

    def test_sent_twice_is_one(self, typed: dict[str, Any]) -> None:
        first, second = send(typed), send(typed)
        assert first.redirect_chain == second.redirect_chain
        assert Report.objects.count() == 1
        assert "Uw melding was al aangekomen; er is niets dubbel verstuurd." in second.text

    def test_needs_no_cookie_and_no_token(self, typed: dict[str, Any]) -> None:
        assert send(typed).status_code == 200

    def test_from_another_website_is_shown_first(self, typed: dict[str, Any]) -> None:
        answer = Client().post("/melden/", typed, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 422
        assert WORDS in answer.text
        assert not Report.objects.exists()

    def test_asks_for_the_photos_once_more_when_the_page_comes_back(self, typed: dict[str, Any]) -> None:
        said = "kwam terug zonder de gekozen foto"
        assert said in send(typed, email="geen adres", photos=[photo()]).text
        assert said not in send(typed, email="geen adres").text
        for step in ({"step": "back"}, {"description": ""}):  # there the first step comes back
            assert "Kies ze in stap 2 opnieuw." in send(typed | step, photos=[photo()]).text

    def test_brings_photos_along(self, typed: dict[str, Any]) -> None:
        send(typed, photos=[photo()])
        (kept,) = Report.objects.get().attachments.all()
        assert kept.organisation.code == "stad"

    def test_takes_at_most_three_and_says_so(self, typed: dict[str, Any]) -> None:
        files = [SimpleUploadedFile(f"{n}.jpg", _jpeg(n), "image/jpeg") for n in range(4)]
        answer = send(typed, photos=files)
        assert Report.objects.get().attachments.count() == 3
        assert "hoogstens 3" in answer.text

    def test_with_a_file_that_is_no_photo_is_registered_all_the_same(self, typed: dict[str, Any]) -> None:
        answer = send(typed, photos=[SimpleUploadedFile("x.svg", b"<svg onload='x'>", "image/svg+xml")])
        assert Report.objects.count() == 1
        assert "x.svg" in answer.text

    def test_about_a_person_seals_itself_and_takes_no_photo(self, typed: dict[str, Any]) -> None:
        worried = Category.objects.get(name="Bezorgd om iemand").pk
        assert send(typed, category=worried, photos=[photo()]).status_code == 422
        answer = send(typed, category=worried)
        signal = Signal.objects.get()
        assert (signal.level, signal.status, str(signal.team)) == (Level.SEALED, SignalStatus.NEW, "Sociale dienst")
        assert WORDS not in answer.text
        assert "bezorgd aan de juiste dienst" in answer.text

    def test_about_a_subject_closed_meanwhile_keeps_the_words(self, typed: dict[str, Any]) -> None:
        Category.objects.filter(pk=typed["category"]).update(on_web=False)
        answer = send(typed)
        assert answer.status_code == 422
        assert "kan niet meer gekozen worden" in answer.text
        assert WORDS in answer.text

    def test_of_a_program_that_fills_in_everything_is_not_taken(self, typed: dict[str, Any]) -> None:
        answer = send(typed, website="https://spam.example")
        assert answer.status_code == 422
        assert "moet leeg blijven" in answer.text
        assert not Report.objects.exists()

    def test_of_one_connection_is_one_of_ten_in_an_hour(self, typed: dict[str, Any]) -> None:
        for _number in range(10):
            assert send(typed, "/melden/").status_code == 200
        answer = send(typed, "/melden/")
        assert answer.status_code == 422
        assert "veel meldingen" in answer.text
        assert WORDS in answer.text


def _jpeg(shade: int) -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), (shade * 20, 0, 0)).save(picture, "JPEG")
    return picture.getvalue()


class TestReportedAlready:
    @pytest.fixture
    def rubbish(self, report: Make) -> Signal:
        Category.objects.filter(name="Sluikstort").update(public=True)
        return report("Sluikstort", place="Overleiestraat 12", description="Geheim geklets.", at=_point())

    def test_shows_what_how_far_and_since_when(self, rubbish: Signal, typed: dict[str, Any]) -> None:
        page = Client().post("/melden/", typed | {"step": "next"}).text
        assert "Ja: Sluikstort, op dezelfde plaats (gemeld: vandaag)" in page
        assert "geklets" not in page
        assert rubbish.reference not in page
        assert str(rubbish.pk) not in page

    def test_joins_it_when_chosen(self, rubbish: Signal, typed: dict[str, Any]) -> None:
        page = Client().post("/melden/", typed | {"step": "next"}).text
        key = page.partition('name="join" value="')[2].partition('"')[0]
        send(typed, join=key)
        rubbish.refresh_from_db()
        assert rubbish.report_count == 2
        assert Signal.objects.count() == 1

    def test_is_not_asked_of_a_subject_that_is_not_public(self, rubbish: Signal, typed: dict[str, Any]) -> None:
        Category.objects.filter(name="Sluikstort").update(public=False)
        assert "Is dit al gemeld?" not in Client().post("/melden/", typed | {"step": "next"}).text

    @pytest.mark.parametrize("level", [Level.LIMITED, Level.SEALED])
    def test_is_not_asked_of_what_is_secret(self, rubbish: Signal, typed: dict[str, Any], level: Level) -> None:
        Signal.objects.filter(pk=rubbish.pk).update(level=level, team=rubbish.tasks.get().team)
        page = Client().post("/melden/", typed | {"step": "next"}).text
        assert "Is dit al gemeld?" not in page

    def test_with_a_key_of_something_else_is_a_signal_of_its_own(
        self, rubbish: Signal, report: Make, typed: dict[str, Any]
    ) -> None:
        from django.core import signing

        other = report("Bezorgd om iemand", at=_point())
        for key in ("x", signing.dumps(str(other.pk), salt="public-join"), str(rubbish.pk)):
            send(typed, "/melden/", join=key)
        assert {rubbish.report_count, other.report_count} == {1}
        assert Signal.objects.count() == 5


def _point() -> tuple[float, float]:
    from areas.search import find

    return find("Overleiestraat 12").matches[0].point


class TestAddress:
    def waiting(self, typed: dict[str, Any], **more: Any) -> UnprovenAddress:
        send(typed, email="An@Voorbeeld.example", name="An", **more)
        return UnprovenAddress.objects.latest("made_at")

    def test_stands_apart_until_it_is_proven(self, typed: dict[str, Any]) -> None:
        address = self.waiting(typed)
        assert Reporter.objects.get().email == ""
        (mail,) = Message.objects.all()
        assert mail.to == "An@Voorbeeld.example"
        assert f"/melden/bevestigen/{address.token}/" in mail.body
        assert WORDS not in mail.body
        assert "Sluikstort" not in f"{mail.subject}{mail.body}"

    def test_is_not_proven_by_a_program_that_opens_links(self, typed: dict[str, Any]) -> None:
        address = self.waiting(typed)
        for _time in range(3):
            assert Client().get(f"/melden/bevestigen/{address.token}/").status_code == 200
        assert Reporter.objects.get().email == ""

    def test_is_proven_by_a_button_and_the_report_goes_its_way(self, typed: dict[str, Any]) -> None:
        address = self.waiting(typed)
        answer = Client().post(f"/melden/bevestigen/{address.token}/", follow=True)
        assert "ons antwoord komt op dit adres aan" in answer.text
        assert Reporter.objects.get().email == "An@Voorbeeld.example"
        signal = Signal.objects.get()
        assert signal.tasks.get().team.code == "team-net-noord"
        assert signal.status == SignalStatus.IN_PROGRESS
        assert signal.events.filter(kind=EventKind.PROVEN).exists()
        assert Message.objects.filter(key__startswith="receipt:").count() == 1

    def test_pressed_twice_does_no_harm(self, typed: dict[str, Any]) -> None:
        address = self.waiting(typed)
        for _time in range(2):
            assert Client().post(f"/melden/bevestigen/{address.token}/").status_code == 302
        assert Client().get(f"/melden/bevestigen/{address.token}/").status_code == 302
        assert Signal.objects.get().tasks.count() == 1
        assert Message.objects.filter(key__startswith="receipt:").count() == 1

    def test_of_a_report_that_no_rule_places_waits_to_be_read(self, typed: dict[str, Any]) -> None:
        address = self.waiting(typed, category=Category.objects.get(name="Burenruzie").pk)
        prove(address)
        assert Signal.objects.get().status == SignalStatus.NEW

    def test_of_a_report_read_meanwhile_changes_nothing_of_it(self, typed: dict[str, Any], cast: Cast) -> None:
        address = self.waiting(typed)
        Signal.objects.get().read(by=cast["agent"])
        prove(address)
        assert not Signal.objects.get().tasks.exists()
        assert Reporter.objects.get().email

    def test_works_for_three_days(self, typed: dict[str, Any]) -> None:
        address = self.waiting(typed)
        with time_machine.travel(timezone.now() + dt.timedelta(days=3, minutes=1)):
            assert Client().post(f"/melden/bevestigen/{address.token}/").status_code == 404
            erase_old_mail(
                Job.objects.create(kind="retention-mail", key="x", state="running", lease_until=timezone.now())
            )
        assert not UnprovenAddress.objects.exists()
        assert not Message.objects.exists(), "the address stands there too"
        assert Report.objects.count() == 1, "what was reported is not lost"

    def test_gets_no_more_mail_than_a_few(self, typed: dict[str, Any]) -> None:
        answers = [self.sent_anew(typed) for _number in range(MOST_WAITING + 2)]
        assert Message.objects.count() == MOST_WAITING
        assert len({answer.text.count("U krijgt een mail") for answer in answers}) == 1, "and nobody is told so"
        assert Report.objects.count() == MOST_WAITING + 2

    def sent_anew(self, typed: dict[str, Any]) -> Any:
        return send(typed, "/melden/", email="an@voorbeeld.example")

    def test_that_bounces_is_refused_with_the_words_kept(self, typed: dict[str, Any]) -> None:
        Bounce.note("an@voorbeeld.example", "5.1.1")
        answer = send(typed, email="An@voorbeeld.example")
        assert answer.status_code == 422
        assert "kwam onlangs terug" in answer.text
        assert WORDS in answer.text

    def test_of_nobody_is_not_found(self, kortrijk: None) -> None:
        assert Client().get("/melden/bevestigen/xyz/").status_code == 404
