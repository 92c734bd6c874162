"""Where people can go, as everybody reads it; and who sits at a point, and when."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from teams.models import PresenceHour, ServicePoint, ServicePointPlace, Team, User
from tests.cast import Cast, area
from tests.teams.care import a_day

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


def point(code: str = "t-cirkant") -> ServicePoint:
    return ServicePoint.objects.get(code=code)


def place(days: int, address: str = "Nieuwe Straat 1", **more: object) -> ServicePointPlace:
    return ServicePointPlace(starts=a_day(days), address=address, **more)


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
