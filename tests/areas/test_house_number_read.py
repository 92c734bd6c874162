"""House numbers as the register writes them, and as people type them in the middle of a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from areas.typed import house_number, read

VILLAGES = ["Kortrijk", "Heule", "Bissegem", "Marke"]


class TestOfTheRegister:
    @pytest.mark.parametrize(
        ("written", "label", "low", "high"),
        [
            ("8", "8", 8, 8),
            ("8a", "8A", 8, 8),
            ("8 A", "8A", 8, 8),
            ("8 BIS", "8bis", 8, 8),
            ("8-10", "8-10", 8, 10),
            ("8A-8C", "8A-8C", 8, 8),
            ("8_2", "8_2", 8, 8),
            ("12-8", "12-8", 12, 12),
        ],
    )
    def test_is_kept_one_way_however_it_is_written(self, written: str, label: str, low: int, high: int) -> None:
        number = house_number(written)
        assert number is not None
        assert (number.label, number.low, number.high) == (label, low, high)

    @pytest.mark.parametrize("written", ["", "A", "zonder nummer", "8 en 9", "-3", "123456"])
    def test_is_refused_when_it_is_none(self, written: str) -> None:
        assert house_number(written) is None

    def test_holds_the_numbers_on_its_side_of_the_street(self) -> None:
        number = house_number("8-12")
        assert number is not None
        assert [n for n in range(6, 15) if number.holds(n)] == [8, 10, 12]


class TestAmongWords:
    @pytest.mark.parametrize(
        ("typed", "name", "label", "box"),
        [
            ("Overleiestraat 8", "overleiestraat", "8", ""),
            ("overleiestr. 8 a", "overleiestraat", "8A", ""),
            ("Overleiestraat, 8bis", "overleiestraat", "8bis", ""),
            ("Overleiestraat 8-10", "overleiestraat", "8-10", ""),
            ("Overleiestraat 8/3", "overleiestraat", "8", "3"),
            ("Overleiestraat 8 bus 3", "overleiestraat", "8", "3"),
            ("Overleiestraat 8 b3", "overleiestraat", "8", "3"),
            ("Overleiestraat t.h.v. nr. 8", "overleiestraat", "8", ""),
            ("Overleiestraat (nr 8)", "overleiestraat", "8", ""),
            ("Overleiestraat 8, 8500 Kortrijk", "overleiestraat", "8", ""),
            ("Meensestwg 10 Bissegem", "meensesteenweg", "10", ""),
            ("Heule, Kortrijksestraat 5", "kortrijksestraat", "5", ""),
            ("11 Julilaan 5", "11 julilaan", "5", ""),
            ("St. Elisabethlaan 12", "sint elisabethlaan", "12", ""),
            ("O.L.Vrouwstraat 3", "onze lieve vrouwstraat", "3", ""),
        ],
    )
    def test_is_told_from_the_name(self, typed: str, name: str, label: str, box: str) -> None:
        found = read(typed, VILLAGES)
        assert found.number is not None
        assert (found.head, found.number.label, found.number.box) == (name, label, box)

    @pytest.mark.parametrize("typed", ["Grote Markt", "8501 Heule", "11 Julilaan", "aan de brug", "E17"])
    def test_is_not_seen_where_there_is_none(self, typed: str) -> None:
        assert read(typed, VILLAGES).number is None

    def test_leaves_the_village_that_was_named(self) -> None:
        assert read("Meensesteenweg 10, 8501 Bissegem", VILLAGES).names("Bissegem")
        assert not read("Kortrijksestraat 10", VILLAGES).names("Kortrijk")

    @given(st.text(max_size=120))
    def test_never_stumbles_over_words(self, typed: str) -> None:
        found = read(typed, VILLAGES)
        assert found.number is None or found.number.low <= found.number.high
