"""The inner city is divided anew while a rota runs: it says so, and one press makes a draft over the new zones."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from areas.geometry import boundary_of, shape_of
from areas.models import Area, AreaSet
from teams.models import PostHolder, Rota, User
from teams.rota import drafting
from teams.rota.own import serving
from teams.rota.publishing import outlook, publish
from teams.rota.tables import week
from tests.cast import Cast
from tests.teams.rotas import published, zones

type SignIn = Callable[[User], Client]


@pytest.fixture
def rota(cast: Cast) -> Rota:
    return published(cast["coordinator"])


@pytest.fixture
def divided(rota: Rota, tmp_path: Path) -> list[Area]:
    """The first zone is cut in two: one half keeps its code, the other is called Nieuwmarkt."""
    shapes = {zone.code: (zone.name, shape_of(zone.boundary)) for zone in zones()}
    first = zones()[0]
    left, bottom, right, top = shapes[first.code][1].bounds
    middle = left + (right - left) * 0.6
    whole = shapes[first.code][1]
    shapes[first.code] = (first.name, whole.intersection(shapely.box(left, bottom, middle, top)))
    shapes["nieuwmarkt"] = ("Nieuwmarkt", whole.intersection(shapely.box(middle, bottom, right, top)))
    features = [
        {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": boundary_of(shape)}
        for code, (name, shape) in shapes.items()
    ]
    file, today = tmp_path / "zones.geojson", timezone.localdate()
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    call_command("import_areas", str(file), "--set", "binnenstad5", "--valid-from", today.isoformat(), verbosity=0)
    now = AreaSet.objects.current().get(code="binnenstad5")
    return list(now.areas.order_by("position", "code"))


class TestNewZones:
    def test_are_told_to_the_team_with_the_way_to_them(
        self, rota: Rota, divided: list[Area], cast: Cast, sign_in: SignIn
    ) -> None:
        page = sign_in(cast["coordinator"]).get(rota.get_absolute_url()).content.decode()
        assert "geldt niet meer sinds" in page
        assert "Ga over naar de nieuwe zones" in page
        warden = sign_in(cast["gemeenschapswacht"]).get(rota.get_absolute_url()).content.decode()
        assert "geldt niet meer sinds" in warden
        assert "Ga over naar de nieuwe zones" not in warden

    def test_change_nothing_by_themselves(self, rota: Rota, divided: list[Area]) -> None:
        assert [each.zone for each in serving(rota, timezone.localdate())] == list(
            rota.zones.order_by("position", "code")
        )
        assert all(each.people for each in serving(rota, timezone.localdate()))

    def test_are_those_of_the_draft_with_somebody_in_each(
        self, rota: Rota, divided: list[Area], cast: Cast, sign_in: SignIn
    ) -> None:
        bram = sign_in(cast["coordinator"])
        assert bram.post(reverse("rota:filling", args=[rota.pk])).status_code == 302
        draft = rota.draft
        assert draft
        seen = outlook(draft)
        assert (seen.refused, seen.uncovered) == ([], [])
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        ahead = draft.turns.filter(starts__lte=tomorrow, ends__gte=tomorrow)
        assert set(ahead.values_list("zone", flat=True)) == {zone.pk for zone in divided}
        before = draft.turns.filter(ends__lte=timezone.localdate())
        assert not set(before.values_list("zone", flat=True)) & {zone.pk for zone in divided}
        assert bram.get(reverse("rota:version", args=[draft.pk])).status_code == 200

    def test_hold_from_publication_on_and_what_was_told_is_found_back(
        self, rota: Rota, divided: list[Area], cast: Cast, sign_in: SignIn
    ) -> None:
        old = rota.published
        assert old
        draft = drafting.fill_in(rota, by=cast["coordinator"])
        publish(draft, by=cast["coordinator"], late=True)
        assert set(rota.zones.all()) == set(divided)
        page = sign_in(cast["coordinator"]).get(rota.get_absolute_url()).content.decode()
        assert "geldt niet meer sinds" not in page
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        held = PostHolder.objects.filter(post__team=rota.team, starts__lte=tomorrow, ends__gte=tomorrow)
        assert {zone.pk for zone in divided} <= set(held.values_list("post__area", flat=True))
        monday = timezone.localdate() - dt.timedelta(days=timezone.localdate().weekday())
        former = week(old, monday)
        assert not {line.zone for line in former} & set(divided)
        assert any(cell.shifts for line in former for cell in line.cells)
