import pytest
from django.core.exceptions import ValidationError

from areas.geometry import shape_of
from areas.models import Area, SectorWard
from areas.wards import rebuild_wards

pytestmark = pytest.mark.usefixtures("areas")


class TestRebuilding:
    def test_draws_what_is_loaded(self) -> None:
        assert rebuild_wards() == []

    def test_moves_a_sector_to_its_new_ward(self) -> None:
        row = SectorWard.objects.get(sector__code="34022A33-")
        row.ward = Area.objects.get(code="wijk-9")
        row.save(update_fields=["ward"])
        assert {ward.code for ward in rebuild_wards()} == {"wijk-3", "wijk-9"}
        centre = shape_of(row.sector.boundary).representative_point()
        assert shape_of(Area.objects.get(code="wijk-9").boundary).contains(centre)

    def test_keeps_the_border_of_a_ward_that_lost_every_sector(self) -> None:
        before = Area.objects.get(code="wijk-19").boundary
        SectorWard.objects.filter(ward__code="wijk-19").update(ward=Area.objects.get(code="wijk-18"))
        assert {ward.code for ward in rebuild_wards()} == {"wijk-18"}
        assert Area.objects.get(code="wijk-19").boundary == before


class TestTheTable:
    def test_refuses_an_area_that_is_no_ward(self) -> None:
        row = SectorWard.objects.first()
        assert row
        row.ward = Area.objects.get(code="overleie")
        with pytest.raises(ValidationError, match="politiewijk"):
            row.full_clean()
