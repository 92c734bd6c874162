"""Tables for a spreadsheet: right in Excel, harmless, and never whole in memory."""

import csv
import datetime as dt
import io
import tracemalloc
from collections.abc import Iterator

import openpyxl
import pytest
from django.utils import timezone

from kortrijk_gebied.sheets import Row, csv_parts, neutral, xlsx_parts

AT = dt.datetime(2026, 11, 21, 13, 30, tzinfo=dt.UTC)
ROW: Row = ["S-BOKA-7291", "=1+1", "+32 56", "@x", "\tx", "\rx", "-x", 'é; "<&>\n2', 5, 50.83, AT, None, "-5"]


def as_csv(*rows: Row) -> list[list[str]]:
    content = b"".join(csv_parts(["Nummer", "=x"], rows))
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


class TestCsv:
    def test_opens_in_this_country_as_it_was(self) -> None:
        heading, row = as_csv(ROW)
        assert heading == ["Nummer", "'=x"]
        assert row[0] == "S-BOKA-7291"
        assert row[7:] == ['é; "<&>\n2', "5", "50,83", "21/11/2026 14:30", "", "-5"]

    def test_runs_nothing(self) -> None:
        assert as_csv(ROW)[1][1:7] == ["'=1+1", "'+32 56", "'@x", "'\tx", "'\rx", "'-x"]

    @pytest.mark.parametrize("word", ["\n=1+1", "＝1+1", "＋1", "－1+1", "＠x"])
    def test_runs_nothing_after_a_line_break_or_in_wide_signs(self, word: str) -> None:
        assert as_csv([word])[1] == [f"'{word}"]

    def test_begins_no_cell_at_a_comma(self) -> None:
        content = b"".join(csv_parts(["a"], [["hallo, =HYPERLINK(1)", 5, None]])).decode("utf-8-sig")
        assert content == '"a"\r\n"hallo, =HYPERLINK(1)";"5";""\r\n'

    @pytest.mark.parametrize("word", ["-5", "+3,5", "Overleie", ""])
    def test_leaves_numbers_and_words_alone(self, word: str) -> None:
        assert neutral(word) == word


class TestXlsx:
    def test_holds_texts_as_texts_and_moments_as_moments(self) -> None:
        book = openpyxl.load_workbook(io.BytesIO(b"".join(xlsx_parts(["Nummer"], [ROW], title="Signalen"))))
        sheet = book.active
        assert sheet is not None
        assert sheet.title == "Signalen"
        cells = list(sheet[2])
        assert [cell.value for cell in cells][:9] == [*ROW[:5], "\nx", *ROW[6:9]]
        assert {cell.data_type for cell in cells[:8]} == {"s"}
        assert cells[10].value == timezone.localtime(AT).replace(tzinfo=None)
        assert cells[10].is_date
        assert cells[11].value is None

    def test_leaves_out_what_xml_forbids(self) -> None:
        content = b"".join(xlsx_parts(["x"], [["a\x00\x0b\ud800b", "y" * 40_000]], title="x"))
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        assert sheet["A2"].value == "ab"
        assert len(str(sheet["B2"].value)) == 32_767

    def test_without_rows_is_still_a_sheet(self) -> None:
        assert openpyxl.load_workbook(io.BytesIO(b"".join(xlsx_parts(["x"], [], title="x")))).active is not None


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_memory_stays_flat(form: str) -> None:
    """Eight times as many rows take no more of it."""

    def rows(count: int) -> Iterator[Row]:
        for number in range(count):
            yield [f"S-{number}", "Een zetel en tien zakken naast de glascontainer.", AT, number]

    def peak(count: int) -> int:
        parts = csv_parts(["a"], rows(count)) if form == "csv" else xlsx_parts(["a"], rows(count), title="x")
        tracemalloc.start()
        for _part in parts:
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(8_000) < 1.5 * peak(1_000)
