"""What a file may look like, and what is said of one that cannot be read."""

import gzip
import io
import lzma
from collections.abc import Iterator

import pytest
from openpyxl import Workbook

from kortrijk_gebied.tables import Unreadable, opened

HEADER = ["Nr", "Café"]


def rows_of(content: bytes) -> list[tuple[int, list[str]]]:
    with opened(io.BytesIO(content)) as table:
        assert table.header == HEADER
        return list(table.rows)


def reason_for(content: bytes) -> str:
    with pytest.raises(Unreadable) as refusal, opened(io.BytesIO(content)) as table:
        list(table.rows)
    return str(refusal.value)


TEXT = "Nr;Café\r\n1;één\r\n2;twee\r\n"
EXPECTED = [(2, ["1", "één"]), (3, ["2", "twee"])]


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_reads_every_encoding_a_spreadsheet_program_writes(self, encoding: str) -> None:
        assert rows_of(TEXT.encode(encoding)) == EXPECTED

    @pytest.mark.parametrize("delimiter", [";", ",", "\t"])
    def test_finds_the_delimiter(self, delimiter: str) -> None:
        assert rows_of(TEXT.replace(";", delimiter).encode()) == EXPECTED

    @pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
    def test_unpacks_gzip_and_xz(self, pack: object) -> None:
        assert callable(pack)
        assert rows_of(pack(TEXT.encode())) == EXPECTED

    def test_counts_the_rows_below_the_header(self) -> None:
        with opened(io.BytesIO(TEXT.encode())) as table:
            assert table.total == 2


class TestQuotes:
    def test_keeps_a_line_break_inside_quotes(self) -> None:
        assert rows_of(b'Nr;Caf\xe9\n1;"een\ntwee"\n2;drie\n') == [(2, ["1", "een\ntwee"]), (4, ["2", "drie"])]

    def test_lets_a_quote_nobody_closed_spoil_one_row_only(self) -> None:
        many = "".join(f"{number};rij\n" for number in range(2, 200))
        rows = rows_of(f'Nr;Café\n1;"open\n{many}'.encode())
        assert len(rows) == 199
        assert rows[-1] == (200, ["199", "rij"])

    def test_takes_inches_for_inches(self) -> None:
        assert rows_of('Nr;Café\n1;buis 5"\n2;x\n'.encode()) == [(2, ["1", 'buis 5"']), (3, ["2", "x"])]


class TestSpreadsheet:
    @pytest.fixture
    def book(self) -> Iterator[tuple[Workbook, io.BytesIO]]:
        book = Workbook()
        yield book, io.BytesIO()
        book.close()

    def test_reads_dates_and_numbers_as_a_person_sees_them(self, book: tuple[Workbook, io.BytesIO]) -> None:
        import datetime as dt

        workbook, file = book
        sheet = workbook.active
        assert sheet is not None
        sheet.append(HEADER)
        sheet.append([17.0, dt.datetime(2026, 3, 4, 15, 30)])
        sheet.append([50.5, None])
        workbook.save(file)
        assert rows_of(file.getvalue()) == [(2, ["17", "04/03/2026 15:30"]), (3, ["50.5", ""])]


class TestUnreadable:
    def test_says_that_a_file_is_empty(self) -> None:
        assert reason_for(b" \r\n") == "Dit bestand is leeg."

    def test_says_that_a_picture_is_no_table(self) -> None:
        assert "geen CSV-bestand of rekenblad" in reason_for(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")

    def test_names_the_password_of_a_protected_spreadsheet(self) -> None:
        assert "wachtwoord" in reason_for(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)

    def test_says_that_a_zip_is_no_spreadsheet(self) -> None:
        assert "rekenblad gaat niet open" in reason_for(b"PK\x03\x04rubbish")

    def test_says_that_a_packed_file_is_damaged(self) -> None:
        assert "beschadigd" in reason_for(gzip.compress(TEXT.encode())[:-6])

    def test_refuses_200_megabytes_before_reading_them_all(self) -> None:
        class Endless(io.RawIOBase):
            given = 0

            def readable(self) -> bool:
                return True

            def read(self, size: int = -1) -> bytes:
                self.given += size
                return b"x" * size if self.given < 200 * 1024 * 1024 else b""

        source = Endless()
        with pytest.raises(Unreadable, match="groter dan 100 MB"), opened(source):  # type: ignore[arg-type]
            pass
        assert source.given < 110 * 1024 * 1024

    def test_refuses_what_unpacks_to_200_megabytes(self) -> None:
        bomb = gzip.compress(b"\0" * 200 * 1024 * 1024, 1)
        assert "groter dan 100 MB" in reason_for(bomb)
