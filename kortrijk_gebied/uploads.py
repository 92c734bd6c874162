"""Files on their way in: no more of them is kept than may come, and one that broke off is not lost in silence."""

from collections.abc import Callable
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase


class TooLarge(UploadedFile):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A file of which nothing was kept. Its size says why: whoever checks sizes refuses it."""


class CutOff(UploadedFile):  # type: ignore[type-arg]
    """A file of which the end never came."""


class Bounded(FileUploadHandler):
    """Keeps a file while it may still become one: the first part in memory, the rest on disk.

    What is too large is read to its end, for a browser wants to send all before it hears an answer, but not kept.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.taken = 0
        self.kept: SpooledTemporaryFile[bytes] | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.taken += len(raw_data)
        if self.kept is None:
            return
        if start + len(raw_data) > most_bytes(self.request) or self.taken > settings.REQUEST_MAX_BYTES:
            self._let_go()
        else:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        if self.kept is None:
            return TooLarge(BytesIO(), self.file_name, self.content_type, max(file_size, most_bytes(self.request) + 1))
        kept, self.kept = self.kept, None
        kept.seek(0)
        return UploadedFile(
            kept, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )  # fmt: skip

    def upload_interrupted(self) -> None:
        self._let_go()
        if self.request is not None:
            self.request.cut_off = (self.field_name, CutOff(BytesIO(), self.file_name, size=0))  # type: ignore[attr-defined]

    def _let_go(self) -> None:
        if self.kept is not None:
            self.kept.close()
            self.kept = None


def most_bytes(request: HttpRequest | None) -> int:
    """How large one file may be at this address."""
    match = request.resolver_match if request is not None else None
    large = match is not None and match.view_name in settings.LARGE_UPLOADS
    return settings.IMPORT_MAX_BYTES if large else settings.FILE_MAX_BYTES


class ShowWhatWasCutOff:
    """A file that broke off stands among the files of its request, where Django leaves it out. A form then says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        if request.content_type == "multipart/form-data" and request.method == "POST":
            files = request.FILES  # reads what came in
            if broken := getattr(request, "cut_off", None):
                files.appendlist(*broken)
