"""A partner's program reports: taken as any other report, or refused with a sentence in the standard's form."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from signals.models import Category, Channel, PartnerKey, PartnerReport, Report, Signal
from signals.open311.posting import TOKENS, report_id
from teams.models import Team
from tests.cast import OVERLEIE, Cast
from tests.signals.open311.conftest import FORM, PLACED, MakeKey, Post

pytestmark = pytest.mark.django_db

type Refusals = list[dict[str, Any]]


def sentences(answer: Any) -> str:
    return " ".join(error["description"] for error in answer.json())


class TestReport:
    def test_becomes_a_signal_by_the_rules(self, post: Post) -> None:
        answer = post(first_name="Rosa", last_name="Vercruysse", email="rosa@voorbeeld.example", phone="056 11 22 33")
        assert answer.status_code == 200
        signal = Signal.objects.get(reference=answer.json()[0]["service_request_id"])
        report = signal.reports.get()
        assert (report.channel, report.description) == (Channel.PARTNER, "Drie zetels.")
        assert str(signal.area) == "Overleie"
        assert signal.team is not None
        assert signal.team.code == "team-net-noord"
        assert (report.reporter.name, report.reporter.email) == ("Rosa Vercruysse", "rosa@voorbeeld.example")

    def test_says_by_when_it_will_be_handled(self, post: Post) -> None:
        assert post().json()[0]["service_notice"].startswith("We willen dit afhandelen tegen ")

    def test_finds_its_place_by_the_words_of_an_address(self, post: Post) -> None:
        answer = post(lat="", long="", address_string="Overleiestraat 8, 8500 Kortrijk")
        signal = Signal.objects.get(reference=answer.json()[0]["service_request_id"])
        assert signal.longitude is not None
        assert signal.place.startswith("Overleiestraat 8")

    def test_without_words_carries_the_name_of_its_subject(self, post: Post) -> None:
        post(description="")
        assert Report.objects.get().description == "Sluikstort"

    def test_keeps_the_address_of_a_photo_among_its_words(self, post: Post) -> None:
        post(media_url="https://foto.example/1.jpg")
        assert "https://foto.example/1.jpg" in Report.objects.get().description

    def test_is_taken_in_the_kind_it_says(self, post: Post) -> None:
        post(**{"attribute[kind]": "complaint"})
        assert Report.objects.get().kind == "complaint"


class TestSecretSubject:
    """Of what it reports about a person a program hears that it arrived, and no number."""

    def test_that_is_sealed_gives_no_number_and_no_token(self, post: Post) -> None:
        answer = post(service_code="bezorgd-om-iemand")
        assert answer.json() == [{"service_notice": "Bezorgd aan de juiste dienst.", "account_id": None}]
        assert Signal.objects.get().level == 2

    def test_that_is_limited_gives_a_token(self, client: Client, post: Post) -> None:
        token = post(service_code="burenruzie").json()[0]["token"]
        answer = client.get(f"/open311/v2/tokens/{token}.json")
        assert answer.json() == [{"service_request_id": None, "token": token}]

    def test_token_gives_the_number_once_it_is_open(self, client: Client, post: Post) -> None:
        token = post(service_code="burenruzie").json()[0]["token"]
        Signal.objects.update(level=0)
        number = client.get(f"/open311/v2/tokens/{token}.json").json()[0]["service_request_id"]
        assert number == Signal.objects.get().reference

    def test_token_is_of_a_program_never_of_the_desk(
        self, client: Client, report: Callable[..., Signal], post: Post
    ) -> None:
        desk = report().reports.get()
        sealed = post(service_code="bezorgd-om-iemand") and Report.objects.get(category__code="bezorgd-om-iemand")
        never = TOKENS.sign(str(uuid.uuid4()))
        for token in (TOKENS.sign(str(desk.pk)), TOKENS.sign(str(sealed.pk)), never, uuid.uuid4(), "12345"):
            answer = client.get(f"/open311/v2/tokens/{token}.json")
            assert (answer.status_code, sentences(answer)) == (404, "Dit token kennen we niet.")

    def test_token_cannot_be_worked_out(self, client: Client, post: Post) -> None:
        """Neither of a number that was used nor of one that was not: whoever guesses learns nothing."""
        token = post(service_code="burenruzie", **{"attribute[client_id]": "17"}).json()[0]["token"]
        key = PartnerKey.objects.get()
        guesses = [str(report_id(key, number)) for number in ("17", "18")]
        assert guesses[0] == str(Report.objects.get().pk), "the control: this is what it was made of"
        answers = [client.get(f"/open311/v2/tokens/{guess}.json") for guess in (*guesses, f"{token[:-1]}!")]
        assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
        assert client.get(f"/open311/v2/tokens/{token}.json").status_code == 200

    def test_token_of_what_is_sealed_since_is_unknown(self, client: Client, post: Post, cast: Cast) -> None:
        token = post(service_code="burenruzie").json()[0]["token"]
        never = client.get(f"/open311/v2/tokens/{TOKENS.sign(str(uuid.uuid4()))}.json")
        assert client.get(f"/open311/v2/tokens/{token}.json").status_code == 200
        Signal.objects.update(level=2, team=Team.objects.get(code="team-net-noord"))
        answer = client.get(f"/open311/v2/tokens/{token}.json")
        assert (answer.status_code, answer.content) == (404, never.content)


class TestSentTwice:
    def test_with_its_own_number_is_one_report(self, post: Post) -> None:
        first, second = (post(**{"attribute[client_id]": "A-17"}).json() for _time in range(2))
        assert first == second
        assert Report.objects.get().external_number == "school:A-17"

    def test_without_a_number_is_two(self, post: Post) -> None:
        assert post().json() != post().json()

    def test_with_a_number_of_something_else_is_refused(self, post: Post) -> None:
        post(**{"attribute[client_id]": "A-17"})
        answer = post(description="Vier zetels.", **{"attribute[client_id]": "A-17"})
        assert answer.status_code == 400
        assert "al iets anders gemeld" in sentences(answer)

    def test_by_a_new_key_is_still_the_same(self, client: Client, post: Post, make_key: MakeKey) -> None:
        post(**{"attribute[client_id]": "A-17"})
        again = post(api_key=make_key("school"), **{"attribute[client_id]": "A-17"})
        assert again.status_code == 200
        assert Report.objects.count() == 1

    def test_by_another_partner_is_another(self, post: Post, fluvius: str) -> None:
        post(**{"attribute[client_id]": "A-17"})
        post(api_key=fluvius, **{"attribute[client_id]": "A-17"})
        assert Report.objects.count() == 2


class TestRefusal:
    @pytest.mark.parametrize(
        ("given", "status", "says"),
        [
            ({"service_code": ""}, 400, "ontbreekt"),
            ({"service_code": "vliegende-schotel"}, 404, "vliegende-schotel"),
            ({"service_code": "afval-en-netheid"}, 404, "niet meer gebruikt"),
            ({"lat": "", "long": ""}, 400, "Waar is het?"),
            ({"long": ""}, 400, "zowel lat als long"),
            ({"lat": "91"}, 400, "lat"),
            ({"lat": "noord"}, 400, "lat"),
            ({"lat": "nan"}, 400, "lat"),
            ({"lat": "51.05", "long": "3.72"}, 400, "buiten de stad"),
            ({"lat": str(OVERLEIE[0]), "long": str(OVERLEIE[1])}, 400, "omgewisseld"),
            ({"email": "rosa"}, 400, "email"),
            ({"description": "x" * 4001}, 400, "description"),
            ({"media_url": "javascript:alert(1)"}, 400, "media_url"),
            ({"attribute[kind]": "onzin"}, 400, "kind"),
            ({"attribute[client_id]": "x" * 37}, 400, "client_id"),
            ({"jurisdiction_id": "sfgov.org"}, 404, "jurisdiction_id"),
            ({"service_code": "sluik\x00stort"}, 400, "service_code bevat een teken"),
            ({"description": "a\x00b"}, 400, "description bevat een teken"),
        ],
    )
    def test_says_what_is_wrong(self, post: Post, given: dict[str, str], status: int, says: str) -> None:
        answer = post(**given)
        assert answer.status_code == status
        assert says in sentences(answer)
        assert {error["code"] for error in answer.json()} == {status}
        assert not Report.objects.exists()

    def test_tells_of_everything_at_once(self, post: Post) -> None:
        assert len(post(email="rosa", lat="noord").json()) == 2

    def test_of_a_subject_closed_meanwhile(self, post: Post) -> None:
        Category.objects.filter(code="sluikstort").update(active=False)
        answer = post()
        assert answer.status_code == 404
        assert "“Sluikstort” wordt niet meer gebruikt" in sentences(answer)

    def test_of_another_kind_of_body(self, client: Client, key: str) -> None:
        answer = client.post("/open311/v2/requests.json", b"x", content_type="text/plain", headers={"X-Api-Key": key})
        assert answer.status_code == 400
        assert FORM in sentences(answer)

    def test_of_too_much(self, client: Client, key: str) -> None:
        body = b"api_key=x&description=" + b"x" * 6_000_000
        answer = client.post("/open311/v2/requests.json", body, content_type=FORM, headers={"X-Api-Key": key})
        assert answer.status_code == 400
        assert "kleinere delen" in sentences(answer)


class TestKey:
    def test_that_is_missing_or_unknown(self, post: Post) -> None:
        for text, says in (("", "is een sleutel nodig"), ("gk_onzin", "kennen we niet")):
            answer = post(api_key=text)
            assert answer.status_code == 403
            assert says in sentences(answer)
        assert not Report.objects.exists()

    def test_that_was_revoked(self, post: Post, cast: Cast) -> None:
        PartnerKey.objects.get().revoke(by=cast["beheerder"])
        answer = post()
        assert answer.status_code == 403
        assert "ingetrokken" in sentences(answer)

    def test_that_expired(self, post: Post) -> None:
        PartnerKey.objects.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
        answer = post()
        assert answer.status_code == 403
        assert "vervallen" in sentences(answer)

    def test_that_only_reads(self, post: Post, make_key: MakeKey) -> None:
        answer = post(api_key=make_key("fluvius", team="fluvius-verlichting", may_post=False))
        assert answer.status_code == 403
        assert "niet melden" in sentences(answer)

    def test_may_stand_in_a_header_where_no_log_keeps_it(self, client: Client, key: str) -> None:
        body = "&".join(f"{name}={value}" for name, value in {"service_code": "sluikstort", **PLACED}.items())
        answer = client.post("/open311/v2/requests.json", body, content_type=FORM, headers={"X-Api-Key": key})
        assert answer.status_code == 200

    def test_notes_its_use_and_what_came_by_it(self, post: Post) -> None:
        post()
        row = PartnerKey.objects.get()
        assert row.last_used_at is not None
        assert PartnerReport.objects.get().key == row

    def test_is_nowhere_in_the_database(self, key: str) -> None:
        row = PartnerKey.objects.get()
        assert key not in str(row.__dict__)
        assert row.beginning == key[:9]

    def test_has_a_limit_of_its_own(self, post: Post, settings: Any, make_key: MakeKey) -> None:
        settings.OPEN311_RATES = {**settings.OPEN311_RATES, "open311-post": "2/m/key"}
        assert [post().status_code for _time in range(3)] == [200, 200, 429]
        assert post().headers["Retry-After"] == "60"
        assert post(api_key=make_key("fluvius")).status_code == 200

    def test_cannot_be_guessed_for_long(self, post: Post, settings: Any) -> None:
        settings.OPEN311_RATES = {**settings.OPEN311_RATES, "open311-unknown-key": "2/m/ip"}
        assert [post(api_key=f"gk_{n}").status_code for n in range(3)] == [403, 403, 429]
