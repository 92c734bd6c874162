"""The rows that could not be taken, as a file somebody opens in a spreadsheet, corrects and gives again."""

import io
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Self

from django.utils.translation import gettext as _

from kortrijk_gebied.sheets import CsvRows

KEPT_IN_MEMORY = 1024 * 1024


@dataclass
class Refusal:
    line: int
    cells: list[str]
    reason: str


class RefusalFile:
    def __init__(self, header: Sequence[str]) -> None:
        self._file = SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115  closed by __exit__
        self._text = io.TextIOWrapper(self._file, "utf-8-sig", newline="", write_through=True)
        self._rows = CsvRows(self._text)
        self._rows.add([*header, _("Row in the file"), _("Reason")])
        self._width = len(header)
        self._first: list[tuple[int, str]] = []
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._text.close()

    def add(self, refusal: Refusal) -> None:
        self.count += 1
        if len(self._first) < 100:
            self._first.append((refusal.line, refusal.reason))
        # A row that is too short is filled up, so that its reason stands under the right heading.
        cells = refusal.cells + [""] * (self._width - len(refusal.cells))
        self._rows.add([*cells, refusal.line, refusal.reason])

    def first(self, count: int) -> Iterator[tuple[int, str]]:
        yield from self._first[:count]

    def content(self) -> bytes:
        whole = io.BytesIO()
        self.copy_to(whole)
        return whole.getvalue()

    def copy_to(self, target: IO[bytes]) -> None:
        self._text.flush()
        self._file.seek(0)
        shutil.copyfileobj(self._file, target)
        self._file.seek(0, io.SEEK_END)
