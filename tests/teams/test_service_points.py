"""Where people can go: seeded as the sources say, moved without a gap, and kept by its organisation."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from areas.models import Area
from kortrijk_gebied.refusals import Refused
from teams.care import seed
from teams.models import PresenceHour, ServicePoint, ServicePointPlace, Team, User
from tests.cast import OVERLEIE, Cast, area
from tests.teams.care import a_day, care

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


def point(code: str = "t-cirkant") -> ServicePoint:
    return ServicePoint.objects.get(code=code)


def place(days: int, address: str = "Nieuwe Straat 1", **more: object) -> ServicePointPlace:
    return ServicePointPlace(starts=a_day(days), address=address, **more)


class TestSeed:
    def test_brings_every_point_that_the_sources_name(self, kortrijk: None) -> None:
        kinds = [(kind, ServicePoint.objects.filter(kind=kind).count()) for kind in ServicePoint.Kind.values]
        assert dict(kinds) == {
            "service_centre": 6, "neighbourhood_house": 5, "community_centre": 9, "antenna": 7, "desk": 2, "sitting": 0,
        }  # fmt: skip
        south = ServicePoint.objects.filter(code__startswith="antenne-zuid-")
        assert [each.places.get().address for each in south] == ["", "", ""]

    def test_leaves_empty_what_is_not_known(self, kortrijk: None) -> None:
        assert point("de-conde").places.get().address == ""
        assert point("de-conde").places.get().area_ids == []
        assert point("de-zonnewijzer").places.get().address == "Langemeersstraat 6, 8500 Kortrijk"
        assert not ServicePoint.objects.exclude(phone="", hours="").exists()

    def test_may_be_run_again(self, kortrijk: None) -> None:
        ServicePoint.objects.filter(code="t-cirkant").update(name="’t Cirkant anders")
        before = ServicePointPlace.objects.count()
        seed.seed()
        assert ServicePointPlace.objects.count() == before
        assert point().name == "’t Cirkant anders"

    def test_says_where_each_comes_from(self, kortrijk: None) -> None:
        assert not ServicePoint.objects.filter(source="").exists()


class TestPlace:
    def test_lies_in_an_area_of_every_set(self, kortrijk: None) -> None:
        spot = ServicePointPlace(point=point(), starts=a_day(0), longitude=OVERLEIE[0], latitude=OVERLEIE[1])
        point().move(spot)
        sets = set(Area.objects.filter(pk__in=point().places.first().area_ids).values_list("set__code", flat=True))  # type: ignore[union-attr]
        assert {"gebieden17", "woonzorg8", "wijken-politie"} <= sets

    def test_of_which_only_the_area_is_known_lies_in_what_holds_it(self, kortrijk: None) -> None:
        found = set(point().places.get().area_ids)
        assert {area("Marke").pk, care("zorg-7").pk} <= found

    def test_is_one_at_a_time(self, kortrijk: None) -> None:
        with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
            ServicePointPlace.objects.create(point=point(), starts=a_day(-5), address="Elders 2")

    def test_has_both_sides_of_its_spot_or_none(self, kortrijk: None) -> None:
        point().places.all().delete()
        with pytest.raises(IntegrityError, match="spot_is_whole"), transaction.atomic():
            ServicePointPlace.objects.create(point=point(), starts=a_day(0), latitude=50.8)


class TestMove:
    def test_ends_the_former_place_the_day_before(self, kortrijk: None) -> None:
        point().move(place(10))
        new, old = point().places.all()
        assert (old.ends, new.starts, new.ends) == (a_day(9), a_day(10), None)

    def test_done_twice_is_one_move(self, kortrijk: None) -> None:
        point().move(place(10))
        point().move(place(10))
        assert point().places.count() == 2

    def test_does_not_go_back_before_the_last_one(self, kortrijk: None) -> None:
        point().move(place(10))
        with pytest.raises(Refused, match="verhuizing"):
            point().move(place(5, "Elders 3"))
        assert point().places.count() == 2

    def test_puts_the_point_in_its_new_area_from_that_day(self, kortrijk: None) -> None:
        point().move(place(10, area=area("Overleie")))
        north = [care("zorg-2").pk]
        assert point() not in ServicePoint.objects.within(north, a_day(9))
        assert point() in ServicePoint.objects.within(north, a_day(10))


class TestPages:
    def test_show_every_colleague_where_people_can_go(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["fluvius"])
        page = client.get(reverse("care:service-points")).content.decode()
        assert "De Zonnewijzer" in page
        assert "Langemeersstraat 6" in page
        here = client.get(reverse("care:service-points") + "?gebied=zorg-7").content.decode()
        assert "OC Marke" in here
        assert "De Zonnewijzer" not in here

    def test_tell_when_it_moved(self, cast: Cast, sign_in: SignIn) -> None:
        point().move(place(-3))
        page = sign_in(cast["wijkinspecteur"]).get(point().get_absolute_url()).content.decode()
        assert "verhuisde hierheen op" in page
        assert "Nieuwe Straat 1" in page

    def test_tell_who_sits_there_and_when(self, cast: Cast, sign_in: SignIn) -> None:
        PresenceHour.objects.create(
            team=Team.objects.get(code="sociale-dienst"), place="Spreekkamer", service_point=point(), weekday=1,
            opens="13:30", closes="16:00", note="zitdag sociale dienst", starts=a_day(-9),
        )  # fmt: skip
        client = sign_in(cast["wijkinspecteur"])
        for page in (reverse("care:service-points"), point().get_absolute_url(),
                     "/gebieden/marke/blok/service-points/"):  # fmt: skip
            said = client.get(page).content.decode()
            assert "Sociale dienst: dinsdag 13.30" in said
            assert "zitdag sociale dienst" in said

    def test_name_the_single_contact_point_of_an_area(self, cast: Cast, sign_in: SignIn) -> None:
        page = sign_in(cast["wijkinspecteur"]).get("/gebieden/marke/blok/service-points/").content.decode()
        assert "Uniek aanspreekpunt" in page
        assert page.index("OC Marke") < page.index("Cirkant")

    def test_add_a_point_of_the_own_organisation(self, cast: Cast, sign_in: SignIn) -> None:
        words = {"name": "Zitdag Pius X", "kind": "sitting", "hours": "Dinsdag 9 tot 12", "offers": "Soep",
                 "plaats-starts": f"{a_day(0):%Y-%m-%d}", "plaats-area": area("Pius X").pk}  # fmt: skip
        client = sign_in(cast["buurtwerker"])
        assert client.post(reverse("care:service-point-add"), words).status_code == 302
        assert point("zitdag-pius-x").organisation.code == "ocmw"
        assert client.post(reverse("care:service-point-add"), words).status_code == 422
        assert ServicePoint.objects.filter(name="Zitdag Pius X").count() == 1

    def test_ask_where_it_is(self, cast: Cast, sign_in: SignIn) -> None:
        words = {"name": "Zwevend punt", "kind": "desk", "plaats-starts": f"{a_day(0):%Y-%m-%d}"}
        answer = sign_in(cast["buurtwerker"]).post(reverse("care:service-point-add"), words)
        assert answer.status_code == 422
        assert not ServicePoint.objects.filter(name="Zwevend punt").exists()

    def test_change_and_move_by_its_keepers_alone(self, cast: Cast, sign_in: SignIn) -> None:
        change, move = (reverse(f"care:service-point-{what}", args=["t-cirkant"]) for what in ("edit", "move"))
        words = {"name": "’t Cirkant", "kind": "service_centre", "hours": "Elke werkdag"}
        moved = {"plaats-starts": f"{a_day(30):%Y-%m-%d}", "plaats-address": "Elders 4"}
        for who, code in (("projectmedewerker", 403), ("wijkinspecteur", 403), ("verpleegkundige", 302)):
            assert sign_in(cast[who]).post(change, words).status_code == code
            assert sign_in(cast[who]).post(move, moved).status_code == code
        assert point().hours == "Elke werkdag"
        assert point().places.first().starts == a_day(30)  # type: ignore[union-attr]

    def test_refuse_a_move_in_the_past_of_the_last_one(self, cast: Cast, sign_in: SignIn) -> None:
        move = reverse("care:service-point-move", args=["t-cirkant"])
        words = {"plaats-starts": f"{dt.date(2012, 1, 1):%Y-%m-%d}", "plaats-address": "Elders 5"}
        answer = sign_in(cast["verpleegkundige"]).post(move, words)
        assert answer.status_code == 422
        assert "Elders 5" in answer.content.decode()


class TestPublicPage:
    def page(self, code: str = "") -> str:
        url = reverse("points-area", args=[code]) if code else reverse("points")
        answer = Client().get(url)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_tells_everybody_where_they_can_go(self, kortrijk: None) -> None:
        assert "Langemeersstraat 6, 8500 Kortrijk" in self.page()
        assert "’t Cirkant" in self.page("marke")
        assert "’t Cirkant" not in self.page("overleie")
        assert Client().get(reverse("points-area", args=["nergens"])).status_code == 404

    def test_shows_each_once_and_those_of_which_no_area_is_known_too(self, kortrijk: None) -> None:
        assert self.page().count("Dienstencentrum De Condé</h3>") == 1
        assert self.page().count("Dienstencentrum ’t Cirkant</h3>") == 1

    def test_leaves_out_what_not_everybody_may_know(self, kortrijk: None) -> None:
        ServicePoint.objects.filter(code="t-cirkant").update(is_public=False)
        assert "Cirkant" not in self.page()
        assert "Cirkant" not in self.page("marke")

    def test_says_where_it_was_and_will_be(self, kortrijk: None) -> None:
        found = point()
        found.move(place(-30, "Nieuwe Straat 1", area=area("Marke")))
        found.move(place(30, "Latere Laan 2", area=area("Marke")))
        page = self.page("marke")
        assert "Nieuwe Straat 1" in page
        assert "Verhuist: vanaf" in page
        assert "Latere Laan 2" in page
        assert "Tot en met" in page

    def test_forgets_after_a_year_where_it_was(self, kortrijk: None) -> None:
        point().move(place(-400, "Nieuwe Straat 1", area=area("Marke")))
        assert "Tot en met" not in self.page("marke")

    def test_leaves_out_what_closed_for_good(self, kortrijk: None) -> None:
        ServicePointPlace.objects.filter(point=point()).update(ends=a_day(-1))
        assert "Cirkant" not in self.page()

    def test_says_when_residents_may_come_without_a_name(self, cast: Cast) -> None:
        hours = {
            "service_point": point(), "area": area("Marke"), "place": "’t Cirkant", "weekday": 1, "opens": "09:00",
            "closes": "11:30", "starts": a_day(-5),
        }  # fmt: skip
        team = Team.objects.get(code="buurtwerk")
        PresenceHour.objects.create(**hours, team=team, is_public=True, note="elke tweede dinsdag")
        PresenceHour.objects.create(**hours, user=cast["buurtwerker"], is_public=True, note="met koffie")
        PresenceHour.objects.create(**hours, team=team, note="alleen voor collega’s")
        page = self.page("marke")
        assert "Dinsdag 9.00–11.30 uur: Buurtwerk" in page
        assert "met koffie" in page
        assert cast["buurtwerker"].name not in page
        assert "alleen voor collega" not in page

    def test_asks_as_much_for_many_as_for_few(self, kortrijk: None) -> None:
        counts = []
        for more in ("een", "twee"):
            with CaptureQueriesContext(connection) as asked:
                self.page()
            counts.append(len(asked))
            for number in range(8):
                new = ServicePoint.objects.create(
                    code=f"{more}-{number}", name="Nieuw", kind="desk", organisation=point().organisation
                )
                ServicePointPlace.objects.create(point=new, starts=a_day(-9), area=area("Marke"))
        assert counts[0] == counts[1] <= 8


class TestSittingDays:
    SENT = {"weekday": 1, "opens": "09:00", "closes": "11:30", "starts": "2026-01-05"}

    def test_are_written_at_a_point_by_who_sits_there(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        sent = {**self.SENT, "service_point": point().pk}
        assert client.post(reverse("teams:presence-add"), sent).status_code == 302
        made = PresenceHour.objects.get()
        assert (made.service_point, made.place) == (point(), point().name)
        assert "dinsdag 9.00" in client.get(point().get_absolute_url()).content.decode().lower().replace(":", ".")

    def test_need_a_place(self, cast: Cast, sign_in: SignIn) -> None:
        answer = sign_in(cast["gebiedswerker"]).post(reverse("teams:presence-add"), self.SENT)
        assert answer.status_code == 422
        assert "kies een dienstpunt" in answer.content.decode()

    def test_are_not_written_at_what_closed(self, cast: Cast, sign_in: SignIn) -> None:
        ServicePointPlace.objects.filter(point=point()).update(ends=a_day(-1))
        sent = {**self.SENT, "service_point": point().pk}
        assert sign_in(cast["gebiedswerker"]).post(reverse("teams:presence-add"), sent).status_code == 422
        assert not PresenceHour.objects.exists()
