import datetime as dt
import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from areas.models import Area
from areas.within import areas_of_zone
from kortrijk_gebied.ids import uuid7
from signals.demo.accounts import address
from teams.directory import week_of, who_is_who
from teams.models import Absence, Function, Membership, Post, PostHolder, PresenceHour, Team, User
from tests.cast import Cast

type SignIn = Callable[[User], Client]


@pytest.fixture
def overleie(kortrijk: None) -> Area:
    return Area.objects.get(set__code="gebieden17", name="Overleie")


def photo() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(drawn, "PNG")
    return SimpleUploadedFile("ik.png", drawn.getvalue(), "image/png")


class TestDirectory:
    def test_names_each_once_with_hours_deputy_and_absence(self, cast: Cast, sign_in: SignIn, overleie: Area) -> None:
        els, today = cast["gebiedswerker"], timezone.localdate()
        User.objects.filter(pk=els.pk).update(hours="maandag tot donderdag", deputy=cast["coordinator"])
        PresenceHour.objects.create(
            user=els, area=overleie, place="Dienstencentrum", weekday=1, opens=dt.time(9), closes=dt.time(12)
        )
        Absence.objects.create(user=els, starts=today, ends=today, replaced_by=cast["projectmedewerker"])
        page = sign_in(cast["wijkinspecteur"]).get(reverse("directory:directory", args=[overleie.code])).text
        for words in [
            "maandag tot donderdag",
            "Dienstencentrum",
            cast["projectmedewerker"].name,
            'href="tel:056000004"',
        ]:
            assert words in page
        Membership.objects.filter(user=els, team__kind="area", team__areas=overleie).update(role="chair")
        entries = who_is_who(overleie, today)
        assert "voorzitter" in next(entry for entry in entries if entry.person == els).functions
        assert len({entry.person.pk for entry in entries}) == len(entries)

    def test_names_who_serves_by_the_rota_in_a_zone_over_the_area(self, cast: Cast, overleie: Area) -> None:
        today, team = timezone.localdate(), Team.objects.get(code="gemeenschapswachten")
        over, beside = (Area.objects.get(set__code="binnenstad5", name=name) for name in ("Noord", "Zuid"))
        assert overleie in areas_of_zone(over)
        for zone, who in ((over, "gemeenschapswacht"), (beside, "gemeenschapswacht.centrum")):
            post = Post.objects.create(team=team, area=zone, function=Function.COMMUNITY_WARDEN)
            holder = User.objects.get(email=address(who))
            PostHolder.objects.create(post=post, user=holder, starts=today, ends=today)
        names = [entry.person.email for entry in who_is_who(overleie, today)]
        assert address("gemeenschapswacht") in names
        assert address("gemeenschapswacht.centrum") not in names
        tomorrow = [entry.person.email for entry in who_is_who(overleie, today + dt.timedelta(days=1))]
        assert address("gemeenschapswacht") not in tomorrow

    def test_is_for_who_follows_the_area(self, cast: Cast, sign_in: SignIn, overleie: Area) -> None:
        address = reverse("directory:directory", args=[overleie.code])
        assert sign_in(cast["wijkinspecteur"]).get(address).status_code == 200
        assert sign_in(cast["wijkinspecteur.zuid"]).get(address).status_code == 404
        assert sign_in(cast["fluvius"]).get(address).status_code == 403
        assert Client().get(address).status_code == 302

    def test_costs_the_same_however_many(
        self, cast: Cast, overleie: Area, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
    ) -> None:
        with django_assert_num_queries(6):
            for entry in who_is_who(overleie, timezone.localdate()):
                str(entry.person.organisation), entry.person.away, entry.person.hours_here  # type: ignore[attr-defined]


