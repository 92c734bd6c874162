"""A new version of the 17 begins: teams, posts and open signals follow, and what was closed stays readable.

Here Marke is cut in two, and Aalbeke is joined to Rollegem.
"""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.core.management import call_command
from django.utils import timezone

from areas.geometry import boundary_of, shape_of
from areas.models import Area, AreaSet
from areas.succession import former_version, predecessors, successors
from kortrijk_gebied.jobs import tasks
from kortrijk_gebied.jobs.models import Job, State
from signals import succession
from signals.models import Signal
from signals.tasks import adopt_areas
from teams.access import access_of
from teams.models import AreaGrant, Organisation, Post, PostHolder, Team, User
from tests.cast import MARKE, OVERLEIE, Cast

type Make = Callable[..., Signal]

NORTH_OF_MARKE, SOUTH_OF_MARKE = (3.2330, 50.8120), (3.2330, 50.7930)
CUT = 50.8040


def divide() -> dict[str, Any]:
    """The borders of the new division by code."""
    shapes = {area.code: shape_of(area.boundary) for area in Area.objects.in_set("gebieden17")}
    marke = shapes["marke"]
    shapes["marke"] = marke.intersection(shapely.box(3, CUT, 4, 51))
    shapes["marke-zuid"] = marke.intersection(shapely.box(3, 50, 4, CUT))
    shapes["rollegem"] = shapes["rollegem"].union(shapes.pop("aalbeke"))
    return {code: boundary_of(shape) for code, shape in shapes.items()}


@pytest.fixture
def begin(cast: Cast, tmp_path: Path) -> Callable[..., AreaSet]:
    """Import the new division, as from a day."""

    def on(day: dt.date) -> AreaSet:
        features = [
            {"type": "Feature", "properties": {"code": code, "name": code.title()}, "geometry": border}
            for code, border in divide().items()
        ]
        file = tmp_path / "grenzen.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
        call_command("import_areas", str(file), "--set", "gebieden17", "--valid-from", day.isoformat(), verbosity=0)
        return AreaSet.objects.get(code="gebieden17", valid_from=day)

    return on


def today() -> dt.date:
    return timezone.localdate()


def area(code: str, area_set: AreaSet) -> Area:
    return Area.objects.get(set=area_set, code=code)


def adopt() -> Job:
    adopt_areas()
    job = Job.objects.get(kind="adopt-areas")
    tasks.run_job(str(job.pk))
    job.refresh_from_db()
    return job


def reads(person: User) -> set[Signal]:
    return set(Signal.objects.readable(access_of(User.objects.get(pk=person.pk))))


