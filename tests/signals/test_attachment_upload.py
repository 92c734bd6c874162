"""Files on their way in: too large, too many, broken off. Each a sentence, and the rest is kept."""

import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, reverse
from pytest_django.live_server_helper import LiveServer

from kortrijk_gebied import uploads
from signals.models import EventKind, Report, Signal
from teams.models import User
from tests.cast import Cast
from tests.signals.files import noisy, pdf, picture
from tests.signals.test_intake_page import typed

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


def file(content: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


@pytest.fixture
def coordinator(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["coordinator"])


def add(client: Client, signal: Signal, *files: SimpleUploadedFile, **headers: str) -> Any:
    url = reverse("signals:signal-attachments", args=[signal.reference])
    return client.post(url, {"files": list(files), "level": signal.level}, headers=headers, follow=True)


class TestAdding:
    def test_hangs_photos_and_documents_and_shows_them(self, coordinator: Client, report: Make) -> None:
        signal = report()
        page = add(coordinator, signal, file(picture()), file(pdf(2), "Toelating.pdf"))
        assert page.redirect_chain == [(f"/signalen/{signal.reference}/", 302)]
        assert "Toegevoegd." in page.text
        assert "Toelating" in page.text
        assert "pdf, 2 bladzijden" in page.text
        assert {one.kind for one in signal.attachments.all()} == {"photo", "document"}
        assert signal.events.filter(kind__in=[EventKind.PHOTO_ADDED, EventKind.DOCUMENT_ADDED]).count() == 2

    def test_keeps_the_good_ones_and_says_which_it_refused(self, coordinator: Client, report: Make) -> None:
        signal = report()
        page = add(coordinator, signal, file(picture()), file(b"<svg/>", "plan.svg"), file(b"", "leeg.jpg"))
        assert signal.attachments.count() == 1
        assert "“plan.svg”: In zo’n pagina of tekening" in page.text
        assert "“leeg.jpg”: Dit bestand is leeg" in page.text

    def test_says_why_when_it_took_none(self, coordinator: Client, report: Make) -> None:
        page = add(coordinator, report(), file(b"<svg/>", "plan.svg"))
        assert page.status_code == 422
        assert "“plan.svg”: In zo’n pagina of tekening" in page.text

    def test_asks_for_a_file(self, coordinator: Client, report: Make) -> None:
        page = add(coordinator, report())
        assert page.status_code == 422
        assert "Kies een foto of een document." in page.text

    def test_takes_six_and_names_the_seventh(self, coordinator: Client, report: Make) -> None:
        signal = report()
        page = add(coordinator, signal, *[file(picture((9, 9 + n)), f"{n}.jpg") for n in range(7)])
        assert signal.attachments.count() == 6
        assert "“6.jpg”: hoogstens 6 bestanden tegelijk." in page.text

    def test_answers_a_fragment_with_the_panel(self, coordinator: Client, report: Make) -> None:
        signal = report()
        answer = add(coordinator, signal, file(picture()), hx_request="true")
        assert 'id="signal"' in answer.text
        assert "signal-changed" in answer["HX-Trigger"]
        assert "Foto 1 van 1" in answer.text

    def test_refuses_to_be_read(self, coordinator: Client, report: Make) -> None:
        assert coordinator.get(reverse("signals:signal-attachments", args=[report().reference])).status_code == 405


class TestTooLarge:
    def test_is_not_kept_while_it_comes_in(self, coordinator: Client, report: Make, settings: Any) -> None:
        """Sixty times too large: what was written of it is let go as soon as it is too much."""
        settings.FILE_MAX_BYTES = 20_000
        kept: list[int] = []
        settings.FILE_UPLOAD_HANDLERS = ["kortrijk_gebied.uploads.Bounded"]
        before = uploads.Bounded.receive_data_chunk

        def counted(self: uploads.Bounded, raw: bytes, start: int) -> None:
            before(self, raw, start)
            kept.append(self.kept.tell() if self.kept else 0)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(uploads.Bounded, "receive_data_chunk", counted)
            page = add(coordinator, report(), file(picture() + bytes(1_200_000), "groot.jpg"))
        assert page.status_code == 422
        assert "“groot.jpg”: Dit bestand is groter dan" in page.text
        assert max(kept) <= 20_000

    def test_costs_the_others_nothing(self, coordinator: Client, report: Make, settings: Any) -> None:
        settings.FILE_MAX_BYTES = 20_000
        signal = report()
        page = add(coordinator, signal, file(bytes(90_000), "groot.jpg"), file(picture(), "goed.jpg"))
        assert signal.attachments.count() == 1
        assert "“groot.jpg”" in page.text

    def test_is_measured_over_all_files_of_a_request(self, coordinator: Client, report: Make, settings: Any) -> None:
        settings.REQUEST_MAX_BYTES = 3_000
        signal = report()
        page = add(coordinator, signal, *[file(picture((9, 9 + n)), f"{n}.jpg") for n in range(6)])
        assert 0 < signal.attachments.count() < 6
        assert "“5.jpg”: Dit bestand is groter dan" in page.text

    def test_may_be_larger_where_imports_come_in(self, settings: Any) -> None:
        request = HttpRequest()
        assert uploads.most_bytes(request) == settings.FILE_MAX_BYTES
        request.resolver_match = ResolverMatch(lambda: None, (), {}, url_name="imports", namespaces=["signals"])
        assert uploads.most_bytes(request) == settings.IMPORT_MAX_BYTES

    def test_count_is_an_answer_and_no_failure(self, coordinator: Client, report: Make, settings: Any) -> None:
        settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
        assert add(coordinator, report(), *[file(picture()) for _n in range(4)]).status_code == 400


class TestCutOff:
    BOUNDARY = "grens"

    def body(self, signal: Signal, content: bytes) -> bytes:
        def part(name: str, value: bytes, more: str = "") -> bytes:
            head = f'--{self.BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
            return head.encode() + value + b"\r\n"

        first = part("level", str(signal.level).encode()) + part("files", picture(), '; filename="eerst.jpg"')
        whole = first + part("files", content, '; filename="half.jpg"') + f"--{self.BOUNDARY}--\r\n".encode()
        return whole[: len(whole) - len(content) // 2]

    def test_is_said_and_what_came_whole_is_kept(self, coordinator: Client, report: Make) -> None:
        signal = report()
        url = reverse("signals:signal-attachments", args=[signal.reference])
        sent = self.body(signal, noisy())
        page = coordinator.post(
            url, sent, content_type=f"multipart/form-data; boundary={self.BOUNDARY}", follow=True
        )  # fmt: skip
        assert page.status_code == 200
        assert signal.attachments.count() == 1
        assert "“half.jpg”: Dit bestand kwam niet helemaal aan" in page.text

    def test_of_a_connection_that_breaks_is_answered(
        self, live_server: LiveServer, cast: Cast, sign_in: SignIn, report: Make
    ) -> None:
        """More was announced than came: the server reads to the end there is, and answers."""
        signal = report()
        client = sign_in(cast["coordinator"])
        session = client.cookies["sessionid"].value
        url = reverse("signals:signal-attachments", args=[signal.reference])
        sent = self.body(signal, noisy())
        host, _, port = live_server.url.removeprefix("http://").partition(":")
        token = "a" * 32
        head = (
            f"POST {url} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: sessionid={session}; csrftoken={token}\r\n"
            f"X-CSRFToken: {token}\r\nOrigin: {live_server.url}\r\nConnection: close\r\n"
            f"Content-Type: multipart/form-data; boundary={self.BOUNDARY}\r\n"
            f"Content-Length: {len(sent) + 90_000}\r\n\r\n"
        )
        with socket.create_connection((host, int(port)), timeout=10) as line:
            line.sendall(head.encode() + sent)
            line.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 302")
        assert signal.attachments.count() == 1

    def test_without_any_file_is_said_too(self) -> None:
        sent = b'--grens\r\nContent-Disposition: form-data; name="files"; filename="half.jpg"\r\n\r\nhal'
        request = RequestFactory().post("/", sent, content_type="multipart/form-data; boundary=grens")
        uploads.ShowWhatWasCutOff(lambda _request: None).process_view(request)  # type: ignore[arg-type,return-value]
        (half,) = request.FILES.getlist("files")
        assert isinstance(half, uploads.CutOff)
        assert half.name == "half.jpg"


class TestDesk:
    def test_keeps_the_words_and_the_good_files_of_a_call(self, cast: Cast, sign_in: SignIn) -> None:
        files = [file(picture(), "goed.jpg"), file(pdf(), "brief.pdf"), file(b"<svg/>", "slecht.svg")]
        call = {**typed(), "files": files}
        page = sign_in(cast["agent"]).post(reverse("signals:intake"), call, follow=True)
        assert Report.objects.get().attachments.count() == 2
        assert "“slecht.svg”: In zo’n pagina" in page.text
        assert "Voeg foto’s toe" in page.text
