"""Of an error, a log and the row of a job keep kind and place, and not the row that PostgreSQL quotes."""

import io
import logging
import smtplib
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from kortrijk_gebied.failures import Discreet, described, kind
from kortrijk_gebied.jobs import registry, tasks
from kortrijk_gebied.jobs.models import Job, State, enqueue
from kortrijk_gebied.keyed import without_keys
from signals.models import Signal
from tests.servers import Worker, wait_until
from tests.test_urls import ENTRIES

type Make = Callable[..., Signal]

MARKER = "kwibbelwoord"


def violate() -> None:
    """A real refusal of a real row, with the marker word in it."""
    with transaction.atomic():
        Signal.objects.filter(description__contains=MARKER).update(report_count=0)


def violation() -> IntegrityError:
    with pytest.raises(IntegrityError, match=MARKER) as caught:
        violate()
    return caught.value


def view(request: HttpRequest) -> HttpResponse:
    violate()
    raise AssertionError("nothing was refused")


urlpatterns = [path("fout/", view), path("", include("kortrijk_gebied.urls"))]


@pytest.fixture
def marked(report: Make) -> Signal:
    return report(description=f"Over {MARKER}.")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the one handler of production writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Discreet())
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    return stream


class TestKind:
    def test_says_which_constraint_refused(self, marked: Signal) -> None:
        known = "SQLSTATE 23514, constraint signal_has_a_report, table signals_signal"
        assert kind(violation()) == f"IntegrityError ({known})"

    def test_says_what_the_mail_server_answered_without_the_address(self) -> None:
        assert kind(smtplib.SMTPDataError(451, b"No room for buur@example.be")) == "SMTPDataError (code 451)"

    def test_says_where_it_happened_and_what_caused_it(self, marked: Signal) -> None:
        text = described(violation())
        assert "tests/jobs/test_failures.py" in text
        assert "in violate" in text
        assert "because of CheckViolation (SQLSTATE 23514" in text
        assert MARKER not in text


class TestJob:
    def test_keeps_no_row_in_its_error(self, marked: Signal) -> None:
        registry.handles("violating")(lambda job: violate())
        job = enqueue("violating", key="a")
        with pytest.raises(IntegrityError):
            tasks.run_job(str(job.pk))
        registry._handlers.pop("violating")
        job.refresh_from_db()
        assert job.error.startswith("IntegrityError (SQLSTATE 23514")
        assert "in violate" in job.error
        assert MARKER not in job.error

    def test_of_a_real_worker_leaves_no_row_in_its_log(self, worker: Worker) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE jobs_job ADD CONSTRAINT proef CHECK (NOT result ? 'ok') NOT VALID")
            try:
                job = enqueue("round", key="a", payload={"word": MARKER})
                wait_until(lambda: Job.objects.get(pk=job.pk).error, what="the job fails")
                wait_until(lambda: b"constraint proef" in worker.log.read_bytes(), what="the worker logs it")
            finally:
                cursor.execute("ALTER TABLE jobs_job DROP CONSTRAINT proef")
        job.refresh_from_db()
        assert (job.state, job.error.partition("\n")[0]) == (
            State.WAITING, "IntegrityError (SQLSTATE 23514, constraint proef, table jobs_job)",
        )  # fmt: skip
        log = worker.log.read_text()
        assert "constraint proef" in log
        assert MARKER not in job.error + log


class TestLog:
    def test_of_a_request_that_fails_holds_no_row(self, marked: Signal, log: io.StringIO) -> None:
        with override_settings(ROOT_URLCONF=__name__):
            answer = Client(raise_request_exception=False).get("/fout/")
        assert answer.status_code == 500
        assert "Internal Server Error: /fout/" in log.getvalue()
        assert "in violate" in log.getvalue()
        assert MARKER not in log.getvalue()

    def test_that_names_an_error_in_its_words_holds_no_row(self, marked: Signal, log: io.StringIO) -> None:
        error = violation()
        logging.getLogger("proef").error("Refused: %s (%r)", error, error)
        logging.getLogger("proef").error("Refused: %(what)s", {"what": error})
        assert log.getvalue().count("SQLSTATE 23514") == 3
        assert MARKER not in log.getvalue()

    def test_leaves_other_errors_as_they_are(self, log: io.StringIO) -> None:
        try:
            raise ValueError("een gewone fout")
        except ValueError:
            logging.getLogger("proef").exception("Mislukt")
        assert "ValueError: een gewone fout" in log.getvalue()

    def test_hides_what_an_error_came_from(self, marked: Signal, log: io.StringIO) -> None:
        try:
            try:
                violate()
            except IntegrityError as error:
                raise RuntimeError("Zo gaat het niet.") from error
        except RuntimeError:
            logging.getLogger("proef").exception("Mislukt")
        assert "RuntimeError" in log.getvalue()
        assert MARKER not in log.getvalue()

    @pytest.mark.parametrize(
        "address",
        ["/gevraagd/{}/", "/mijn-melding/{}/", "/mijn-melding/{}/niet-opgelost/", "/melden/bevestigen/{}/",
         "/signalen/bevestigen/{}/", "/mijn-melding/{}?van=mail", "/zalen/kalender/{}.ics"],
    )  # fmt: skip
    def test_of_an_address_that_is_a_key_holds_no_key(self, kortrijk: None, log: io.StringIO, address: str) -> None:
        key = "IkLaat-Binnen_wie:mij:leest"
        answer = Client().get(address.format(key))
        assert answer.status_code in (301, 404, 405)
        logging.getLogger("proef").warning("Forbidden: %s", f"https://gebied.example{address.format(key)}")
        assert f"{address.partition('{')[0]}***" in log.getvalue()
        assert key not in log.getvalue()

    def test_knows_every_address_that_is_a_key(self) -> None:
        named = [name for name, entry in ENTRIES if "<str:token>" in str(entry.pattern)]
        keyed = [reverse(name, args=["geheim"]) for name in named]
        keyed.append(reverse("account_reset_password_from_key", args=["a", "geheim"]))
        keyed.append(reverse("open311:token", kwargs={"token": "geheim", "form": "json"}))
        assert len(keyed) >= 9
        assert not [address for address in keyed if "geheim" in without_keys(address)]