class TestAdopting:
    def test_moves_open_signals_and_leaves_closed_ones(
        self, cast: Cast, report: Make, begin: Callable[..., AreaSet]
    ) -> None:
        north, south = report(at=NORTH_OF_MARKE), report(at=SOUTH_OF_MARKE)
        over, elsewhere = report(at=SOUTH_OF_MARKE), report(at=OVERLEIE)
        over.close(by=cast["coordinator.rand"], outcome="Opgeruimd.")
        pointless = report(at=None)
        old = area("aalbeke", AreaSet.objects.get(code="gebieden17"))
        Signal.objects.filter(pk=pointless.pk).update(area=old, area_ids=[old.pk])
        before = reads(cast["coordinator.rand"])
        new = begin(today())
        job = adopt()
        assert (job.state, job.result) == (State.DONE, {"moved": 4, "followed": 1})
        now = {signal.pk: signal.area for signal in Signal.objects.select_related("area")}
        assert now[north.pk] == area("marke", new)
        assert now[south.pk] == area("marke-zuid", new)
        assert now[pointless.pk] == area("rollegem", new)
        assert now[elsewhere.pk] == area("overleie", new)
        assert now[over.pk] == over.area
        moved = Signal.objects.get(pk=south.pk)
        assert area("marke-zuid", new).pk in moved.area_ids
        assert south.area_id not in moved.area_ids
        assert set(moved.area_ids) - {moved.area_id} == set(south.area_ids) - {south.area_id}
        assert reads(cast["coordinator.rand"]) == before | {Signal.objects.get(pk=pointless.pk)}

    def test_gives_teams_what_they_had(self, cast: Cast, begin: Callable[..., AreaSet]) -> None:
        new = begin(today())
        adopt()
        assert Organisation.objects.get(code="stad").working_set == new
        assert Organisation.objects.get(code="ocmw").working_set != new
        rand = access_of(cast["coordinator.rand"])
        for action in ("view", "route", "register", "view_reporter"):
            assert {area("marke-zuid", new).pk, area("rollegem", new).pk} <= rand.areas(action)
            assert area("overleie", new).pk not in rand.areas(action)
        joint = Team.objects.get(code="gebiedsteam-marke")
        assert set(joint.areas.current().values_list("code", flat=True)) == {"marke", "marke-zuid"}
        assert access_of(cast["agent"]).areas("view") >= set(new.areas.values_list("pk", flat=True))

    def test_lets_a_team_read_what_lay_in_the_part_it_took_over(
        self, cast: Cast, begin: Callable[..., AreaSet]
    ) -> None:
        old = AreaSet.objects.get(code="gebieden17")
        team = Team.objects.get(code="gebiedsteam-rollegem")
        views = AreaGrant.objects.filter(group=team.group, permission__codename="view_area")
        assert not views.filter(content_object=area("aalbeke", old)).exists()
        begin(today())
        adopt()
        assert views.filter(content_object=area("aalbeke", old)).exists()
        assert not views.filter(content_object=area("marke", old)).exists()

    def test_takes_posts_along_with_who_holds_them(self, cast: Cast, begin: Callable[..., AreaSet]) -> None:
        old = AreaSet.objects.get(code="gebieden17")
        team = Team.objects.get(code="wijkwerking-zuid")
        for code, holder in (("marke", "wijkinspecteur.zuid"), ("aalbeke", "wijkinspecteur.zuid"), ("rollegem", None)):
            post, _created = Post.objects.get_or_create(
                team=team, area=area(code, old), function="ward_inspector", defaults={"phone": "056 12"}
            )
            if holder:
                PostHolder.objects.get_or_create(post=post, user=cast[holder])
        new = begin(today())
        adopt()
        posts = Post.objects.filter(team=team, function="ward_inspector")
        assert not posts.filter(area__set=old).exists()
        for code in ("marke", "marke-zuid", "rollegem"):
            [post] = posts.filter(area=area(code, new))
            assert [holder.user for holder in post.holders.all()] == [cast["wijkinspecteur.zuid"]]

    def test_happens_once_and_gives_nothing_back_that_was_taken_since(
        self, cast: Cast, begin: Callable[..., AreaSet]
    ) -> None:
        new = begin(today())
        adopt()
        AreaGrant.objects.filter(content_object=area("marke", new)).delete()
        assert adopt().attempts == 1
        call_command("adopt_areas", "gebieden17", verbosity=0)
        assert not AreaGrant.objects.filter(content_object=area("marke", new)).exists()

    def test_waits_for_the_day_on_which_it_begins(self, cast: Cast, begin: Callable[..., AreaSet]) -> None:
        new = begin(today() + dt.timedelta(days=1))
        adopt_areas()
        assert not Job.objects.filter(kind="adopt-areas").exists()
        assert not AreaGrant.objects.filter(content_object__set=new).exists()

    def test_goes_on_after_a_worker_that_died(
        self, cast: Cast, report: Make, begin: Callable[..., AreaSet], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for _signal in range(3):
            report(at=MARKE)
        begin(today())
        monkeypatch.setattr(succession, "BATCH", 1)
        counted = Job.count

        def die_in_the_second(job: Job, **numbers: int) -> None:
            if job.result.get("moved"):
                raise KeyboardInterrupt
            counted(job, **numbers)

        monkeypatch.setattr(Job, "count", die_in_the_second)
        with pytest.raises(KeyboardInterrupt):
            adopt()
        assert Signal.objects.filter(area__set__valid_to=None).count() == 1
        monkeypatch.setattr(Job, "count", counted)
        Job.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
        assert adopt().result == {"moved": 3, "followed": 1}


class TestCommand:
    def test_moves_open_signals_over_a_border_that_was_corrected(
        self, cast: Cast, report: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        signal = report(at=OVERLEIE)
        borders = {
            a.code: a.boundary for a in Area.objects.in_set("gebieden17").filter(code__in=["overleie", "pius-x"])
        }
        features = [
            {"type": "Feature", "properties": {"code": code}, "geometry": borders[other]}
            for code, other in (("overleie", "pius-x"), ("pius-x", "overleie"))
        ]
        file = tmp_path / "grenzen.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
        call_command("import_areas", str(file), "--set", "gebieden17")
        call_command("adopt_areas", "gebieden17")
        assert "1 open signals moved" in capsys.readouterr().out
        signal.refresh_from_db()
        assert signal.area is not None
        assert signal.area.code == "pius-x"


class TestSuccession:
    def test_knows_what_became_of_each_area_and_where_it_came_from(self, begin: Callable[..., AreaSet]) -> None:
        new = begin(today())
        old = former_version(new)
        assert old is not None
        became, came_from = successors(old, new), predecessors(old, new)
        assert became[area("marke", old).pk] == [area("marke", new).pk, area("marke-zuid", new).pk]
        assert became[area("aalbeke", old).pk] == [area("rollegem", new).pk]
        assert became[area("overleie", old).pk] == [area("overleie", new).pk]
        assert set(came_from[area("rollegem", new).pk]) == {area("rollegem", old).pk, area("aalbeke", old).pk}
        assert came_from[area("marke-zuid", new).pk] == [area("marke", old).pk]


class TestWards:
    def test_take_the_table_of_sectors_along(self, cast: Cast, tmp_path: Path) -> None:
        old = AreaSet.objects.get(code="wijken-politie")
        features = [
            {"type": "Feature", "properties": {"code": a.code, "name": a.name}, "geometry": a.boundary}
            for a in old.areas.all()
        ]
        file = tmp_path / "wijken.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
        call_command("import_areas", str(file), "--set", "wijken-politie", "--valid-from", today().isoformat())
        adopt()
        new = AreaSet.objects.current().get(code="wijken-politie")
        rows = list(new.areas.filter(sector_rows__isnull=False).values_list("sector_rows__sector", "code"))
        assert len(rows) > 100
        assert not old.areas.filter(sector_rows__isnull=False).exists()
        assert Organisation.objects.get(code="politie").working_set == new
