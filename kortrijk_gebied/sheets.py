"""Tables for a spreadsheet, row by row, however many there are: nothing of them is kept in memory.

CSV as Excel opens it in this country (semicolons, UTF-8 with a mark), and XLSX: a zip whose one large part, the
sheet, is written while it is sent. Texts go into cells as texts, so nothing in them can become a formula.
"""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO
from xml.sax.saxutils import escape

from django.utils import timezone
from django.utils.translation import gettext as _

type Cell = str | int | float | dt.datetime | None
type Row = Sequence[Cell]

# A spreadsheet runs what begins with one of these.
# The wide ones are what East Asian keyboards make.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# XLSX counts days from here; with this beginning its leap year 1900, which never was, does no harm.
EPOCH = dt.datetime(1899, 12, 30)
LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575  # below the heading
FORBIDDEN_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
ROWS_AT_ONCE = 500


def broken_off() -> str:
    """The last row of a table whose reader may read less than when it was begun."""
    return _("Broken off: you may read less than when this list was begun. Make the export again.")


def neutral(word: str) -> str:
    """A leading quote makes a spreadsheet show a formula instead of running it; a plain number is no formula."""
    if not word.startswith(FORMULA) or word.lstrip("+-").replace(",", "").replace(".", "").isdigit():
        return word
    return f"'{word}"


class CsvRows:
    """Writes rows for a spreadsheet of this country; nothing in them can become a formula."""

    def __init__(self, file: TextIO) -> None:
        # All of it in quotes: who opens it with a comma between the columns still finds no cell that begins halfway.
        self._writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)

    def add(self, row: Row) -> None:
        self._writer.writerow([_as_text(cell) for cell in row])


def csv_parts(heading: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    buffer = io.StringIO(newline="")
    writer = CsvRows(buffer)
    writer.add(heading)
    yield b"\xef\xbb\xbf"
    for number, row in enumerate(rows, start=1):
        writer.add(row)
        if number % ROWS_AT_ONCE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return f"{timezone.localtime(cell):%d/%m/%Y %H:%M}"
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    return neutral(cell) if isinstance(cell, str) else str(cell)


def xlsx_parts(heading: Sequence[str], rows: Iterable[Row], *, title: str) -> Iterator[bytes]:
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _small_parts(title).items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(SHEET_BEGINS.encode())
            sheet.write(_xml_row([(word, 2) for word in heading]).encode())
            yield outlet.taken()
            waiting: list[str] = []
            for row in rows:
                waiting.append(_xml_row([(cell, 1 if isinstance(cell, dt.datetime) else 0) for cell in row]))
                if len(waiting) == ROWS_AT_ONCE:
                    sheet.write("".join(waiting).encode())
                    waiting.clear()
                    yield outlet.taken()
            sheet.write("".join(waiting).encode())
            sheet.write(SHEET_ENDS.encode())
    yield outlet.taken()


class _Outlet(io.RawIOBase):
    """Where the zip is written: what came since the last time is taken away. It cannot go back, and says so."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self._parts.append(bytes(data))  # type: ignore[call-overload]  # bytes, or a buffer of them
        return len(self._parts[-1])

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _xml_row(cells: Sequence[tuple[Cell, int]]) -> str:
    return f"<row>{''.join(_xml_cell(cell, style) for cell, style in cells)}</row>"


def _xml_cell(cell: Cell, style: int) -> str:
    look = f' s="{style}"' if style else ""
    if cell is None or cell == "":
        return "<c/>"
    if isinstance(cell, dt.datetime):
        days = (timezone.localtime(cell).replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)
        return f"<c{look}><v>{days:.9f}</v></c>"
    if isinstance(cell, str):
        text = escape(FORBIDDEN_IN_XML.sub("", cell)[:LONGEST_CELL])
        return f'<c{look} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f"<c{look}><v>{cell}</v></c>"


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
SHEET_BEGINS = (
    f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="40" width="18" customWidth="1"/></cols><sheetData>'
)
SHEET_ENDS = "</sheetData></worksheet>"
# 0 as it is, 1 date and time, 2 the heading.
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/>'
    '</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/>'
    '<name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/>'
    '<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '</cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def _small_parts(title: str) -> dict[str, str]:
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/></Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>'
        f'<sheet name="{escape(title, {chr(34): "&quot;"})}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{DOCUMENT}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }
