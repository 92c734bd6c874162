"""/beheer/: reference data for administrators, each of the own organisation, and no way into anything else."""

import re
from collections.abc import Callable

import pytest
from django.contrib import admin
from django.test import Client

from areas.models import Area, SectorWard
from reservations.load import load_buildings
from reservations.models import Building
from signals.levels import Level
from signals.models import Category
from teams.models import Organisation, User
from tests.cast import Cast

type SignIn = Callable[[User], Client]

CATEGORY = "/beheer/signals/category/"
OURS = {
    "organisation", "category", "building", "areaset", "area", "place", "sectorward", "schoolholiday",
    "targetgroup", "careneed", "phenomenon", "pricegroup", "pricemoment", "priceband", "discountreason",
}  # fmt: skip


@pytest.fixture
def administrator(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["beheerder"])


class TestSite:
    @pytest.mark.parametrize("who", ["coordinator", "dpo", "agent", "gebiedswerker"])
    def test_is_closed_to_who_is_no_administrator(self, cast: Cast, sign_in: SignIn, who: str) -> None:
        for url in ["/beheer/", CATEGORY, "/beheer/teams/organisation/"]:
            assert sign_in(cast[who]).get(url).status_code in {302, 403}

    def test_lists_what_it_holds_in_dutch(self, administrator: Client) -> None:
        html = administrator.get("/beheer/").content.decode()
        assert all(words in html for words in ["Onderwerpen", "Gebouwen", "Organisaties", "Sectoren per wijk"])
        links = set(re.findall(r'href="/beheer/\w+/(\w+)/"', html))
        assert links == OURS

    def test_opens_no_other_model(self, administrator: Client) -> None:
        """Whatever an app registers: only our own reference data answers."""
        for model in admin.site._registry:
            url = f"/beheer/{model._meta.app_label}/{model._meta.model_name}/"
            assert administrator.get(url).status_code == (200 if model._meta.model_name in OURS else 403), url

    def test_has_no_page_for_signals_reports_or_people(self, administrator: Client) -> None:
        for name in ["signals/signal", "signals/report", "signals/reporter", "signals/note", "teams/user", "auth/user"]:
            assert administrator.get(f"/beheer/{name}/").status_code == 404

    def test_deletes_nothing(self, cast: Cast, administrator: Client) -> None:
        for model, held_by in admin.site._registry.items():
            if model._meta.model_name in OURS:
                request = administrator.get("/beheer/").wsgi_request
                assert not held_by.has_delete_permission(request)
        category = Category.objects.get(name="Sluikstort")
        assert administrator.post(f"{CATEGORY}{category.pk}/delete/", {"post": "yes"}).status_code == 403
        assert Category.objects.filter(pk=category.pk).exists()


class TestOwnRows:
    def test_shows_the_subjects_of_the_own_organisation(self, administrator: Client) -> None:
        html = administrator.get(f"{CATEGORY}?q=").content.decode()
        assert "Sluikstort" in html
        assert "Bezorgd om iemand" not in html

    def test_of_another_organisation_cannot_be_opened(self, cast: Cast, sign_in: SignIn) -> None:
        sealed = Category.objects.get(name="Bezorgd om iemand")
        url = f"{CATEGORY}{sealed.pk}/change/"
        assert sign_in(cast["beheerder"]).get(url)["Location"] == "/beheer/"
        assert sign_in(cast["beheerder.ocmw"]).get(url).status_code == 200

    def test_a_level_is_not_lowered_afterwards(self, cast: Cast, sign_in: SignIn) -> None:
        sealed = Category.objects.get(name="Bezorgd om iemand")
        data = {"name": sealed.name, "term_days": "4", "level": "0", "order": "5", "active": "on"}
        assert sign_in(cast["beheerder.ocmw"]).post(f"{CATEGORY}{sealed.pk}/change/", data).status_code == 302
        sealed.refresh_from_db()
        assert (sealed.level, sealed.about_persons, sealed.term_days) == (Level.SEALED, True, 4)

    def test_what_is_added_belongs_to_the_own_organisation(self, cast: Cast, administrator: Client) -> None:
        data = {
            "name": "Losse kabel", "code": "losse-kabel", "term_days": "3", "level": "0", "order": "5", "active": "on",
            "owner": Organisation.objects.get(code="politie").pk,
        }  # fmt: skip
        assert administrator.post(f"{CATEGORY}add/", data).status_code == 302
        assert Category.objects.get(code="losse-kabel").owner == cast["beheerder"].organisation

    def test_a_building_of_another_organisation_cannot_be_opened(self, cast: Cast, sign_in: SignIn) -> None:
        load_buildings()
        building = Building.objects.get(code="sociaal-huis")
        url = f"/beheer/reservations/building/{building.pk}/change/"
        assert sign_in(cast["beheerder"]).get(url).status_code == 302
        assert sign_in(cast["beheerder.ocmw"]).get(url).status_code == 200

    def test_the_own_organisation_changes_its_phone_and_not_its_kind(self, cast: Cast, administrator: Client) -> None:
        own = Organisation.objects.get(code="stad")
        data = {"name": own.name, "letter": "S", "phone": "1777", "kind": "police", "intake_team": own.intake_team_id}
        assert administrator.post(f"/beheer/teams/organisation/{own.pk}/change/", data).status_code == 302
        own.refresh_from_db()
        assert (own.phone, own.kind) == ("1777", "city")
        foreign = Organisation.objects.get(code="ocmw")
        assert administrator.get(f"/beheer/teams/organisation/{foreign.pk}/change/").status_code == 302


class TestWards:
    def test_are_kept_by_the_police_and_drawn_again(
        self, cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: Callable[..., object]
    ) -> None:
        row = SectorWard.objects.select_related("ward").first()
        assert row
        other = Area.objects.filter(set=row.ward.set).exclude(pk=row.ward_id).get(name="Wijk 19 Kooigem")
        url, data = f"/beheer/areas/sectorward/{row.pk}/change/", {"ward": other.pk}
        assert sign_in(cast["beheerder"]).post(url, data).status_code == 403
        before = other.hectares
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            assert sign_in(cast["beheerder.politie"]).post(url, data).status_code == 302
        other.refresh_from_db()
        row.refresh_from_db()
        assert row.ward == other
        assert other.hectares > before
