"""A file of rows as a table of words, whatever program it came from.

CSV with `;`, `,` or tab, in UTF-8 (with or without BOM), UTF-16 or Windows-1252; XLSX; CSV packed with gzip or xz.
"""

import codecs
import csv
import datetime as dt
import gzip
import io
import itertools
import lzma
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

GZIP, XZ, ZIP, OLE = b"\x1f\x8b", b"\xfd7zXZ\x00", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BLOCK = 1024 * 1024
# A quoted field may run over lines, but a quote that nobody closed must not swallow the rest of the file.
LINES_IN_A_RECORD = 50
# A spreadsheet is packed XML: this much bigger unpacked is normal, more is a trap.
UNPACKED_TIMES = 20


class Unreadable(Exception):
    """This file cannot be imported at all. The message is a sentence for who gave it."""


type Line = tuple[int, list[str]]
"""The number of a row as a spreadsheet shows it (the header is row 1), and its cells."""


@dataclass
class Table:
    header: list[str]
    rows: Iterator[Line]
    total: int  # rows below the header; an estimate for a spreadsheet


@contextmanager
def opened(source: IO[bytes], most_bytes: int | None = None) -> Iterator[Table]:
    """`most_bytes` for who stands at the machine itself; what is uploaded may be as large as the settings say."""
    with TemporaryFile() as copy:
        try:
            _unpack(source, copy, most_bytes or settings.IMPORT_MAX_BYTES)
        except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
            raise Unreadable(_("This packed file is damaged. Unpack it yourself and give the CSV file.")) from error
        start = copy.read(8192)
        copy.seek(0)
        if not start.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
            raise Unreadable(_("This file is empty."))
        if start.startswith(OLE):
            raise Unreadable(
                _(
                    "This file is protected by a password, or of an old kind of Excel. "
                    "Save it as .xlsx without password."
                )
            )
        if start.startswith(ZIP):
            yield _spreadsheet(copy)
        else:
            yield _text(copy, start)


def too_large() -> Unreadable:
    megabytes = settings.IMPORT_MAX_BYTES // (1024 * 1024)
    return Unreadable(
        _("This file is larger than %(megabytes)s MB. Split it, for instance by month, and give the parts one by one.")
        % {"megabytes": megabytes}
    )


def _unpack(source: IO[bytes], copy: IO[bytes], most_bytes: int) -> None:
    """Copy to a file of our own, which can be read twice; stop as soon as it grows too large."""
    start = source.read(6)
    whole: Any = io.BufferedReader(_Joined(start, source), BLOCK)
    if start.startswith(GZIP):
        whole = gzip.GzipFile(fileobj=whole)
    elif start.startswith(XZ):
        whole = lzma.LZMAFile(whole)  # noqa: SIM115  the copy is what stays open
    size = 0
    while block := whole.read(BLOCK):
        size += len(block)
        if size > most_bytes:
            raise too_large()
        copy.write(block)
    copy.seek(0)


class _Joined(io.RawIOBase):
    """What was read already, then the rest: an upload need not be seekable."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        self.start, self.rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.start or self.rest.read(len(buffer))
        self.start = b""
        if len(data) > len(buffer):
            data, self.start = data[: len(buffer)], data[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


# --- text ---------------------------------------------------------------------------------------------


def _text(file: IO[bytes], start: bytes) -> Table:
    encoding = _encoding(file, start)
    total = sum(1 for line in _lines(file, encoding) if line.strip()) - 1
    lines = _lines(file, encoding)
    numbered = enumerate(lines, start=1)
    line = next(line for _number, line in numbered if line.strip())
    delimiter = max(";,\t", key=line.count)
    header = next(csv.reader([line], delimiter=delimiter))
    return Table(_clean(header), _records(numbered, delimiter), total)


def _encoding(file: IO[bytes], start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in start:
        raise Unreadable(_("This is not a CSV file or a spreadsheet. Give a .csv or .xlsx file."))
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in iter(lambda: file.read(BLOCK), b""):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        file.seek(0)
    return "utf-8-sig"


def _lines(file: IO[bytes], encoding: str) -> Iterator[str]:
    file.seek(0)
    reader = codecs.getreader(encoding)(file, "replace")
    rest = ""
    for block in iter(lambda: reader.read(BLOCK), ""):
        *lines, rest = (rest + block).replace("\r\n", "\n").split("\n")
        yield from lines
    if rest:
        yield rest


def _records(numbered: Iterable[tuple[int, str]], delimiter: str) -> Iterator[Line]:
    """Rows of cells. A row whose quote is never closed stays one row, and is refused as such later."""
    waiting: deque[tuple[int, str]] = deque()
    source = iter(numbered)
    while True:
        begin = waiting.popleft() if waiting else next(source, None)
        if begin is None:
            return
        number, line = begin
        if line.count('"') % 2 == 0:
            parts = [line]
        else:
            more = list(itertools.islice(source, max(0, LINES_IN_A_RECORD - len(waiting))))
            waiting.extend(more)
            parts = _closed(line, waiting)
        for offset, cells in enumerate(_cells(parts, delimiter)):
            if any(cells):
                yield number + offset, cells


def _cells(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:  # a field of more than 131,072 characters: one cell, so refused for its number of columns
        yield [lines[0][:200]]


def _closed(line: str, waiting: deque[tuple[int, str]]) -> list[str]:
    """The line with as many of those that follow as it takes to close its quote, or else the line alone."""
    quotes = line.count('"')
    for count, (_number, text) in enumerate(waiting, start=1):
        quotes += text.count('"')
        if quotes % 2 == 0:
            return [f"{line}\n", *[f"{waiting.popleft()[1]}\n" for _step in range(count)]]
    return [line]


# --- spreadsheet ----------------------------------------------------------------------------------------


def _spreadsheet(file: IO[bytes]) -> Table:
    sentence = _("This spreadsheet cannot be opened. Save it again as .xlsx, or as .csv.")
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > settings.IMPORT_MAX_BYTES * UNPACKED_TIMES:
                raise too_large()
        sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
        rows = enumerate(sheet.iter_rows(values_only=True), start=1)
        filled = ((number, [_word(value) for value in cells]) for number, cells in rows)
        filled = ((number, cells) for number, cells in filled if any(cells))
        _number, header = next(filled, (0, []))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError) as error:
        raise Unreadable(sentence) from error
    if not header:
        raise Unreadable(_("This file is empty."))
    while header and not header[-1]:
        header.pop()
    width = len(header)
    return Table(
        _clean(header), ((number, _fitted(cells, width)) for number, cells in filled), (sheet.max_row or 1) - 1
    )


def _fitted(cells: list[str], width: int) -> list[str]:
    """A spreadsheet gives empty cells beyond the header, and none where a row ends early."""
    return cells[:width] + [""] * (width - len(cells)) if not any(cells[width:]) else cells


def _word(value: object) -> str:
    match value:
        case None:
            return ""
        case dt.datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()


def _clean(header: list[str]) -> list[str]:
    return [" ".join(name.split()) for name in header]