class TestWeek:
    """When is somebody there?"""

    @pytest.fixture
    def found(self, cast: Cast, overleie: Area) -> list[PresenceHour]:
        ward = Team.objects.get(code="gebiedsteam-overleie-pius-x")
        there = {"area": overleie, "opens": dt.time(9), "closes": dt.time(12, 30)}
        return [
            PresenceHour.objects.create(user=cast["gebiedswerker"], place="Dienstencentrum", weekday=1, **there),
            PresenceHour.objects.create(
                team=ward, place="Antenne", weekday=3, is_public=True, note="niet in juli", **there
            ),
            PresenceHour.objects.create(
                user=cast["wijkinspecteur"], place="Buurthuis", weekday=3, is_public=True, **there
            ),
        ]

    @pytest.mark.usefixtures("found")
    def test_stands_by_day_in_who_is_who(self, cast: Cast, sign_in: SignIn, overleie: Area) -> None:
        days = week_of(overleie, timezone.localdate())
        assert [(day, [row.place for row in rows]) for day, rows in days] == [
            ("dinsdag", ["Dienstencentrum"]), ("donderdag", ["Antenne", "Buurthuis"]),
        ]  # fmt: skip
        page = sign_in(cast["coordinator"]).get(reverse("directory:directory", args=[overleie.code])).text
        assert "Wanneer is er iemand?" in page
        assert "9.00–12.30 uur, Antenne" in page

    @pytest.mark.usefixtures("found")
    def test_tells_residents_what_is_meant_for_them_and_no_names(self, cast: Cast, overleie: Area) -> None:
        page = Client().get(reverse("news-area", args=[overleie.code])).text
        assert "Wanneer vindt u ons in de buurt?" in page
        assert "9.00–12.30 uur, Antenne: Gebiedsteam Overleie en Pius X (niet in juli)" in page
        assert "Buurthuis: " in page
        assert "Dienstencentrum" not in page
        assert cast["wijkinspecteur"].name not in page
        assert "Wanneer vindt u ons" not in Client().get(reverse("news-area", args=["kooigem"])).text

    def test_ends_after_it_begins(self, cast: Cast, sign_in: SignIn) -> None:
        typed = {"weekday": 1, "opens": "12:00", "closes": "09:00", "place": "Antenne", "starts": "2026-01-05"}
        answer = sign_in(cast["gebiedswerker"]).post(reverse("teams:presence-add"), typed)
        assert answer.status_code == 422
        assert answer.context["presence"].errors == {"closes": ["Het einde ligt voor het begin."]}

    def test_forgets_who_left_and_what_is_over(self, cast: Cast, found: list[PresenceHour], overleie: Area) -> None:
        User.objects.filter(pk=cast["gebiedswerker"].pk).update(is_active=False)
        found[1].starts -= dt.timedelta(days=9)
        found[1].ends = timezone.localdate() - dt.timedelta(days=1)
        found[1].save()
        assert [row.place for _day, rows in week_of(overleie, timezone.localdate()) for row in rows] == ["Buurthuis"]

    def test_costs_the_same_however_many(
        self,
        cast: Cast,
        found: list[PresenceHour],
        overleie: Area,
        django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
    ) -> None:
        for row in found * 3:
            row.pk = uuid7()
            row.save(force_insert=True)
        with django_assert_num_queries(2):
            for _day, rows in week_of(overleie, timezone.localdate()):
                for row in rows:
                    str(row.team and row.team.organisation), str(row.user and row.user.away)  # type: ignore[attr-defined]


class TestTeamHours:
    DATA = {"weekday": 1, "opens": "09:00", "closes": "12:00", "place": "Antenne", "starts": "2026-01-01"}

    def test_are_kept_by_its_members_and_stand_on_its_page(self, cast: Cast, sign_in: SignIn, overleie: Area) -> None:
        code, client = "gebiedsteam-overleie-pius-x", sign_in(cast["buurtwerker"])
        address = reverse("teams:team-presence", args=[code])
        assert client.post(address, self.DATA | {"closes": "08:00"}).status_code == 422
        for _time in range(2):  # sent twice
            assert client.post(address, self.DATA | {"area": overleie.pk, "is_public": "on"}).status_code == 302
        row = PresenceHour.objects.get()
        assert (row.team.code if row.team else "", row.user, row.is_public) == (code, None, True)
        assert "Antenne" in client.get(reverse("teams:team", args=[code])).text
        ending = reverse("teams:presence-ending", args=[row.pk])
        assert sign_in(cast["agent"]).post(ending).status_code == 404
        assert client.get(ending).status_code == 405
        assert client.post(ending)["Location"] == address
        row.refresh_from_db()
        assert row.ends == timezone.localdate()

    def test_for_residents_lie_in_an_area_and_hold_no_person(self, cast: Cast, sign_in: SignIn) -> None:
        client, address = (
            sign_in(cast["buurtwerker"]),
            reverse("teams:team-presence", args=["gebiedsteam-overleie-pius-x"]),
        )
        page = client.post(address, self.DATA | {"is_public": "on"})
        assert page.status_code == 422
        assert "bewoners zoeken het daar" in page.text
        assert client.post(address, self.DATA | {"note": "Bel 0475 12 34 56"}).status_code == 422
        assert not PresenceHour.objects.exists()

    @pytest.mark.parametrize(
        ("who", "code"), [("buurtwerker", 200), ("beheerder", 200), ("agent", 403), ("wijkinspecteur.zuid", 404)]
    )
    def test_are_for_who_is_in_it_or_manages_it(self, cast: Cast, sign_in: SignIn, who: str, code: int) -> None:
        address = reverse("teams:team-presence", args=["gebiedsteam-overleie-pius-x"])
        assert sign_in(cast[who]).get(address).status_code == code
        if code != 200:
            assert sign_in(cast[who]).post(address, self.DATA).status_code == code


