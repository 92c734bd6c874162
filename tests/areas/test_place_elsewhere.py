"""An address in another municipality does not silently become a place in Kortrijk."""

import pytest

from areas.models import Place
from areas.search import find

pytestmark = pytest.mark.usefixtures("areas")


class TestAnotherMunicipality:
    @pytest.mark.parametrize(
        ("typed", "named"),
        [
            ("Veemarkt 9999, Brussel", "Brussel"),
            ("Veemarkt 3 Brussel", "Brussel"),
            ("Veemarkt, 8930 Menen", "Menen"),
            ("Veemarkt 12 bus 2, waregem", "Waregem"),
            ("Grote Markt Brugge", "Brugge"),
            ("Kuurne", "Kuurne"),
            ("Steenstraat 4, Brugge", "Brugge"),
        ],
    )
    def test_is_noticed_and_makes_nothing_certain(self, typed: str, named: str) -> None:
        found = find(typed)
        assert (found.elsewhere, found.certain) == (named, False)

    @pytest.mark.parametrize(
        "typed",
        ["Veemarkt 9", "Veemarkt 9, Kortrijk", "Veemarkt, kant Kuurne", "Veemarkt, richting Menen",
         "Veemarkt, bij de boom", "Brugsesteenweg 4", "Doorniksestraat 12, 8500 Kortrijk"],
    )  # fmt: skip
    def test_is_not_seen_in_what_lies_in_kortrijk(self, typed: str) -> None:
        assert not find(typed).elsewhere

    def test_is_not_seen_in_a_place_of_ours_that_is_called_like_it(self) -> None:
        Place.objects.create(name="Menen", kind="street", longitude=3.26, latitude=50.83, source="t", locality="Heule")
        assert find("Menen").certain
