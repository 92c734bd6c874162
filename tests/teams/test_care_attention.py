"""Attention for people over 75: numbers and appointments, for the OCMW alone, and nowhere a name."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.sections import Place, sections_on
from teams.models import AttentionAppointment, AttentionCount, ServicePoint, ServicePointPlace, Team, User
from tests.cast import Cast
from tests.teams.care import YEAR, a_day, care

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
OTHERS = ["coordinator", "projectmedewerker", "gemeenschapswacht", "wijkinspecteur", "coordinator.politie", "beheerder",
          "dpo", "vereniging", "fluvius"]  # fmt: skip
STRIKING = 4731


def counted(**more: object) -> dict[str, object]:
    month = timezone.localdate()
    return {"area": care().pk, "programme": "over_75", "month": f"{month:%Y-%m-%d}", "contacts": 3, **more}


def agreed(**more: object) -> dict[str, object]:
    return {
        "area": care().pk, "programme": "neighbours", "day": f"{a_day(7):%Y-%m-%d}", "hour": "14:00",
        "team": Team.objects.get(code="buurtwerk").pk, "place": ServicePoint.objects.get(code="centrum-overleie").pk,
        **more,
    }  # fmt: skip


def appointment(by: User) -> AttentionAppointment:
    return AttentionAppointment.objects.create(
        area=care(), programme="over_75", day=a_day(3), hour="10:00", team=Team.objects.get(code="sociale-dienst"),
        place=ServicePoint.objects.get(code="centrum-overleie"), by=by,
    )  # fmt: skip


class TestModels:
    @pytest.mark.parametrize("model", [AttentionCount, AttentionAppointment])
    def test_have_no_field_in_which_a_name_could_stand(self, model: type[models.Model]) -> None:
        texts = (models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField)
        free = [field.name for field in model._meta.get_fields() if isinstance(field, texts) and not field.choices]
        assert free == []
        people = [field.name for field in model._meta.get_fields() if getattr(field, "related_model", None) is User]
        assert set(people) <= {"by", "done_by"}  # colleagues who counted

    def test_know_a_month_by_its_first_day(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError, match="of_a_month"), transaction.atomic():
            AttentionCount.objects.create(
                area=care(), programme="over_75", month=f"{YEAR}-01-02", contacts=1, by=cast["verpleegkundige"]
            )


class TestCount:
    def test_is_kept_once_a_month_and_counted_anew(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["verpleegkundige"])
        for contacts in (3, 4):
            answer = client.post(reverse("care:attention-counts"), counted(contacts=contacts))
            assert answer.status_code == 302
        found = AttentionCount.objects.get()
        assert (found.contacts, found.month.day, found.by) == (4, 1, cast["verpleegkundige"])

    def test_is_shown_to_the_ocmw_as_it_is_however_small(self, cast: Cast, sign_in: SignIn) -> None:
        sign_in(cast["verpleegkundige"]).post(reverse("care:attention-counts"), counted(contacts=1))
        assert "1 contact<" in sign_in(cast["buurtwerker"]).get(reverse("care:attention")).content.decode()

    def test_is_of_no_month_to_come(self, cast: Cast, sign_in: SignIn) -> None:
        answer = sign_in(cast["verpleegkundige"]).post(
            reverse("care:attention-counts"), counted(month=f"{a_day(40):%Y-%m-%d}")
        )
        assert answer.status_code == 422
        assert not AttentionCount.objects.exists()

    def test_is_of_no_month_that_is_not_shown(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["verpleegkundige"])
        for days, code in ((-340, 302), (-420, 422)):
            sent = counted(month=f"{a_day(days):%Y-%m-%d}")
            assert client.post(reverse("care:attention-counts"), sent).status_code == code
        assert len(client.get(reverse("care:attention")).context["months"]) == 1

    def test_is_not_for_a_desk_that_only_reads(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["dienstencentrum"])
        assert client.get(reverse("care:attention")).status_code == 200
        assert client.post(reverse("care:attention-counts"), counted()).status_code == 403


class TestAppointment:
    def test_stands_in_the_list_once(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["buurtwerker"])
        assert client.post(reverse("care:attention-appointments"), agreed()).status_code == 302
        assert client.post(reverse("care:attention-appointments"), agreed()).status_code == 422
        assert AttentionAppointment.objects.get().by == cast["buurtwerker"]

    def test_is_done_by_the_first_who_says_so_and_then_stays(self, cast: Cast, sign_in: SignIn) -> None:
        found = appointment(cast["verpleegkundige"])
        for who in ("buurtwerker", "verpleegkundige"):
            sign_in(cast[who]).post(reverse("care:attention-done", args=[found.pk]))
        sign_in(cast["verpleegkundige"]).post(reverse("care:attention-removal", args=[found.pk]))
        assert AttentionAppointment.objects.get().done_by == cast["buurtwerker"]

    def test_is_taken_from_the_list_when_it_falls_through(self, cast: Cast, sign_in: SignIn) -> None:
        found = appointment(cast["verpleegkundige"])
        sign_in(cast["verpleegkundige"]).post(reverse("care:attention-removal", args=[found.pk]))
        assert not AttentionAppointment.objects.exists()

    def test_is_with_a_team_and_a_point_of_today(self, cast: Cast, sign_in: SignIn) -> None:
        client, url = sign_in(cast["buurtwerker"]), reverse("care:attention-appointments")
        ServicePointPlace.objects.filter(point__code="t-cirkant").update(ends=a_day(-1))
        closed = ServicePoint.objects.get(code="t-cirkant").pk
        assert client.post(url, agreed(place=closed)).status_code == 422
        Team.objects.filter(code="sociale-dienst").update(ends=a_day(-1))
        assert client.post(url, agreed(team=Team.objects.get(code="sociale-dienst").pk)).status_code == 422
        assert client.post(url, agreed()).status_code == 302

    def test_is_with_a_team_of_the_ocmw_alone(self, cast: Cast, sign_in: SignIn) -> None:
        other = Team.objects.get(code="groen").pk
        answer = sign_in(cast["buurtwerker"]).post(reverse("care:attention-appointments"), agreed(team=other))
        assert answer.status_code == 422


class TestOthers:
    @pytest.mark.parametrize("who", OTHERS)
    def test_find_no_page(self, cast: Cast, sign_in: SignIn, who: str) -> None:
        found, client = appointment(cast["verpleegkundige"]), sign_in(cast[who])
        assert client.get(reverse("care:attention")).status_code == 404
        assert client.post(reverse("care:attention-counts"), counted()).status_code == 404
        assert client.post(reverse("care:attention-appointments"), agreed()).status_code == 404
        for what in ("done", "removal"):
            assert client.post(reverse(f"care:attention-{what}", args=[found.pk])).status_code == 404
        assert AttentionAppointment.objects.get().done_at is None

    @pytest.mark.parametrize("who", ["coordinator", "projectmedewerker", "wijkinspecteur", "coordinator.politie"])
    def test_read_no_figure_anywhere(self, cast: Cast, sign_in: SignIn, who: str) -> None:
        AttentionCount.objects.create(
            area=care(), programme="over_75", month=timezone.localdate().replace(day=1), contacts=STRIKING,
            by=cast["verpleegkundige"],
        )  # fmt: skip
        client = sign_in(cast[who])
        pages = [reverse("care:grid"), reverse("care:matrix", args=["zorg-2", YEAR]), reverse("care:service-points"),
                 "/vandaag/"]  # fmt: skip
        pages += [f"/gebieden/{code}/blok/{section.key}/" for section in sections_on(Place.AREA)
                  for code in ("overleie", "zorg-2")]  # fmt: skip
        for page in pages:
            said = client.get(page).content.decode()
            assert str(STRIKING) not in said
            assert reverse("care:attention") not in said
        assert str(STRIKING) in sign_in(cast["verpleegkundige"]).get(reverse("care:attention")).content.decode()
