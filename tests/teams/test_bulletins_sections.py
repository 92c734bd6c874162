"""News where an area shows itself: on its page, in a briefing, and in the report of a month."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from areas.models import Area, Crosswalk
from kortrijk_gebied.sections import Content, Period, Place, Request, get_section
from teams.access import access_of, access_of_organisation
from teams.bulletins.sections import MOST_IN_REPORT
from teams.models import Bulletin, Organisation
from tests.cast import Cast, area
from tests.teams.bulletins import bulletin

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def content(key: str, place: Place, viewer: Any, where: Area) -> Content:
    found = get_section(key, place)
    assert found
    period = Period(timezone.now() - 30 * DAY, timezone.now() + DAY)
    return found.content(Request(viewer=viewer, area=where, period=period))


def titles(shown: Content) -> list[str]:
    return [row.title for row in shown["bulletins"]] if shown else []


class TestAreaPage:
    def test_shows_what_this_reader_may_read(self, cast: Cast) -> None:
        bulletin(cast, title="Binnen het team")
        bulletin(cast, title="Voor partners", audience="partners")
        bulletin(cast, title="Elders", audience="partners", areas=("Pius X",))
        here = area("Overleie")
        inside = content("bulletins", Place.AREA, access_of(cast["wijkinspecteur"]), here)
        outside = content("bulletins", Place.AREA, access_of(cast["verpleegkundige"]), here)
        assert titles(inside) == ["Voor partners", "Binnen het team"]
        assert titles(outside) == ["Voor partners"]

    def test_lets_those_write_who_may(self, cast: Cast) -> None:
        for who, may in (("gebiedswerker", True), ("beheerder", False)):
            shown = content("bulletins", Place.AREA, access_of(cast[who]), area("Overleie"))
            assert shown
            assert shown["may_write"] is may


class TestBriefing:
    def test_holds_campaigns_that_run_today_in_the_zone_or_an_area_of_it(self, cast: Cast) -> None:
        today = timezone.localdate()
        runs: dict[str, Any] = {"kind": "campaign", "audience": "partners"}
        bulletin(cast, title="Loopt", starts=today - DAY, ends=today, **runs)
        bulletin(cast, title="Zonder einde", starts=today, **runs)
        bulletin(cast, title="Voorbij", starts=today - 9 * DAY, ends=today - DAY, **runs)
        bulletin(cast, title="Morgen", starts=today + DAY, **runs)
        bulletin(cast, title="Nieuws", audience="partners")
        part = Crosswalk.objects.filter(to_area=area("Overleie"), from_area__set__code="binnenstad5", share__gt="0.05")
        zone = part.select_related("from_area__set")[0].from_area
        warden = access_of(cast["gemeenschapswacht"])
        for where in (area("Overleie"), zone):
            assert set(titles(content("campaigns", Place.BRIEFING, warden, where))) == {"Loopt", "Zonder einde"}
        assert content("campaigns", Place.BRIEFING, warden, area("Marke")) is None


class TestReport:
    def test_is_the_same_in_every_copy_and_holds_nothing_of_one_house(self, cast: Cast) -> None:
        bulletin(cast, title="Binnen het team")
        bulletin(cast, title="Voor partners", audience="partners")
        old = bulletin(cast, title="Vroeger", audience="public")
        Bulletin.objects.filter(pk=old.pk).update(published_at=timezone.now() - 50 * DAY)
        here = area("Overleie")
        copies = [
            titles(content("bulletins-month", Place.REPORT, access_of_organisation(organisation, here), here))
            for organisation in Organisation.objects.exclude(kind="partner")
        ]
        assert copies == [["Voor partners"]] * 3

    def test_says_how_many_more_there_are(self, cast: Cast) -> None:
        for number in range(MOST_IN_REPORT + 2):
            bulletin(cast, title=f"Bericht {number}", audience="partners")
        here = area("Overleie")
        viewer = access_of_organisation(Organisation.objects.get(code="stad"), here)
        shown = content("bulletins-month", Place.REPORT, viewer, here)
        assert shown
        assert (len(shown["bulletins"]), shown["more"]) == (MOST_IN_REPORT, 2)
