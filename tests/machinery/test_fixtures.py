"""The machinery of the tests, tested: what scenario and browser tests stand on."""

import socket

import pytest
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from pytest_socket import SocketConnectBlockedError

from kortrijk_gebied.jobs.models import Job, State, enqueue, post
from tests.conftest import Sink
from tests.servers import Worker


class TestWorker:
    def test_does_a_job_in_another_process(self, worker: Worker) -> None:
        job = enqueue("round", key="round:1")
        worker.settle()
        job.refresh_from_db()
        assert (job.state, job.result) == (State.DONE, {"ok": True})

    def test_sends_mail_to_the_sink(self, worker: Worker, smtp_sink: Sink) -> None:
        post(key="mail:1", to="an@kortrijk.example", subject="Proef", body="Dag An")
        worker.settle()
        assert [message["Subject"] for message in smtp_sink.to("an@kortrijk.example")] == ["Proef"]

    def test_leaves_the_job_to_its_successor_when_killed(self, worker: Worker) -> None:
        worker.kill()
        job = enqueue("round", key="round:2")
        worker.start()
        worker.settle()
        assert Job.objects.get(pk=job.pk).state == State.DONE


class TestNetwork:
    def test_ends_at_loopback(self) -> None:
        # It warns before it refuses, and warnings are errors here.
        refusals = (SocketConnectBlockedError, UserWarning)
        with socket.socket() as outside, pytest.raises(refusals, match=r"192\.0\.2\.1"):
            outside.connect(("192.0.2.1", 80))

    def test_has_a_real_redis(self) -> None:
        cache.set("sleutel", "waarde")
        assert "redis" in settings.CACHES["default"]["BACKEND"]
        assert cache.get("sleutel") == "waarde"


class TestBrowser:
    def test_sees_the_live_server(self, page: Page, live_server: LiveServer) -> None:
        response = page.goto("/account/login/")
        assert response is not None
        assert response.ok
