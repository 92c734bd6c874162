"""Whom to call for a spot: who holds a post there today, and who answers otherwise."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils import timezone

from areas.locate import locate
from kortrijk_gebied.sections import Place, Request, get_section
from teams import reports
from teams.access import Access, access_of
from teams.models import Absence, Membership, Organisation, PostHolder, Team
from teams.sections import Contacts, contact, people
from tests.cast import KOOIGEM, OVERLEIE, Cast, area


def asked(viewer: Access, spot: tuple[float, float] = OVERLEIE) -> Request:
    return Request(viewer=viewer, extra={"spot": spot, "location": locate(*spot, on=timezone.localdate())})


def contacts(viewer: Access, spot: tuple[float, float] = OVERLEIE) -> dict[str, Contacts]:
    content = contact(asked(viewer, spot))
    assert content
    return {found.organisation.code: found for found in content["contacts"]}


class TestContact:
    def test_names_who_holds_a_post_there_today_by_organisation(self, cast: Cast) -> None:
        found = contacts(access_of(cast["agent"]))
        assert list(found) == ["stad", "ocmw", "politie"]
        assert [person.name for person in found["politie"].people] == ["Lies Vanneste"]
        assert (found["politie"].people[0].what, found["politie"].people[0].phone) == ("wijkinspecteur", "056 00 00 06")
        assert [person.name for person in found["ocmw"].people] == ["Joke Lambrecht", "Ilse Claeys"]

    def test_puts_the_coordinator_of_the_city_first(self, cast: Cast) -> None:
        assert contacts(access_of(cast["agent"]))["stad"].people[0].name == "Bram Vandeputte"

    def test_names_the_area_in_the_division_of_each_organisation(self, cast: Cast) -> None:
        found = contacts(access_of(cast["agent"]))
        assert [place.area.set.code for place in found.values() if place.area] == [
            "gebieden17", "woonzorg8", "wijken-politie"
        ]  # fmt: skip

    def test_forgets_whose_post_ended(self, cast: Cast) -> None:
        holders = PostHolder.objects.filter(user=cast["wijkinspecteur"])
        holders.update(ends=timezone.localdate() - dt.timedelta(days=1))
        assert contacts(access_of(cast["agent"]))["politie"].people == []

    def test_forgets_whose_membership_ended_and_gives_the_number_of_the_team(self, cast: Cast) -> None:
        viewer, team = access_of(cast["agent"]), Team.objects.filter(code="wijkwerking-noord")
        team.update(phone="056 00 00 60")
        assert [person.name for person in contacts(viewer)["politie"].people] == ["Lies Vanneste"]
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        Membership.objects.filter(user=cast["wijkinspecteur"], team__in=team).update(ends=yesterday)
        (answers,) = contacts(viewer)["politie"].people
        assert (answers.name, answers.what, answers.phone) == (team.get().name, "wijkinspecteur", "056 00 00 60")

    def test_falls_back_on_the_team_that_always_answers(self, cast: Cast) -> None:
        PostHolder.objects.all().delete()
        Team.objects.filter(code="sociaal-huis").update(phone="056 00 00 10")
        found = contacts(access_of(cast["agent"]), KOOIGEM)
        assert {code: place.otherwise and place.otherwise.phone for code, place in found.items()} == {
            "stad": "1777", "ocmw": "056 00 00 10", "politie": "101"
        }  # fmt: skip

    def test_names_a_partner_only_with_somebody_on_a_post(self, cast: Cast) -> None:
        assert "fluvius" not in contacts(access_of(cast["agent"]))

    def test_names_no_colleague_to_who_is_not_signed_in(self, cast: Cast) -> None:
        assert all(not place.people for place in contacts(Access()).values())

    def test_has_nothing_without_a_spot(self, cast: Cast) -> None:
        assert contact(Request(viewer=access_of(cast["agent"]))) is None

    def test_asks_four_questions(self, cast: Cast, django_assert_num_queries: Any) -> None:
        request = asked(access_of(cast["agent"]))
        with django_assert_num_queries(4):
            contact(request)

    def test_gives_a_number_that_can_be_dialled(self, cast: Cast) -> None:
        section = get_section("contact", Place.CONTACT)
        assert section
        page = render_to_string(section.template, {"content": contact(asked(access_of(cast["agent"])))})
        assert 'href="tel:056000006"' in page
        assert "Lies Vanneste" in page


class TestReplacement:
    def told(self, cast: Cast) -> str:
        section = get_section("contact", Place.CONTACT)
        assert section
        return render_to_string(section.template, {"content": contact(asked(access_of(cast["agent"])))})

    def test_is_who_you_reach(self, cast: Cast) -> None:
        today = timezone.localdate()
        lies, dirk = cast["wijkinspecteur"], cast["coordinator.politie"]
        Absence.objects.create(user=lies, replaced_by=dirk, starts=today, ends=today)
        page = self.told(cast)
        assert "<strong>Dirk Lagae</strong>" in page
        assert "vervangt Lies Vanneste" in page
        assert f"<strong>{lies.name}</strong>" not in page

    def test_that_nobody_is_leaves_the_team(self, cast: Cast) -> None:
        today = timezone.localdate()
        Absence.objects.create(user=cast["wijkinspecteur"], starts=today, ends=today)
        assert "Lies Vanneste" not in self.told(cast)


class TestPeople:
    def shown(self, cast: Cast, who: str = "agent") -> dict[str, Any]:
        content = people(Request(viewer=access_of(cast[who]), area=area("Overleie")))
        assert content
        return content

    def test_are_the_joint_team_by_organisation(self, cast: Cast) -> None:
        ((team, organisations),) = self.shown(cast)["joint"]
        assert team.code == "gebiedsteam-overleie-pius-x"
        names = {organisation.code: [member.user.name for member in members] for organisation, members in organisations}
        assert names == {
            "stad": ["Bram Vandeputte", "Els Deprez"],
            "ocmw": ["Chantal Verhelst", "Ilse Claeys"],
            "politie": ["Lies Vanneste"],
        }  # fmt: skip

    def test_come_with_the_teams_that_serve_the_area(self, cast: Cast) -> None:
        serving = {
            organisation.code: [team.code for team in teams] for organisation, teams in self.shown(cast)["serving"]
        }
        assert "wijkwerking-noord" in serving["politie"]
        assert "wijkwerking-zuid" not in serving["politie"]

    @time_machine.travel("2026-12-01T08:00:00+01:00", tick=False)
    def test_come_with_the_next_report_of_ones_own_organisation(self, cast: Cast) -> None:
        reports.draft(dt.date(2026, 11, 1))
        shown = self.shown(cast, "wijkinspecteur")["report"]
        assert shown["report"].organisation == Organisation.objects.get(code="politie")
        assert shown["leaves_on"] == dt.date(2026, 12, 3)

    def test_ask_as_many_questions_however_many_they_are(self, cast: Cast, django_assert_max_num_queries: Any) -> None:
        viewer, here = access_of(cast["agent"]), area("Overleie")
        with django_assert_max_num_queries(4):
            people(Request(viewer=viewer, area=here))

    @pytest.mark.parametrize("name", ["Kooigem", "Overleie"])
    def test_can_be_drawn(self, cast: Cast, name: str) -> None:
        section = get_section("people", Place.AREA)
        assert section
        content = people(Request(viewer=access_of(cast["gebiedswerker"]), area=area(name)))
        assert render_to_string(section.template, {"content": content})
