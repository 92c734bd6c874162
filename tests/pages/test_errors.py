import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.http import require_POST

from kortrijk_gebied import urls
from kortrijk_gebied.urls import handler400, handler403, handler404, handler429, handler500  # noqa: F401


def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspect(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def says(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"code": 405}, status=405)


urlpatterns = [
    path("refuse/", refuse), path("suspect/", suspect), path("fail/", fail), path("takes/", require_POST(refuse)),
    path("says/", says),
    *urls.urlpatterns,
]  # fmt: skip


@pytest.fixture
def visitor(db: None) -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.urls("tests.pages.test_errors")
class TestErrorPages:
    @pytest.mark.parametrize(
        ("address", "code", "words"),
        [
            ("/suspect/", 400, "We begrijpen deze vraag niet"),
            ("/refuse/", 403, "Dit kun je niet openen"),
            ("/nergens/", 404, "Deze pagina is er niet"),
            ("/fail/", 500, "Er ging iets mis bij ons"),
        ],
    )
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
    def test_say_in_dutch_what_to_do(self, visitor: Client, address: str, code: int, words: str) -> None:
        response = visitor.get(address)
        html = response.content.decode()
        assert response.status_code == code
        assert words in html
        assert 'lang="nl' in html
        assert "startpagina" in html

    def test_tell_a_citizen_where_to_go_from_a_link_that_no_longer_works(self, visitor: Client) -> None:
        html = visitor.get("/mijn-melding/weg/").text
        assert "/melden/" in html
        assert "1777" in html
        assert "functies" not in html

    def test_say_where_to_go_from_an_address_that_only_takes(self, client: Client, db: None) -> None:
        """A browser reloads there what was said of a form; of a program that asks, no page."""
        page = client.get("/takes/", headers={"accept": "text/html"})
        assert (page.status_code, page.headers["Allow"]) == (405, "POST")
        assert "Hier is niets te lezen" in page.text
        assert "startpagina" in page.text
        assert client.get("/takes/", headers={"accept": "*/*"}).content == b""

    def test_leave_what_an_api_says_as_it_said_it(self, client: Client, db: None) -> None:
        said = client.get("/says/", headers={"accept": "text/html"})
        assert (said.status_code, said.json()) == (405, {"code": 405})

    def test_reassure_whoever_sends_a_stale_form(self, visitor: Client) -> None:
        response = visitor.post("/account/login/", {"login": "x", "password": "y"})
        assert response.status_code == 403
        assert "Dit formulier stond te lang open" in response.content.decode()

    def test_answer_without_static_files_when_those_broke(
        self, visitor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def missing(name: str) -> str:
            raise ValueError(name)

        monkeypatch.setattr("kortrijk_gebied.views.static", missing)
        response = visitor.get("/fail/")
        assert response.status_code == 500
        assert "stylesheet" not in response.content.decode()


class TestHealth:
    def test_answers_without_signing_in(self, client: Client, db: None) -> None:
        assert client.get("/gezond/").json() == {"status": "ok"}


class TestProgramsThatAsk:
    def test_find_the_icon(self, client: Client, db: None) -> None:
        assert client.get("/favicon.ico")["Location"].endswith(".svg")

    def test_may_show_the_public_pages_and_nothing_else(self, client: Client, db: None) -> None:
        answer = client.get("/robots.txt")
        assert answer["Content-Type"].startswith("text/plain")
        assert answer.text.splitlines() == [
            "User-agent: *", "Allow: /melden/$", "Allow: /privacy/$", "Allow: /toegankelijkheid/$",
            "Allow: /melden/*-*-*-*-*/$", "Allow: /static/", "Disallow: /",
        ]  # fmt: skip


class TestVisitor:
    @pytest.mark.parametrize("address", ["/melden/", "/privacy/", "/toegankelijkheid/", "/nergens/"])
    def test_gets_no_cookie(self, client: Client, db: None, address: str) -> None:
        assert not client.get(address).cookies


class TestStatements:
    @pytest.mark.parametrize("address", ["/toegankelijkheid/", "/privacy/"])
    def test_are_linked_from_every_page(self, client: Client, db: None, address: str) -> None:
        assert f'href="{address}"' in client.get("/account/login/").content.decode()
        assert client.get(address).status_code == 200

    def test_name_the_address_to_write_to_and_the_periods(self, client: Client, db: None) -> None:
        with override_settings(CONTACT={"privacy": "fg@kortrijk.example"}):
            html = client.get("/privacy/").content.decode()
        assert "fg@kortrijk.example" in html
        assert "180 dagen" in html


class TestHome:
    def test_leads_a_visitor_to_sign_in(self, client: Client, db: None) -> None:
        assert client.get("/")["Location"] == "/account/login/?next=/"

    def test_leads_a_member_to_work(self, signed_in: Client) -> None:
        assert "login" not in signed_in.get("/")["Location"]


class TestPolicy:
    @pytest.mark.parametrize("address", ["/account/login/", "/privacy/", "/nergens/", "/gezond/", "/beheer/"])
    def test_stands_on_every_answer(self, client: Client, db: None, address: str) -> None:
        policy = client.get(address)["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
