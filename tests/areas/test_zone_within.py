import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from areas.models import Area
from areas.within import areas_of_zone, working_areas


@pytest.mark.usefixtures("kortrijk")
class TestWithin:
    def test_a_zone_of_the_inner_city_gives_the_areas_it_covers(self) -> None:
        found = {zone.code: [area.code for area in areas_of_zone(zone)] for zone in zones()}
        assert found["zone-centrum"] == ["kortrijk-centrum"]
        assert set(found["zone-noord"]) == {"overleie", "pius-x"}
        assert all(found.values())

    def test_an_area_of_the_area_work_is_itself(self) -> None:
        overleie = Area.objects.get(set__code="gebieden17", code="overleie")
        assert areas_of_zone(overleie) == [overleie]

    def test_zones_together_give_each_area_once(self) -> None:
        found = working_areas([*zones(), *Area.objects.filter(code="overleie")])
        assert len(found) == len(set(found))
        assert {area.set.code for area in found} == {"gebieden17"}

    def test_takes_as_many_queries_for_five_zones_as_for_one(self) -> None:
        every = zones()
        with CaptureQueriesContext(connection) as one:
            working_areas(every[:1])
        with CaptureQueriesContext(connection) as five:
            working_areas(every)
        assert len(one) == len(five)


def zones() -> list[Area]:
    return list(Area.objects.filter(set__code="binnenstad5"))
