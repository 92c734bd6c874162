"""Pulling over real HTTP: from our own server, and from one that answers with the standard's own examples."""

import datetime as dt
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from kortrijk_gebied.jobs.models import Message
from signals.models import Category, Channel, PartnerKey, Report, Signal
from signals.open311 import client, parsing
from signals.open311.client import Server
from signals.open311.pulling import Puller
from tests.cast import OVERLEIE, Cast
from tests.signals.open311 import standard
from tests.signals.open311.conftest import MakeKey

type Answer = tuple[int, str]
type Responder = Callable[[dict[str, list[str]]], Answer]
EMPTY = "<service_requests/>"


@contextmanager
def server(respond: Responder, kind: str = "text/xml") -> Iterator[str]:
    """Another city's server, on a port of its own; `respond` gets the question."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, text = respond(parse_qs(urlsplit(self.path).query))
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if 300 <= status < 400:
                self.send_header("Location", "https://elders.example/v2")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    here = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=here.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{here.server_port}/v2"
    finally:
        here.shutdown()
        here.server_close()
        thread.join()


def pull(url: str, **options: object) -> list[str]:
    out = io.StringIO()
    call_command("pull_open311", url, stdout=out, **options)
    return out.getvalue().splitlines()


def request(number: str, **given: str) -> str:
    cells = {
        "service_request_id": number, "status": "open", "service_name": "Sluikstort", "service_code": "x",
        "description": "Drie zetels.", "requested_datetime": (timezone.now() - dt.timedelta(days=2)).isoformat(),
        "address": "Overleiestraat 8", "lat": str(OVERLEIE[1]), "long": str(OVERLEIE[0]), **given,
    }  # fmt: skip
    return "<request>" + "".join(f"<{name}>{value}</{name}>" for name, value in cells.items()) + "</request>"


def once(*requests: str) -> Responder:
    return lambda question: (200, f"<service_requests>{''.join(requests)}</service_requests>")


class TestFromOurselves:
    """Server and client, one against the other."""

    @pytest.fixture
    def there(self, live_server: LiveServer, report: Callable[..., Signal], cast: Cast) -> str:
        Category.objects.filter(code="sluikstort").update(public=True)
        report(received_at=timezone.now() - dt.timedelta(days=3))
        ended = report(received_at=timezone.now() - dt.timedelta(days=40), place="Overleiestraat 30")
        ended.close(by=cast["coordinator"], outcome="Opgeruimd.")
        report("Bezorgd om iemand")
        return f"{live_server.url}/open311/v2"

    @pytest.mark.parametrize("as_json", [False, True])
    def test_takes_over_what_is_public(self, there: str, as_json: bool) -> None:
        since = timezone.localtime() - dt.timedelta(days=60)
        # Of another subject here, so that what was pulled is not pulled again from ourselves.
        options = {"since": since, "source": "andere-stad", "subject": ["sluikstort=zwerfvuil"]}
        lines = pull(there, json=as_json, **options)
        assert lines[-1] == "pulled 2, already known 0, refused 0"
        mine = Report.objects.filter(external_number__startswith="andere-stad:S-").select_related("signal")
        assert {report.channel for report in mine} == {Channel.PARTNER}
        assert {report.signal.status for report in mine} == {"in_progress", "closed"}
        assert not Message.objects.exists()
        assert pull(there, **options)[-1] == "pulled 0, already known 2, refused 0"

    def test_stops_when_its_key_is_revoked_and_keeps_what_came_before(
        self, there: str, make_key: MakeKey, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OPEN311_KEY", make_key("fluvius"))
        monkeypatch.setattr(client, "WINDOW", dt.timedelta(days=30))
        take = client.Server._ask
        asked: list[object] = []

        def ask(self: Server, *given: object) -> object:
            if asked:
                PartnerKey.objects.get().revoke(by=cast["beheerder"])
            asked.append(given)
            return take(self, *given)  # type: ignore[arg-type]

        monkeypatch.setattr(client.Server, "_ask", ask)
        with pytest.raises(CommandError, match="403 Deze sleutel is ingetrokken"):
            pull(there, since=timezone.localtime() - dt.timedelta(days=60), source="andere-stad")
        assert Report.objects.filter(external_number__startswith="andere-stad:").count() == 1

    def test_writes_nothing_in_a_trial(self, there: str) -> None:
        assert pull(there, dry_run=True, source="x")[-1] == "pulled 1, already known 0, refused 0"
        assert not Report.objects.filter(external_number__startswith="x:").exists()


@pytest.mark.django_db
class TestFromTheStandard:
    @pytest.mark.parametrize(
        ("text", "as_json"), [(standard.REQUESTS, False), (standard.REQUESTS_JSON, True)], ids=["xml", "json"]
    )
    def test_reads_its_examples(self, kortrijk: None, text: str, as_json: bool) -> None:
        """San Francisco lies outside the city, and that is what it says, row by row."""
        with server(lambda question: (200, text)) as url:
            lines = pull(url, json=as_json, subject=["006=losse-tegels-of-voetpad"])
        assert lines[0] == "638344: De plaats ligt buiten Kortrijk."
        assert (
            lines[-1]
            == f"pulled 0, already known 0, refused {text.count('service_request_id') // (1 if as_json else 2)}"
        )

    def test_tells_what_another_server_says(self, kortrijk: None) -> None:
        with server(lambda question: (403, standard.ERRORS)) as url, pytest.raises(CommandError) as error:
            pull(url)
        assert "403 Invalid api_key received" in str(error.value)


@pytest.mark.django_db
class TestRow:
    @pytest.mark.parametrize(
        ("given", "reason"),
        [
            ({"service_name": "Vliegende schotel"}, "geen onderwerp voor “Vliegende schotel” (x)"),
            ({"lat": "51.05", "long": "3.72"}, "buiten Kortrijk"),
            ({"lat": str(OVERLEIE[0]), "long": str(OVERLEIE[1])}, "verwisseld"),
            ({"lat": "noord"}, "niet leesbaar als graden"),
            ({"lat": ""}, "niet leesbaar als graden"),
            ({"requested_datetime": ""}, "ontbreekt"),
            ({"requested_datetime": "gisteren"}, "geen tijdstip"),
            ({"requested_datetime": "2099-01-01T00:00:00Z"}, "in de toekomst"),
            ({"requested_datetime": "1970-01-01T00:00:00Z"}, "van voor 2000"),
            ({"status": "bezig"}, "open of closed"),
            ({"service_request_id": "9" * 60}, "te lang"),
            ({"service_request_id": ""}, "ontbreekt"),
        ],
    )
    def test_that_cannot_be_taken_says_why_and_the_others_are(
        self, kortrijk: None, given: dict[str, str], reason: str
    ) -> None:
        with server(once(request("1", **given), request("2"))) as url:
            first, last = pull(url)
        assert reason in first
        assert last == "pulled 1, already known 0, refused 1"

    def test_with_half_a_sign_is_refused_and_the_others_are_taken(self, kortrijk: None) -> None:
        rows = [{"service_request_id": number, "service_code": "zwerfvuil", "status": "open", "description": words,
                 "lat": OVERLEIE[1], "long": OVERLEIE[0], "requested_datetime": "2026-01-05T10:00:00Z"}
                for number, words in (("1", "a\ud800b"), ("2\x00", "Blikjes."), ("3", "Blikjes."))]  # fmt: skip
        refused: list[tuple[str, str]] = []
        puller = Puller("x", refused=lambda number, reason: refused.append((number, reason)))
        puller.take(parsing.rows_of(json.dumps(rows).encode(), "json", root="", item=""))
        assert [number for number, _reason in refused] == ["1", "2"]
        assert puller.result == "pulled 1, already known 0, refused 2"

    def test_finds_its_subject_by_code_name_or_choice(self, kortrijk: None) -> None:
        rows = [request("1", service_code="zwerfvuil"), request("2", service_name="GROENBEHEER"),
                request("3", service_code="006", service_name="Sidewalk")]  # fmt: skip
        with server(once(*rows)) as url:
            pull(url, subject=["006=losse-tegels-of-voetpad"], source="x")
        found = Report.objects.order_by("external_number").values_list("category__code", flat=True)
        assert list(found) == ["zwerfvuil", "groenbeheer", "losse-tegels-of-voetpad"]

    def test_that_ended_ends_here_when_it_did_there(self, kortrijk: None) -> None:
        at = (timezone.now() - dt.timedelta(days=1)).replace(microsecond=0)
        row = request("1", status="closed", updated_datetime=at.isoformat(), agency_responsible="Stadsreiniging")
        with server(once(row)) as url:
            pull(url)
        signal = Signal.objects.get()
        assert (signal.status, signal.closed_at, signal.outcome) == ("closed", at, "Behandeld door Stadsreiniging.")

    def test_twice_in_one_answer_counts_once(self, kortrijk: None) -> None:
        with server(once(request("1"), request("1"))) as url:
            assert pull(url)[-1] == "pulled 1, already known 0, refused 0"

    def test_of_a_subject_that_does_not_exist_is_refused_at_once(self, kortrijk: None) -> None:
        with pytest.raises(CommandError, match="geen onderwerp van ons"):
            pull("http://127.0.0.1:1", subject=["006=onzin"])


@pytest.mark.django_db
class TestWindows:
    def test_cover_the_period_without_a_gap(self, kortrijk: None) -> None:
        asked: list[tuple[str, str]] = []

        def respond(question: dict[str, list[str]]) -> Answer:
            asked.append((question["start_date"][0], question["end_date"][0]))
            return 200, EMPTY

        with server(respond) as url:
            pull(url, since=timezone.localtime() - dt.timedelta(days=75))
        assert len(asked) == 3
        assert [end for _start, end in asked[:-1]] == [start for start, _end in asked[1:]]
        assert all(_days(start, end) <= 30 for start, end in asked)

    def test_that_are_full_are_halved_until_all_is_there(self, kortrijk: None, monkeypatch: pytest.MonkeyPatch) -> None:
        """A server that gives three at most, and does not say that there are more."""
        monkeypatch.setattr(client, "FULL", 3)
        now = timezone.now()
        moments = {str(n): now - dt.timedelta(days=n, hours=1) for n in range(12)}

        def respond(question: dict[str, list[str]]) -> Answer:
            start, end = (dt.datetime.fromisoformat(question[name][0]) for name in ("start_date", "end_date"))
            within = [number for number, at in moments.items() if start <= at <= end][:3]
            rows = "".join(request(number, requested_datetime=moments[number].isoformat()) for number in within)
            return 200, f"<service_requests>{rows}</service_requests>"

        with server(respond) as url:
            assert pull(url, source="x")[-1] == "pulled 12, already known 0, refused 0"

    def test_pass_on_what_is_asked_for(self, kortrijk: None, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[dict[str, list[str]]] = []
        monkeypatch.setenv("OPEN311_KEY", "geheim")

        def respond(question: dict[str, list[str]]) -> Answer:
            asked.append(question)
            return 200, EMPTY

        with server(respond) as url:
            pull(url, service="001,002", jurisdiction="gent.be")
        assert (asked[0]["service_code"], asked[0]["jurisdiction_id"]) == (["001,002"], ["gent.be"])
        assert asked[0]["api_key"] == ["geheim"]


@pytest.mark.django_db
class TestBadServer:
    @pytest.mark.parametrize(
        ("answer", "says"),
        [
            ((500, "stuk"), "500"),
            ((302, ""), "elders.example"),
            ((200, "<html>"), "niet leesbaar"),
            ((200, '<!DOCTYPE x [<!ENTITY a "b">]><service_requests>&a;</service_requests>'), "DTD of entiteiten"),
        ],
    )
    def test_breaks_off_with_the_reason(self, kortrijk: None, answer: Answer, says: str) -> None:
        with server(lambda question: answer) as url, pytest.raises(CommandError, match="Afgebroken") as error:
            pull(url)
        assert says in str(error.value)

    def test_that_is_not_there(self, kortrijk: None) -> None:
        with pytest.raises(CommandError, match="De verbinding mislukte"):
            pull("http://127.0.0.1:1/v2")

    def test_that_sends_without_end_is_cut_off(self, kortrijk: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(client, "MOST_BYTES", 1000)
        with (
            server(once(request("1" * 10, description="x" * 5000))) as url,
            pytest.raises(CommandError, match="groter"),
        ):
            pull(url)


def _days(start: str, end: str) -> float:
    return (dt.datetime.fromisoformat(end) - dt.datetime.fromisoformat(start)) / dt.timedelta(days=1)
