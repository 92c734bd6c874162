"""Which place somebody means: with typing errors, with a number, in a city with streets of the same name."""

import pytest
from pytest_django import DjangoAssertNumQueries

from areas.models import Address, Place
from areas.search import by_key, find, name_at

pytestmark = pytest.mark.usefixtures("areas")


def street(name: str, locality: str, *numbers: str, at: tuple[float, float] = (3.26, 50.83)) -> Place:
    place = Place.objects.create(
        name=name, locality=locality, kind="street", longitude=at[0], latitude=at[1], source="test"
    )
    for step, number in enumerate(numbers):
        low, _dash, high = number.rstrip("ABis").partition("-")
        Address.objects.create(
            street=place, number=number, low=int(low), high=int(high or low),
            longitude=at[0] + step / 10_000, latitude=at[1],
        )  # fmt: skip
    return place


def best(text: str) -> str:
    return find(text).matches[0].label


class TestAStreetWithItsNumber:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("Overlijestraat 8", "Overleiestraat 8"),
            ("overleie straat 8", "Overleiestraat 8"),
            ("Overleiestr. 8 a", "Overleiestraat 8A"),
            ("Overleiestraat 8 bis", "Overleiestraat 8bis"),
            ("Overleiestraat 14", "Overleiestraat 12-14"),
            ("Overleiestraat 10 bus 2", "Overleiestraat 10 bus 2"),
            ("Overleiestraat 10/2", "Overleiestraat 10 bus 2"),
            ("Meensesteenweg 10 bissegem", "Meensesteenweg 10, Bissegem"),
        ],
    )
    def test_is_found_through_typing_errors(self, typed: str, meant: str) -> None:
        assert best(typed) == meant

    def test_lies_at_its_own_door(self) -> None:
        match = find("Overleiestraat 8").matches[0]
        assert match.address is not None
        assert match.point == (match.address.longitude, match.address.latitude)
        assert match.near == ""

    def test_is_certain_only_when_the_name_is(self) -> None:
        assert find("Overleiestraat 8").certain
        assert not find("Overlijestraat 8").certain

    def test_shows_the_doors_beside_it(self) -> None:
        labels = [match.label for match in find("Overleiestraat 8").matches]
        assert labels[:3] == ["Overleiestraat 8", "Overleiestraat 8A", "Overleiestraat 8bis"]

    def test_that_nobody_registered_lies_at_the_nearest_on_its_side_and_says_so(self) -> None:
        match = find("Overleiestraat 99").matches[0]
        assert (match.label, match.near) == ("Overleiestraat 99", "59")
        assert match.address is not None
        assert match.address.number == "59"

    def test_in_a_street_without_numbers_lies_in_that_street(self) -> None:
        place = street("Zonderstraat", "Heule")
        match = find("Zonderstraat 5").matches[0]
        assert (match.label, match.point, match.near) == ("Zonderstraat 5", (place.longitude, place.latitude), "")

    def test_does_not_go_with_a_building(self) -> None:
        building = Place.objects.filter(kind="building")[0]
        assert find(f"{building.name} 12").matches[0].name == building.name


class TestStreetsOfOneName:
    @pytest.fixture(autouse=True)
    def kapelstraat(self, areas: None) -> None:
        street("Vlaskapelstraat", "Marke", "1", "3", "5", at=(3.233, 50.806))
        street("Vlaskapelstraat", "Kooigem", "1", "2", "7", at=(3.338, 50.738))

    def test_are_told_apart_by_their_village(self) -> None:
        found = find("Vlaskapelstraat")
        assert {match.label for match in found.matches} >= {"Vlaskapelstraat, Marke", "Vlaskapelstraat, Kooigem"}
        assert not found.certain

    @pytest.mark.parametrize(
        "typed", ["Vlaskapelstraat 1, Marke", "Marke, Vlaskapelstraat 1", "vlaskapelstraat 1 8510 Marke"]
    )
    def test_are_certain_when_the_village_is_named(self, typed: str) -> None:
        found = find(typed)
        assert found.certain
        assert found.matches[0].label == "Vlaskapelstraat 1, Marke"

    def test_are_certain_when_one_of_them_alone_has_the_number(self) -> None:
        found = find("Vlaskapelstraat 7")
        assert found.certain
        assert found.matches[0].label == "Vlaskapelstraat 7, Kooigem"
        assert not find("Vlaskapelstraat 1").certain

    def test_are_not_when_the_numbers_of_another_are_unknown(self) -> None:
        street("Vlaskapelstraat", "Heule", at=(3.22, 50.86))
        assert not find("Vlaskapelstraat 7").certain


class TestKeys:
    @pytest.mark.parametrize("typed", ["Overleiestraat", "Overleiestraat 8", "Meensesteenweg 10, Bissegem"])
    def test_lead_back_to_the_match(self, typed: str) -> None:
        match = find(typed).matches[0]
        again = by_key(match.key)
        assert again is not None
        assert again.point == match.point

    @pytest.mark.parametrize("key", ["", "0", "x", "1-x", "999999999999999999999", "1-2-3", "٣"])
    def test_that_are_none_lead_nowhere(self, key: str) -> None:
        assert by_key(key) is None

    def test_never_join_a_door_to_another_street(self) -> None:
        door = Address.objects.filter(street__name="Overleiestraat")[0]
        other = Place.objects.get(name="Leiestraat", locality="Kortrijk")
        match = by_key(f"{other.pk}-{door.pk}")
        assert match is not None
        assert match.address is None


class TestAPointWithoutWords:
    def test_is_called_after_the_nearest_door(self) -> None:
        door = Address.objects.get(street__name="Overleiestraat", number="25")
        assert name_at(door.longitude, door.latitude) == "Overleiestraat t.h.v. nr. 25"

    def test_is_found_again_by_that_name(self) -> None:
        door = Address.objects.get(street__name="Overleiestraat", number="25")
        found = find(name_at(door.longitude, door.latitude))
        assert found.certain
        assert found.matches[0].address == door

    def test_is_called_after_a_street_when_no_door_is_near(self) -> None:
        place = Place.objects.get(name="Gentsesteenweg", locality="Kortrijk")
        assert name_at(place.longitude, place.latitude) == "Gentsesteenweg"

    def test_has_no_name_in_the_fields(self) -> None:
        assert name_at(3.36, 50.73) == ""


class TestSearching:
    @pytest.mark.parametrize("typed", ["", "  ", "ab", "qwxzvq", "%", "_", "\\", "'; drop table"])
    def test_finds_nothing_for_nothing(self, typed: str) -> None:
        assert find(typed).matches == []

    def test_finds_eight_at_most(self) -> None:
        for number in range(20):
            street(f"Zelfdestraat{number}", "Heule")
        assert len(find("Zelfdestraat").matches) == 8

    def test_takes_the_same_number_of_queries_however_much_is_found(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(20):
            street(f"Zelfdestraat{number}", "Heule", "1", "2", "3")
        with django_assert_max_num_queries(4):
            find("Zelfdestraat 2")
