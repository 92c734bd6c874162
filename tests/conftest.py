"""Machinery shared by all tests: mail server, worker, browser. People and matter are made elsewhere."""

import gc
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from hypothesis import settings as properties
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.chromium import launch
from tests.cast import cast, django_db_setup, kortrijk, report, sign_in  # noqa: F401
from tests.faults.figures import pytest_terminal_summary  # noqa: F401  the hook
from tests.servers import PATIENCE, Worker, free_port, wait_until

# How long one example takes on a busy machine says nothing about the code.
properties.register_profile("patient", deadline=None)
properties.load_profile("patient")


# The longest first, so that no process stands alone at the end; and a folder at a time, for it may share a city.
ORDER = ["faults", "browser", "scenarios", "permissions", "machinery", "field"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Goes after pytest-django, which sorts by kind of database and so tears the folders apart."""
    here = Path(__file__).parent

    def place(item: pytest.Item) -> tuple[int, bool, str]:
        """Of a folder those last after which the database is put back: what its others share would go too."""
        path = item.path.relative_to(here)
        mark = item.get_closest_marker("django_db")
        puts_back = mark is not None and bool(mark.kwargs.get("transaction"))
        return ORDER.index(path.parts[0]) if path.parts[0] in ORDER else len(ORDER), puts_back, str(path)

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """What is loaded by now stays for good: the collector need not go through it again and again, which took a
    seventh of the time of a test that renders pages."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Rate limits of one test are not those of the next."""
    cache.clear()


@pytest.fixture
def redis_url() -> str:
    return str(settings.REDIS_URL)


class Sink:
    """An SMTP server that keeps what it gets. `refuse` makes it answer 451, as a full mailbox would."""

    def __init__(self) -> None:
        self.port = free_port()
        self.messages: list[EmailMessage] = []
        self.refuse = False
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.refuse:
            return "451 Try again later"
        content = envelope.content
        assert isinstance(content, bytes)
        message = BytesParser(policy=policy).parsebytes(content)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 OK"

    def to(self, address: str, about: str = "") -> list[EmailMessage]:
        """`about` stands in the subject."""
        mine = [message for message in self.messages if address in str(message["To"])]
        return [message for message in mine if about in str(message["Subject"])]

    def wait_for(self, count: int) -> list[EmailMessage]:
        wait_until(lambda: len(self.messages) >= count, what=f"{count} mails arrive")
        return self.messages

    def close(self) -> None:
        self._controller.stop()


@pytest.fixture(scope="session")
def _mail_server() -> Iterator[Sink]:
    sink = Sink()
    yield sink
    sink.close()


@pytest.fixture
def smtp_sink(_mail_server: Sink) -> Sink:
    _mail_server.messages.clear()
    _mail_server.refuse = False
    return _mail_server


@pytest.fixture(scope="session")
def _worker_process(django_db_setup: None, _mail_server: Sink, tmp_path_factory: Any) -> Iterator[Worker]:
    """One worker for all tests of this process, on its test database, broker and media."""
    database, socket_folder = connection.settings_dict, ""
    host, port = str(database["HOST"]), database["PORT"]
    if host.startswith("/"):
        host, socket_folder = "", f"/{host}"
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    where = f"{host}:{port}" if port else host
    worker = Worker(
        {
            "DJANGO_SETTINGS_MODULE": "kortrijk_gebied.settings",
            "SECRET_KEY": settings.SECRET_KEY,  # the links it makes must open here
            "DATABASE_URL": f"postgresql://{database['USER']}{password}@{where}{socket_folder}/{database['NAME']}",
            "EMAIL_URL": _mail_server.url,
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        },
        log=Path(tmp_path_factory.mktemp("worker")) / "log",
    )
    yield worker
    worker.stop()


@pytest.fixture
def worker(transactional_db: None, _worker_process: Worker) -> Iterator[Worker]:
    """The running worker. The test commits for real; before its rows are wiped, the worker is idle again."""
    from kortrijk_gebied.celery import app

    app.control.purge()  # hints of earlier tests, about rows that are gone
    if _worker_process.process is None:
        _worker_process.start()
    yield _worker_process
    if _worker_process.process is not None:
        _worker_process.settle()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=live_server.url,
        locale="nl-BE",
        timezone_id="Europe/Brussels",
        viewport={"width": 1440, "height": 900},
    )
    context.set_default_timeout(PATIENCE * 1000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
