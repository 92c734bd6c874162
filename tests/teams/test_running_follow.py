"""What runs in an area that is replaced is found in what came after it."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from django.core.management import call_command
from django.utils import timezone

from areas.geometry import boundary_of, shape_of
from areas.models import Area, AreaSet
from kortrijk_gebied.sections import Period, Place, Request, get_section
from teams import succession
from teams.access import access_of
from teams.models import Action, Bulletin, DigestChoice, PresenceHour, Team, User
from tests.cast import Cast
from tests.teams.bulletins import bulletin

pytestmark = pytest.mark.django_db


@pytest.fixture
def cut(cast: Cast, tmp_path: Path) -> Callable[[], AreaSet]:
    """Overleie is cut in two, from tomorrow on: as an import of borders does it."""

    def now() -> AreaSet:
        shapes = {area.code: shape_of(area.boundary) for area in Area.objects.in_set("gebieden17")}
        whole = shapes["overleie"]
        west, _south, east, _north = whole.bounds
        middle = (west + east) / 2
        shapes["overleie"] = whole.intersection(shapely.box(west, 50, middle, 51))
        shapes["buda"] = whole.intersection(shapely.box(middle, 50, east, 51))
        features = [
            {"type": "Feature", "properties": {"code": code, "name": code.title()}, "geometry": boundary_of(shape)}
            for code, shape in shapes.items()
        ]
        file = tmp_path / "grenzen.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
        day = timezone.localdate()
        AreaSet.objects.filter(code="gebieden17").update(valid_from=day - dt.timedelta(days=900))
        call_command("import_areas", str(file), "--set", "gebieden17", "--valid-from", day.isoformat(), verbosity=0)
        return AreaSet.objects.get(code="gebieden17", valid_from=day)

    return now


class TestFollowing:
    def test_gives_what_runs_the_new_areas_and_leaves_what_is_over(
        self, cast: Cast, cut: Callable[[], AreaSet]
    ) -> None:
        old = Area.objects.get(set__code="gebieden17", code="overleie")
        runs, over = bulletin(cast, title="Loopt"), bulletin(cast, title="Voorbij")
        over.archive(by=cast["gebiedswerker"])
        draft = bulletin(cast, title="Concept", is_draft=True)
        action = Action.objects.create(title="Lichtplan", team=Team.objects.get(code="gebiedsteam-overleie-pius-x"))
        sector = Area.objects.filter(set__code="sectoren")[0]
        action.lie_in([old], [sector])
        DigestChoice.objects.create(user=cast["wijkinspecteur"], area=old, rhythm="weekly")
        PresenceHour.objects.create(
            user=cast["wijkinspecteur"], area=old, place="Antenne", weekday=1, opens=dt.time(9), closes=dt.time(12)
        )
        new = cut()
        succession.follow(old.set, new)
        succession.follow(old.set, new)  # again changes nothing
        codes = {"overleie", "buda"}
        assert {area.code for area in runs.areas.filter(set=new)} == codes
        assert {area.code for area in action.areas.filter(set=new)} == codes
        assert {area.code for area in draft.areas.filter(set=new)} == codes
        assert old in runs.areas.all()
        runs.refresh_from_db()
        action.refresh_from_db()
        assert (runs.place_names, action.place_names) == ("Overleie, Buda", f"Overleie, Buda ({sector.name})")
        assert not over.areas.filter(set=new).exists()
        assert {choice.area.code for choice in DigestChoice.objects.filter(area__set=new)} == codes
        hours = PresenceHour.objects.filter(area__set=new).select_related("area")
        assert sorted(row.area.code for row in hours if row.area) == sorted(codes)

    def test_lets_the_same_people_read_it_on_the_page_of_each(self, cast: Cast, cut: Callable[[], AreaSet]) -> None:
        old = Area.objects.get(set__code="gebieden17", code="overleie")
        made = bulletin(cast, audience="partners")
        new = cut()
        succession.follow(old.set, new)
        nurse = User.objects.get(pk=cast["verpleegkundige"].pk)
        assert Bulletin.objects.readable(access_of(nurse)).filter(pk=made.pk).exists()
        found = get_section("bulletins", Place.AREA)
        assert found
        period = Period(timezone.now() - dt.timedelta(days=30), timezone.now())
        for area in new.areas.filter(code__in=["overleie", "buda"]):
            content = found.content(Request(viewer=access_of(nurse), area=area, period=period))
            assert content
            assert content["bulletins"] == [made]
