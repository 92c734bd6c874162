"""In the middle of the year the council draws Overleie anew: the part beyond the Leie becomes Buda.

Nobody loses sight of anything: what was closed stays where it was, what is open moves, and the page of each new area
shows what runs there, says how it is doing beside its past, and is opened by the same people.
"""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from shapely.geometry.base import BaseGeometry

from areas.geometry import boundary_of, shape_of
from areas.models import Area, AreaSet
from kortrijk_gebied.jobs import tasks
from kortrijk_gebied.jobs.models import Job, State
from kortrijk_gebied.periods import previous_month
from signals.models import Signal
from signals.tasks import adopt_areas
from signals.workflow import SignalStatus
from teams import reports
from teams.access import access_of
from teams.models import Action, AreaFlag, MonthlyReport, Post, PostHolder, Team, User
from tests.cast import Cast
from tests.teams.bulletins import TEAM, bulletin

type SignIn = Callable[[User], Client]
type Make = Callable[..., Signal]
A_DAY = dt.timedelta(days=1)
CODES = ("overleie", "buda")


@pytest.mark.django_db
def test_a_new_division(cast: Cast, sign_in: SignIn, report: Make, tmp_path: Path) -> None:
    old = Area.objects.select_related("set").get(set__code="gebieden17", code="overleie")
    west, east = halves(old)
    everything_runs(cast, old)
    over = [closed(report(at=point(part)), days) for part in (west, east) for days in (20, 25, 30, 45, 50, 55)]
    still = {"overleie": report(at=point(west)), "buda": report(at=point(east))}
    month = previous_month(timezone.localdate())
    reports.draft(month, old)
    els = sign_in(cast["gebiedswerker"])
    before = {holder.user_id for holder in PostHolder.objects.filter(post__area=old)}

    new = the_council_decides(tmp_path, west, east)
    the_night_passes()

    closed_and_told_stays_where_it_was(over, old, month)
    for code in CODES:
        there = Area.objects.get(set=new, code=code)
        still[code].refresh_from_db()
        assert still[code].area == there, "an open signal lies where it lies"
        assert {holder.user_id for holder in PostHolder.objects.filter(post__area=there)} == before
        what_runs_is_found_on_its_page(sign_in, cast, code)
        its_figures_reach_back(sign_in, cast, code)
    who_could_look_still_can(els, cast, over, month)


def halves(area: Area) -> tuple[BaseGeometry, BaseGeometry]:
    whole = shape_of(area.boundary)
    left, _bottom, right, _top = whole.bounds
    middle = (left + right) / 2
    return whole.intersection(shapely.box(left, 50, middle, 51)), whole.intersection(shapely.box(middle, 50, right, 51))


def point(part: BaseGeometry) -> tuple[float, float]:
    inside = part.representative_point()
    return inside.x, inside.y


def everything_runs(cast: Cast, overleie: Area) -> None:
    team, today = Team.objects.get(code=TEAM), timezone.localdate()
    bulletin(cast, title="Zitbanken langs de Leie", audience="partners")
    action = Action.objects.create(title="Lichtplan voor de kaai", team=team)
    action.areas.set([overleie])
    flag = AreaFlag.objects.create(
        kind="risk", place="Budabrug", reason="Gladde planken", team=team, by=cast["gebiedswerker"], starts=today,
        review_on=today + 60 * A_DAY, audience="partners", source="screening",
    )  # fmt: skip
    flag.areas.set([overleie])
    assert Post.objects.filter(area=overleie).exists()


def closed(signal: Signal, days: int) -> Signal:
    at = timezone.now() - days * A_DAY
    Signal.objects.filter(pk=signal.pk).update(
        reported_at=at, last_reported_at=at, closed_at=at + A_DAY, status=SignalStatus.CLOSED, outcome="Opgeruimd."
    )
    return signal


def the_council_decides(folder: Path, west: BaseGeometry, east: BaseGeometry) -> AreaSet:
    shapes = {area.code: (area.name, shape_of(area.boundary)) for area in Area.objects.in_set("gebieden17")}
    shapes |= {"overleie": ("Overleie", west), "buda": ("Buda", east)}
    features = [
        {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": boundary_of(shape)}
        for code, (name, shape) in shapes.items()
    ]
    file, today = folder / "grenzen.geojson", timezone.localdate()
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    call_command("import_areas", str(file), "--set", "gebieden17", "--valid-from", today.isoformat(), verbosity=0)
    return AreaSet.objects.get(code="gebieden17", valid_from=today)


def the_night_passes() -> None:
    adopt_areas()
    for job in Job.objects.filter(kind="adopt-areas"):
        tasks.run_job(str(job.pk))
        job.refresh_from_db()
        assert job.state == State.DONE
    adopt_areas()  # the next night there is nothing left to do
    assert Job.objects.filter(kind="adopt-areas").count() == 1
    cache.clear()


def closed_and_told_stays_where_it_was(over: list[Signal], old: Area, month: dt.date) -> None:
    assert set(Signal.objects.filter(pk__in=[each.pk for each in over]).values_list("area", flat=True)) == {old.pk}
    kept = MonthlyReport.objects.filter(month=month, area__set__code="gebieden17")
    assert set(kept.values_list("area", flat=True)) == {old.pk}


def what_runs_is_found_on_its_page(sign_in: SignIn, cast: Cast, code: str) -> None:
    for who in ("gebiedswerker", "wijkinspecteur", "verpleegkundige"):
        client = sign_in(User.objects.get(pk=cast[who].pk))
        assert client.get(reverse("areas:area", args=[code])).status_code == 200
        page = client.get(reverse("areas:area", args=[code]), {"alles": "1"}).content.decode()
        for words in ("Zitbanken langs de Leie", "Budabrug"):
            assert words in page, f"{who} misses {words} in {code}"
        assert Action.objects.readable(access_of(User.objects.get(pk=cast[who].pk))).filter(areas__code=code).exists()


def its_figures_reach_back(sign_in: SignIn, cast: Cast, code: str) -> None:
    """Of the twelve that were closed before the division each half has its share."""
    cache.clear()
    client = sign_in(User.objects.get(pk=cast["wijkinspecteur"].pk))
    answer = client.get(reverse("areas:area-section", args=[code, "doing"]), {"dagen": "30"})
    lines = {line.indicator.key: line for line in answer.context["content"]["lines"]}
    days = lines["signals-days"]
    assert days.now is not None, "closed before the division, and still compared"
    assert days.past[0] is not None
    actions = lines["actions-open"]
    assert actions.now == 0, "it was made today"


def who_could_look_still_can(els: Client, cast: Cast, over: list[Signal], month: dt.date) -> None:
    els_now = access_of(User.objects.get(pk=cast["gebiedswerker"].pk))
    readable = Signal.objects.readable(els_now).filter(pk__in=[each.pk for each in over])
    assert readable.count() == len(over)
    assert MonthlyReport.objects.readable(els_now).filter(month=month).exists()
    assert els.get(reverse("reports:reports")).status_code == 200
    elsewhere = access_of(User.objects.get(pk=cast["wijkinspecteur.zuid"].pk))
    assert not Signal.objects.readable(elsewhere).filter(pk__in=[each.pk for each in over]).exists()
