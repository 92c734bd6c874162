"""What a record says once it is open: nothing that was typed is lost, and no nonsense breaks anything."""

import datetime as dt
import uuid
from typing import Any

import pytest

from kortrijk_gebied.refusals import Refused
from signals.field import records

PK, AUTHOR = "0198f000-0000-7000-8000-000000000001", "0198f000-0000-7000-8000-000000000002"
A, B = "a" * 64, "0123456789abcdef" * 4


def body(**changes: Any) -> dict[str, Any]:
    return {
        "schema": 1, "id": PK, "kind": "signal", "author": AUTHOR, "pass": "pas", "signal": {"text": "Zakken."},
        "photos": [{"hash": A}], "saved_at": "2026-11-22T13:30:00Z", "clock_offset_ms": -3, "locked": True, **changes,
    }  # fmt: skip


class TestRecord:
    def test_is_read_whole(self) -> None:
        assert records.read(body()) == records.Record(
            id=uuid.UUID(PK), kind="signal", author_id=uuid.UUID(AUTHOR), shift_pass="pas",
            content={"text": "Zakken."}, schema=1, photos=[A],
            saved_at=dt.datetime(2026, 11, 22, 13, 30, tzinfo=dt.UTC), clock_offset_ms=-3, locked=True,
        )  # fmt: skip

    def test_of_an_old_shell_says_less(self) -> None:
        """No pass, no photos, no time: the first thing it has to be is what somebody wrote."""
        said = {"schema": 1, "id": PK, "kind": "task", "author": AUTHOR, "task": {"act": "done"}}
        assert records.read(said) == records.Record(
            id=uuid.UUID(PK), kind="task", author_id=uuid.UUID(AUTHOR), shift_pass="", content={"act": "done"}, schema=1
        )

    @pytest.mark.parametrize("locked", [False, None, 1, "true"])
    def test_was_written_after_a_restart_only_when_it_says_so(self, locked: object) -> None:
        assert records.read(body(locked=locked)).locked is False

    @pytest.mark.parametrize(
        "changes",
        [
            {"kind": "spel"}, {"kind": "task"}, {"signal": "Zakken."}, {"id": "geen"}, {"author": None},
            {"photos": [{"hash": "a" * 63}]}, {"photos": [{"hash": A}, {"hash": A.upper()}]},
            {"photos": [{"hash": f"{A}a"}]}, {"photos": [{}]}, {"photos": 3},
        ],
    )  # fmt: skip
    def test_that_no_shell_of_ours_wrote_stays_on_the_tablet(self, changes: dict[str, Any]) -> None:
        with pytest.raises(Refused, match=r"^We kunnen niet lezen wat de tablet stuurde\."):
            records.read(body(**changes))

    @pytest.mark.parametrize("said", [[], "niets", None])
    def test_that_is_no_record_stays_there_too(self, said: object) -> None:
        with pytest.raises(Refused, match=r"^We kunnen niet lezen wat de tablet stuurde\."):
            records.read(said)

    @pytest.mark.parametrize("schema", [99, None])
    def test_of_a_schema_to_come_stays_there_with_that_reason(self, schema: object) -> None:
        with pytest.raises(Refused, match=r"^Dit is bewaard met een nieuwere versie dan de onze\."):
            records.read(body(schema=schema))

    def test_brings_each_photo_once_in_the_order_it_was_taken(self) -> None:
        assert records.read(body(photos=[{"hash": each} for each in (B, A, B)])).photos == [B, A]

    def test_promises_no_more_photos_than_two_shells_ever_could(self) -> None:
        many = [f"{number:064x}" for number in range(20)]
        assert records.read(body(photos=[{"hash": each} for each in many])).photos == many[:12]


class TestMoment:
    def test_is_what_a_browser_writes(self) -> None:
        assert records.moment("2026-11-22T13:30:00.000Z") == dt.datetime(2026, 11, 22, 13, 30, tzinfo=dt.UTC)
        assert records.moment("0002-01-01T00:00:00Z") is not None

    @pytest.mark.parametrize(
        "text", ["2026-11-22T13:30:00", "0001-01-01T00:00:00Z", "2026-13-45T13:30:00Z", "gisteren", "", 3, None]
    )
    def test_is_none_where_that_says_none(self, text: object) -> None:
        """Without a zone nobody knows which moment it is; from the year 1 no other zone counts back."""
        assert records.moment(text) is None


class TestWords:
    def test_are_kept_as_they_were_typed(self) -> None:
        assert records.words({"text": " Tien zakken 🙂.\n\nEn glas. "}, "text") == "Tien zakken 🙂.\n\nEn glas."

    def test_are_kept_whatever_a_program_cut_in_two(self) -> None:
        """A sign of two halves of which one is left would keep the whole record on the tablet for ever."""
        assert records.words({"text": "Tien\x00 zakken \ud83d"}, "text") == "Tien zakken"

    @pytest.mark.parametrize("content", [{}, {"text": None}, {"text": ""}])
    def test_are_empty_where_nothing_was_said(self, content: dict[str, Any]) -> None:
        assert records.words(content, "text") == ""


class TestNumber:
    @pytest.mark.parametrize("said", [-90, -90.0, 0, 50.5, 90])
    def test_lies_between_its_bounds(self, said: float) -> None:
        found = records.number({"latitude": said}, "latitude", -90, 90)
        assert (found, type(found)) == (said, float)

    @pytest.mark.parametrize("said", [-90.001, 91, True, False, "50", None, float("nan")])
    def test_is_none_elsewhere(self, said: object) -> None:
        assert records.number({"latitude": said}, "latitude", -90, 90) is None
        assert records.number({}, "latitude", -90, 90) is None


class TestKey:
    def test_is_that_of_something(self) -> None:
        assert records.key({"join": PK}, "join") == uuid.UUID(PK)

    @pytest.mark.parametrize("content", [{}, {"join": None}, {"join": "geen"}, {"join": 3}])
    def test_is_none_of_anything_else(self, content: dict[str, Any]) -> None:
        assert records.key(content, "join") is None


class TestClock:
    @pytest.mark.parametrize(("said", "kept"), [(0, 0), (-1.9, -1), (2**53 - 1, 2**53 - 1), (1 - 2**53, 1 - 2**53)])
    def test_is_off_by_so_much(self, said: float, kept: int) -> None:
        assert records.read(body(clock_offset_ms=said)).clock_offset_ms == kept

    @pytest.mark.parametrize("said", [2**53, -(2**53), float("nan"), float("inf"), True, "3", None])
    def test_is_off_by_nothing_that_no_clock_says(self, said: object) -> None:
        assert records.read(body(clock_offset_ms=said)).clock_offset_ms is None
