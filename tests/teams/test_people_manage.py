"""The people of an organisation are kept by its own administrator, and by nobody else."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.jobs.registry import perform
from teams.access import Access, access_of
from teams.models import Membership, PostHolder, Team, User
from teams.models.teams import Dated
from tests.cast import Cast

type SignIn = Callable[[User], Client]

PEOPLE = "/teams/mensen/"


@pytest.fixture
def administrator(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["beheerder"])


def page_of(person: User) -> str:
    return f"{PEOPLE}{person.pk}/"


def run_jobs() -> None:
    for job in Job.objects.filter(kind="invitation"):
        perform(job)


class TestList:
    def test_shows_ones_own_people_only(self, cast: Cast, administrator: Client) -> None:
        html = administrator.get(PEOPLE).content.decode()
        assert "Bram Vandeputte" in html
        assert "Chantal Verhelst" not in html
        assert "Dirk Lagae" not in html

    @pytest.mark.parametrize("who", ["coordinator", "dpo", "agent", "wijkinspecteur"])
    def test_is_closed_to_who_is_no_administrator(self, cast: Cast, sign_in: SignIn, who: str) -> None:
        assert sign_in(cast[who]).get(PEOPLE).status_code == 403

    def test_sends_who_is_not_signed_in_to_the_entrance(self, client: Client, cast: Cast) -> None:
        assert client.get(PEOPLE)["Location"].startswith("/account/login/")

    def test_finds_by_name_by_function_and_among_the_stopped(self, cast: Cast, administrator: Client) -> None:
        User.objects.filter(pk=cast["agent"].pk).update(is_active=False)
        assert names(administrator, "?q=vandep") == ["Bram Vandeputte"]
        assert names(administrator, "?function=coordinator") == ["Bram Vandeputte", "Brigitte Callens"]
        assert names(administrator, "?shown=inactive") == ["Amber Desmet"]
        assert "Niemand gevonden" in administrator.get(f"{PEOPLE}?q=xyzxyz").content.decode()

    def test_costs_the_same_however_many_people(
        self, cast: Cast, administrator: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(20) as few:
            administrator.get(PEOPLE)
        team = Team.objects.get(code="groen")
        for number in range(30):
            person = User.objects.create_user(
                f"p{number}@kortrijk.example", name=f"P{number}", organisation=team.organisation
            )
            Membership.objects.create(user=person, team=team, function="executor")
        with django_assert_max_num_queries(len(few.captured_queries)):
            administrator.get(PEOPLE)


class TestAdding:
    data = {"name": "Nieuwe Collega", "email": "Nieuw@Kortrijk.example", "phone": ""}

    def test_makes_a_person_of_ones_own_organisation_without_password(self, cast: Cast, administrator: Client) -> None:
        response = administrator.post(f"{PEOPLE}nieuw/", {**self.data, "organisation": "2"})
        person = User.objects.get(email="nieuw@kortrijk.example")
        assert response["Location"] == page_of(person)
        assert person.organisation == cast["beheerder"].organisation
        assert not person.has_usable_password()

    def test_sends_a_link_with_which_the_person_chooses_a_password(self, cast: Cast, administrator: Client) -> None:
        administrator.post(f"{PEOPLE}nieuw/", self.data)
        run_jobs()
        (message,) = mail.outbox
        assert message.to == ["nieuw@kortrijk.example"]
        link = re.search(r"https?://\S+?(/account/password/reset/key/\S+)", str(message.body))
        assert link
        visitor = Client()
        form = visitor.get(link[1], follow=True)
        words = {"password1": "zeven-natte-otters", "password2": "zeven-natte-otters"}
        visitor.post(form.redirect_chain[-1][0], words)
        assert User.objects.get(email="nieuw@kortrijk.example").check_password("zeven-natte-otters")

    def test_keeps_the_link_out_of_the_database(self, cast: Cast, administrator: Client) -> None:
        administrator.post(f"{PEOPLE}nieuw/", self.data)
        assert "account/password" not in str(Job.objects.filter(kind="invitation").values())

    def test_refuses_an_address_somebody_has(self, cast: Cast, administrator: Client) -> None:
        response = administrator.post(f"{PEOPLE}nieuw/", {**self.data, "email": "Coordinator.OCMW@kortrijk.example"})
        assert response.status_code == 422
        assert "Iemand heeft dit adres al" in response.content.decode()
        assert 'value="Nieuwe Collega"' in response.content.decode()

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_tells_an_administrator_without_organisation_why_not(
        self, cast: Cast, administrator: Client, method: str
    ) -> None:
        assert administrator.get(f"{PEOPLE}nieuw/").status_code == 200
        User.objects.filter(pk=cast["beheerder"].pk).update(organisation=None)
        response = getattr(administrator, method)(f"{PEOPLE}nieuw/", self.data)
        assert response.status_code == 403
        assert "Je werkt nog voor geen organisatie" in response.text
        assert f"{PEOPLE}nieuw/" not in administrator.get(PEOPLE).text
        assert not User.objects.filter(email="nieuw@kortrijk.example").exists()


class TestChanging:
    def test_saves_and_forgets_the_old_address(self, cast: Cast, administrator: Client) -> None:
        person = cast["coordinator"]
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        data = {"name": "Bram V.", "email": "bram@kortrijk.example", "phone": "056"}
        assert administrator.post(f"{page_of(person)}wijzigen/", data).status_code == 302
        person.refresh_from_db()
        assert (person.name, person.email) == ("Bram V.", "bram@kortrijk.example")
        assert not EmailAddress.objects.filter(user=person).exists()

    @pytest.mark.parametrize("page", ["", "wijzigen/", "lidmaatschappen/nieuw/"])
    def test_of_another_organisations_person_is_not_there(self, cast: Cast, sign_in: SignIn, page: str) -> None:
        person = cast["coordinator.ocmw"]
        assert sign_in(cast["beheerder"]).get(f"{page_of(person)}{page}").status_code == 404
        assert sign_in(cast["beheerder.ocmw"]).get(f"{page_of(person)}{page}").status_code == 200


class TestStopping:
    def test_ends_what_the_person_held_and_keeps_the_person(self, cast: Cast, administrator: Client) -> None:
        person, today = cast["coordinator"], timezone.localdate()
        administrator.post(f"{page_of(person)}stopzetting/")
        person.refresh_from_db()
        assert not person.is_active
        assert set(Membership.objects.filter(user=person).values_list("ends", flat=True)) == {today}
        assert set(PostHolder.objects.filter(user=person).values_list("ends", flat=True)) == {today}

    def test_closes_the_open_session(self, cast: Cast, administrator: Client, sign_in: SignIn) -> None:
        session = sign_in(cast["coordinator"])
        assert session.get("/teams/").status_code == 200
        administrator.post(f"{page_of(cast['coordinator'])}stopzetting/")
        assert session.get("/teams/").status_code == 302

    def test_of_ones_own_account_is_refused(self, cast: Cast, administrator: Client) -> None:
        response = administrator.post(f"{page_of(cast['beheerder'])}stopzetting/", follow=True)
        assert "Je eigen account kun je niet stopzetten" in response.content.decode()
        assert User.objects.get(pk=cast["beheerder"].pk).is_active

    def test_is_undone_without_giving_memberships_back(self, cast: Cast, administrator: Client) -> None:
        person = cast["coordinator"]
        administrator.post(f"{page_of(person)}stopzetting/")
        administrator.post(f"{page_of(person)}heropening/")
        person.refresh_from_db()
        assert person.is_active
        assert access_of(person) == Access(user_id=person.pk, organisation_id=person.organisation_id)
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        assert not Membership.objects.filter(user=person).filter(Dated.valid(tomorrow)).exists()

    @pytest.mark.parametrize("action", ["stopzetting", "heropening", "uitnodiging"])
    def test_and_the_like_refuse_get(self, cast: Cast, administrator: Client, action: str) -> None:
        assert administrator.get(f"{page_of(cast['coordinator'])}{action}/").status_code == 405

    @pytest.mark.parametrize("action", ["stopzetting", "heropening", "uitnodiging"])
    def test_and_the_like_are_for_the_own_administrator(self, cast: Cast, sign_in: SignIn, action: str) -> None:
        url = f"{page_of(cast['coordinator'])}{action}/"
        codes = {who: sign_in(cast[who]).post(url).status_code for who in ["beheerder.ocmw", "dpo", "coordinator.rand"]}
        assert codes == {"beheerder.ocmw": 404, "dpo": 403, "coordinator.rand": 403}
        assert sign_in(cast["beheerder"]).post(url).status_code == 302


def names(client: Client, query: str) -> list[str]:
    return [person.name for person in client.get(f"{PEOPLE}{query}").context["page"]]
