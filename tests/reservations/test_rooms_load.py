"""What the tables of the houses bring: rooms made of spaces, who may book them, and nothing a second time."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reservations.load import load_buildings, load_rooms
from reservations.models import Building, BuildingGrant, Layout, Room, RoomSetup, Space
from teams.access import access_of
from tests.cast import Cast


@pytest.fixture
def houses(cast: Cast) -> None:
    load_buildings()
    load_rooms()


def spaces_of(building: str, code: str) -> set[str]:
    return {space.name for space in Room.objects.get(building__code=building, code=code).spaces.all()}


class TestLoading:
    def test_brings_rooms_to_every_house_but_with_a_source_each(self, houses: None) -> None:
        assert Building.objects.count() == 25
        assert Room.objects.count() == 65
        assert Space.objects.count() == 59
        assert not Building.objects.filter(rooms=None).exists()
        assert not Room.objects.filter(source="").exists()
        assert not Room.objects.filter(setups=None).exists()

    def test_again_changes_nothing(self, houses: None) -> None:
        hall = Room.objects.get(building__code="oc-marke", code="grote-zaal")
        hall.withdraw()
        Room.objects.filter(pk=hall.pk).update(turnaround=90)
        before = (Room.objects.count(), Space.objects.count(), RoomSetup.objects.count(), BuildingGrant.objects.count())
        call_command("load_buildings", verbosity=0)
        after = (Room.objects.count(), Space.objects.count(), RoomSetup.objects.count(), BuildingGrant.objects.count())
        assert before == after
        hall.refresh_from_db()
        assert (hall.turnaround, hall.is_in_use) == (90, False)

    def test_brings_back_a_room_that_is_missing_on_the_spaces_there_are(self, houses: None) -> None:
        Room.objects.get(building__code="oc-marke", code="zaal-a").delete()
        assert load_rooms() == 1
        assert spaces_of("oc-marke", "zaal-a") == {"Zaal A"}
        assert Space.objects.count() == 59

    def test_makes_a_hall_of_its_halves(self, houses: None) -> None:
        assert spaces_of("oc-marke", "grote-zaal") == {"Zaal A", "Zaal B"}
        assert spaces_of("oc-marke", "grote-zaal-met-foyer") == {"Zaal A", "Zaal B", "Foyer"}
        assert len(spaces_of("basisschool-de-wegwijzer", "turnzaal")) == 3
        assert Room.objects.filter(spaces__name="Zaal A", building__code="oc-marke").count() == 3

    def test_holds_no_more_in_a_part_than_in_the_whole(self, houses: None) -> None:
        rooms = Room.objects.prefetch_related("spaces", "setups")
        made_of = {room: frozenset(space.pk for space in room.spaces.all()) for room in rooms}
        most = {room: max(setup.capacity for setup in room.setups.all()) for room in rooms}
        assert not [
            (part, whole)
            for part in rooms
            for whole in rooms
            if made_of[part] < made_of[whole] and most[part] > most[whole]
        ]

    def test_says_what_the_sources_name(self, houses: None) -> None:
        named = Room.objects.filter(is_example=False)
        assert {room.building.code for room in named} == {"oc-aalbeke", "joc-kortrijk"}
        hall = Room.objects.get(building__code="joc-kortrijk", code="grote-zaal")
        assert {setup.layout: setup.capacity for setup in hall.setups.all()} == {Layout.ROWS: 250, Layout.STANDING: 400}
        assert not Room.objects.filter(is_example=True, source__startswith="docplayer").exists()

    def test_asks_no_approval_but_for_the_large_halls(self, houses: None) -> None:
        large = Room.objects.filter(needs_approval=True)
        assert 10 <= large.count() <= 20
        assert not large.exclude(pk__in=Room.objects.seating(90)).exists()

    def test_asks_little_of_the_database(self, cast: Cast) -> None:
        with CaptureQueriesContext(connection) as asked:
            load_buildings()
            load_rooms()
        assert len(asked) < 40


class TestRights:
    @pytest.mark.parametrize(
        ("who", "books_of"),
        [
            ("gebiedswerker", {"stad", "school"}),
            ("deelgemeente", {"stad", "school"}),
            ("verpleegkundige", {"stad", "ocmw"}),
            ("dienstencentrum", {"stad", "ocmw"}),
            ("wijkinspecteur.zuid", {"stad", "politie"}),
            ("vereniging", {"stad", "school"}),
            ("fluvius", set()),
            ("beheerder", set()),
            ("dpo.ocmw", set()),
        ],
    )
    def test_let_teams_book_in_whose_houses(self, cast: Cast, houses: None, who: str, books_of: set[str]) -> None:
        may = Building.objects.granted(access_of(cast[who]), "book")
        assert set(may.values_list("owner__code", flat=True)) == books_of
        assert may.count() == Building.objects.filter(owner__code__in=books_of).count()

    def test_let_those_who_keep_a_house_say_yes(self, cast: Cast, houses: None) -> None:
        def keeps(who: str) -> set[str]:
            return set(Building.objects.granted(access_of(cast[who]), "approve").values_list("code", flat=True))

        assert (
            keeps("deelgemeente")
            == keeps("gebouwbeheerder")
            == set(Building.objects.filter(owner__code="stad").values_list("code", flat=True))
        )
        assert keeps("dienstencentrum") == {"centrum-overleie"}
        assert keeps("vereniging") == {"basisschool-de-wegwijzer"}
        assert keeps("gebiedswerker") == set()