class TestFace:
    def test_is_made_again_and_seen_by_colleagues_only(self, cast: Cast, sign_in: SignIn) -> None:
        els = sign_in(cast["gebiedswerker"])
        assert els.post(reverse("teams:face"), {"photo": photo()}).status_code == 302
        address = reverse("teams:face-of", args=[cast["gebiedswerker"].pk])
        seen = sign_in(cast["wijkinspecteur"]).get(address)
        assert (seen["Content-Type"], seen.getvalue()[:2]) == ("image/jpeg", b"\xff\xd8")
        assert sign_in(cast["fluvius"]).get(address).status_code == 404
        assert Client().get(address).status_code == 302
        assert els.post(reverse("teams:face-removal")).status_code == 302
        assert els.get(address).status_code == 404

    def test_is_not_seen_in_a_team_one_left(self, cast: Cast, sign_in: SignIn) -> None:
        """Of another organisation, and seen because they sat at one table."""
        lies, brigitte = cast["wijkinspecteur"], cast["coordinator.rand"]
        assert sign_in(lies).post(reverse("teams:face"), {"photo": photo()}).status_code == 302
        address, team = reverse("teams:face-of", args=[lies.pk]), Team.objects.get(code="operationele-stuurgroep")
        Membership.objects.filter(user=lies).update(starts=dt.date(2025, 1, 1), ends=dt.date(2026, 1, 1))
        Membership.objects.create(team=team, user=brigitte, function=Function.COORDINATOR)
        seat = Membership.objects.create(team=team, user=lies, function=Function.WARD_INSPECTOR)
        assert sign_in(brigitte).get(address).getvalue()[:2] == b"\xff\xd8"
        Membership.objects.filter(pk=seat.pk).update(starts=dt.date(2025, 1, 1), ends=dt.date(2026, 1, 1))
        assert sign_in(brigitte).get(address).status_code == 404

    def test_is_no_text(self, cast: Cast, sign_in: SignIn) -> None:
        upload = SimpleUploadedFile("ik.png", b"geen foto", "image/png")
        assert sign_in(cast["gebiedswerker"]).post(reverse("teams:face"), {"photo": upload}).status_code == 422
        assert not User.objects.get(pk=cast["gebiedswerker"].pk).photo


class TestReach:
    def test_names_a_deputy_of_the_own_house(self, cast: Cast, sign_in: SignIn) -> None:
        client, address = sign_in(cast["gebiedswerker"]), reverse("teams:reach")
        assert client.post(address, {"deputy": cast["wijkinspecteur"].pk}).status_code == 422
        assert client.post(address, {"deputy": cast["coordinator"].pk, "hours": "voormiddag"}).status_code == 302
        els = User.objects.get(pk=cast["gebiedswerker"].pk)
        assert (els.deputy, els.hours) == (cast["coordinator"], "voormiddag")

    def test_tells_where_one_is_until_one_stops(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        data = {"weekday": 1, "opens": "09:00", "closes": "12:00", "place": "Antenne", "starts": "2026-01-01"}
        add = reverse("teams:presence-add")
        assert client.post(add, data | {"closes": "08:00"}).status_code == 422
        assert client.post(add, data).status_code == 302
        row = PresenceHour.objects.get()
        assert row.user == cast["gebiedswerker"]
        ending = reverse("teams:presence-ending", args=[row.pk])
        assert sign_in(cast["coordinator"]).post(ending).status_code == 404
        assert client.post(ending).status_code == 302
        row.refresh_from_db()
        assert row.ends == timezone.localdate()
