"""Where people can go: seeded as the sources say, moved without a gap, and kept by its organisation."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from areas.models import Area
from kortrijk_gebied.refusals import Refused
from teams.care import seed
from teams.models import PresenceHour, ServicePoint, ServicePointPlace, Team, User
from teams.views.service_points import PER_PAGE
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


class TestStaying:
    def coming(self, days: int = 10) -> ServicePointPlace:
        point().move(place(days))
        return point().places.get(starts=a_day(days))

    def stay(self, client: Client, found: ServicePointPlace) -> int:
        return client.post(reverse("care:service-point-stay", args=["t-cirkant", found.pk])).status_code

    def test_takes_back_a_move_that_is_still_ahead(self, cast: Cast, sign_in: SignIn) -> None:
        client, found = sign_in(cast["verpleegkundige"]), self.coming()
        assert "Verhuist toch niet" in client.get(point().get_absolute_url()).content.decode()
        assert [self.stay(client, found) for _time in range(2)] == [302, 302]
        assert point().places.get().ends is None
        assert "Verhuist toch niet" not in client.get(point().get_absolute_url()).content.decode()

    def test_leaves_what_it_did_and_what_it_has_alone(self, cast: Cast, sign_in: SignIn) -> None:
        client, moved = sign_in(cast["verpleegkundige"]), self.coming(-3)
        self.stay(client, moved)
        assert point().places.count() == 2
        ServicePointPlace.objects.exclude(pk=moved.pk).delete()
        ServicePointPlace.objects.update(starts=a_day(3))
        self.stay(client, moved)
        assert point().places.count() == 1

    def test_is_for_its_keepers_alone(self, cast: Cast, sign_in: SignIn) -> None:
        found = self.coming()
        for who in ("projectmedewerker", "wijkinspecteur"):
            assert self.stay(sign_in(cast[who]), found) == 403
        assert sign_in(cast["verpleegkundige"]).get(
            reverse("care:service-point-stay", args=["t-cirkant", found.pk])).status_code == 405  # fmt: skip
        assert point().places.count() == 2


class TestPages:
    def test_come_in_parts(self, cast: Cast, sign_in: SignIn) -> None:
        client, url = sign_in(cast["fluvius"]), reverse("care:service-points")
        names = [row.name for number in (1, 2) for row in client.get(url, {"page": number}).context["page"]]
        assert len(names) == len(set(names)) == ServicePoint.objects.count()
        assert len(client.get(url).context["page"]) == PER_PAGE
        assert "page=2" in client.get(url).content.decode()

    def test_of_two_writers_let_the_second_read_first(self, cast: Cast, sign_in: SignIn) -> None:
        client, url = sign_in(cast["verpleegkundige"]), reverse("care:service-point-edit", args=["t-cirkant"])
        words = {
            "name": "’t Cirkant",
            "kind": "service_centre",
            "stood": client.get(url).context["form"]["stood"].value(),
        }
        assert client.post(url, {**words, "hours": "Elke werkdag"}).status_code == 302
        answer = client.post(url, {**words, "hours": "Alleen dinsdag"})
        assert (answer.status_code, "Elke werkdag" in answer.content.decode()) == (422, True)
        assert point().hours == "Elke werkdag"

    def test_refuse_a_year_typed_wrongly_and_take_a_comma(self, cast: Cast, sign_in: SignIn) -> None:
        client, move = sign_in(cast["verpleegkundige"]), reverse("care:service-point-move", args=["t-cirkant"])
        words = {"plaats-address": "Elders 4", "plaats-longitude": "3,26", "plaats-latitude": "50.82"}
        assert client.post(move, {**words, "plaats-starts": "2926-01-05"}).status_code == 422
        assert client.post(move, {**words, "plaats-starts": f"{a_day(5):%Y-%m-%d}"}).status_code == 302
        assert point().places.get(starts=a_day(5)).longitude == 3.26

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
