import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from areas.models import Area, AreaSet, Place

SQUARE = {"type": "Polygon", "coordinates": [[[3.2, 50.8], [3.3, 50.8], [3.3, 50.9], [3.2, 50.8]]]}


def make_set(**given: Any) -> AreaSet:
    values = {
        "code": "proef", "name": "Proef", "kind": "working", "valid_from": dt.date(2020, 1, 1), "source": "test",
        "covering": True, "provisional": False,
    }  # fmt: skip
    return AreaSet.objects.create(**values | given)


def make_area(area_set: AreaSet, **given: Any) -> Area:
    values = {"code": "een", "name": "Een", "boundary": SQUARE, "hectares": 10}
    return Area.objects.create(set=area_set, **values | given)


@pytest.mark.django_db
class TestTheDatabaseRefuses:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": "planet"},
            {"valid_to": dt.date(2020, 1, 1)},
        ],
    )
    def test_a_set_with(self, wrong: dict[str, Any]) -> None:
        make_set(code="goed")
        with pytest.raises(IntegrityError), transaction.atomic():
            make_set(**wrong)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"ring": "maan"},
            {"boundary": {"type": "Point", "coordinates": [3.2, 50.8]}},
            {"hectares": 0},
            {"inhabitants": 5},
            {"inhabitants": 5, "inhabitants_year": 2007},
            {"inhabitants_year": 2007},
        ],
    )
    def test_an_area_with(self, wrong: dict[str, Any]) -> None:
        area_set = make_set()
        make_area(area_set, code="goed", inhabitants=5, inhabitants_year=2007, inhabitants_source="test")
        with pytest.raises(IntegrityError), transaction.atomic():
            make_area(area_set, **wrong)

    def test_a_second_area_with_the_same_code_in_a_set(self) -> None:
        make_area(make_set())
        make_area(make_set(code="ander"))
        with pytest.raises(IntegrityError), transaction.atomic():
            make_area(AreaSet.objects.get(code="ander"))

    def test_two_sets_of_one_code_at_a_time(self) -> None:
        make_set(valid_to=dt.date(2022, 1, 1))
        make_set(valid_from=dt.date(2022, 1, 1))
        with pytest.raises(IntegrityError), transaction.atomic():
            make_set(valid_from=dt.date(2021, 6, 1), valid_to=dt.date(2021, 7, 1))

    @pytest.mark.parametrize("wrong", [{"longitude": 181}, {"latitude": -91}, {"kind": "planet"}])
    def test_a_place_with(self, wrong: dict[str, Any]) -> None:
        right = {"name": "Plek", "kind": "street", "longitude": 3.2, "latitude": 50.8, "source": "test"}
        with pytest.raises(IntegrityError), transaction.atomic():
            Place.objects.create(**right | wrong)
        assert Place.objects.create(**right).pk


@pytest.mark.django_db
class TestValidity:
    def test_ends_before_the_last_day(self) -> None:
        made = make_set(valid_to=dt.date(2022, 1, 1))
        assert made not in AreaSet.objects.valid_on(dt.date(2019, 12, 31))
        assert made in AreaSet.objects.valid_on(dt.date(2020, 1, 1))
        assert made in AreaSet.objects.valid_on(dt.date(2021, 12, 31))
        assert made not in AreaSet.objects.valid_on(dt.date(2022, 1, 1))


@pytest.mark.django_db
class TestHistory:
    def test_keeps_an_area_as_it_was(self) -> None:
        area = make_area(make_set())
        area.name = "Twee"
        area.save(update_fields=["name"])
        area.delete()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pgh_label, name FROM areas_areachange ORDER BY pgh_id DESC LIMIT 3")
            assert cursor.fetchall() == [("delete", "Twee"), ("update", "Twee"), ("insert", "Een")]
