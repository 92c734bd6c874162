"""What is over its date is mailed on Monday, and stands where it is looked at: for whom it is, and for nobody else."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.periods import month_period
from kortrijk_gebied.sections import Place, Request, get_section
from teams import tasks
from teams.access import access_of, access_of_organisation
from teams.inventory.overdue import MOST, mail_overdue
from teams.models import Action, Membership, Organisation, User
from teams.models.audience import Audience
from tests.cast import Cast, area
from tests.teams.inventory import NORTH, action

type SignIn = Callable[[User], Client]


def late(by: User, title: str = "Bank aan het pleintje", **given: object) -> Action:
    return action(by, title, due_on=timezone.localdate() - dt.timedelta(days=3), **given)  # type: ignore[arg-type]


def mails(person: User) -> list[Message]:
    return list(Message.objects.filter(to=person.email, key__startswith="overdue:"))


class TestDigest:
    def test_reaches_the_owner_and_who_leads_the_team_once_a_week(self, cast: Cast) -> None:
        made = late(cast["coordinator"], owner=cast["wijkinspecteur"])
        tasks.mail_overdue()
        mail_overdue()
        for who in ("wijkinspecteur", "coordinator", "coordinator.ocmw", "gebiedswerker"):
            (mail,) = mails(cast[who])
            assert made.title in mail.body
        assert not mails(cast["buurtwerker"])
        assert not mails(cast["agent"])

    def test_reaches_the_project_leader_of_the_team(self, cast: Cast) -> None:
        late(cast["coordinator"])
        Membership.objects.filter(user=cast["buurtwerker"], team__code=NORTH).update(role="leader")
        mail_overdue()
        assert len(mails(cast["buurtwerker"])) == 1

    def test_holds_no_words_of_what_is_of_one_house(self, cast: Cast) -> None:
        made = late(cast["uitvoerder"], team="team-net-noord", audience=Audience.INTERNAL, owner=cast["uitvoerder"])
        mail_overdue()
        (mail,) = mails(cast["uitvoerder"])
        assert made.title not in mail.body
        assert made.reference in mail.body

    def test_counts_all_and_names_the_first(self, cast: Cast) -> None:
        for number in range(MOST + 2):
            late(cast["coordinator"], f"Nummer {number}", owner=cast["coordinator"])
        mail_overdue()
        (mail,) = mails(cast["coordinator"])
        assert mail.subject == f"{MOST + 2} afspraken zijn te laat"
        assert mail.body.count("- Nummer") == MOST
        assert "En meer" in mail.body

    def test_is_switched_off_on_ones_own_page(self, cast: Cast, sign_in: SignIn) -> None:
        late(cast["coordinator"], owner=cast["wijkinspecteur"])
        client = sign_in(cast["wijkinspecteur"])
        assert "mail_overdue" in client.get("/teams/ik/").content.decode()
        client.post("/teams/ik/mail/", {"mail_offers": "on"})
        mail_overdue()
        assert not mails(cast["wijkinspecteur"])
        assert mails(cast["gebiedswerker"])

    def test_reaches_nobody_whose_account_stopped(self, cast: Cast) -> None:
        late(cast["coordinator"], owner=cast["wijkinspecteur"])
        User.objects.filter(pk=cast["wijkinspecteur"].pk).update(is_active=False)
        mail_overdue()
        assert not mails(cast["wijkinspecteur"])
        assert mails(cast["gebiedswerker"])

    def test_leaves_out_what_is_done_or_still_to_come(self, cast: Cast) -> None:
        late(cast["coordinator"]).finish(by=cast["coordinator"], result="Klaar.")
        action(cast["coordinator"], due_on=timezone.localdate())
        assert mail_overdue() == 0


class TestSections:
    def test_today_shows_ones_own(self, cast: Cast, sign_in: SignIn) -> None:
        made = late(cast["coordinator"], owner=cast["wijkinspecteur"])
        assert made.title in sign_in(cast["wijkinspecteur"]).get("/vandaag/").content.decode()
        assert made.title not in sign_in(cast["coordinator"]).get("/vandaag/").content.decode()

    def test_the_area_page_counts_what_one_may_read(self, cast: Cast) -> None:
        late(cast["coordinator"])
        late(cast["coordinator"], "Van ons alleen", audience=Audience.INTERNAL)
        shown = get_section("actions", Place.AREA)
        assert shown is not None
        own, other = (
            shown.content(Request(access_of(cast[who]), area("Overleie"))) for who in ("gebiedswerker", "agent")
        )
        assert own is not None
        assert other is not None
        assert (own["open"], own["overdue"], other["open"]) == (2, 2, 1)

    def test_the_area_page_says_it_in_a_sentence(self, cast: Cast, sign_in: SignIn) -> None:
        late(cast["coordinator"])
        action(cast["coordinator"], "Later")
        late(cast["coordinator"], "Van ons alleen", audience=Audience.INTERNAL)
        action(cast["coordinator"], "Gedaan").finish(by=cast["coordinator"], result="Het staat er.")
        page, said = "/gebieden/overleie/blok/actions/", {}
        for who in ("gebiedswerker", "agent"):
            html = sign_in(cast[who]).get(page).content.decode()
            said[who] = " ".join(re.sub(r"<[^>]+>", "", html).split())
        assert (
            "Nu 3 open (waarvan 1 binnen één organisatie: die telt niet mee in de cijfers bovenaan), 2 ervan te laat; "
            "1 klaar in deze periode." in said["gebiedswerker"]
        )
        assert "Nu 2 open, 1 ervan te laat; 1 klaar in deze periode." in said["agent"]

    def test_the_briefing_tells_what_all_may_hear_and_is_due(self, cast: Cast) -> None:
        late(cast["coordinator"])
        late(cast["coordinator"], "Van ons alleen", audience=Audience.INTERNAL)
        action(cast["coordinator"], "Later", due_on=timezone.localdate() + dt.timedelta(days=8))
        action(cast["coordinator"], "Volgende week", due_on=timezone.localdate() + dt.timedelta(days=7))
        shown = get_section("actions-due", Place.BRIEFING)
        assert shown is not None
        content = shown.content(Request(access_of(cast["gebiedswerker"]), area("Overleie")))
        assert content is not None
        assert [each.title for each in content["actions"]] == ["Bank aan het pleintje", "Volgende week"]

    def test_the_area_page_counts_what_was_done_in_its_period(self, cast: Cast) -> None:
        done = action(cast["coordinator"], "Lang geleden")
        done.finish(by=cast["coordinator"], result="Klaar.")
        Action.objects.filter(pk=done.pk).update(done_at=timezone.now() - dt.timedelta(days=70))
        action(cast["coordinator"], "Nu").finish(by=cast["coordinator"], result="Klaar.")
        shown = get_section("actions", Place.AREA)
        assert shown is not None
        content = shown.content(
            Request(access_of(cast["gebiedswerker"]), area("Overleie"), month_period(timezone.localdate()))
        )
        assert content is not None
        assert [each.title for each in content["results"]] == ["Nu"]
        assert content["done"] == 1

    @pytest.mark.parametrize("code", ["stad", "ocmw", "politie"])
    def test_the_report_is_the_same_for_every_copy(self, cast: Cast, code: str) -> None:
        for title, audience in (("Voor allen", "partners"), ("Voor de stad", "internal"), ("Publiek", "public")):
            action(cast["coordinator"], title, audience=audience).finish(by=cast["coordinator"], result="Klaar.")
        action(cast["coordinator"], "Geschrapt").drop(by=cast["coordinator"], reason="Te duur.")
        before = action(cast["coordinator"], "Vorige maand")
        before.finish(by=cast["coordinator"], result="Klaar.")
        Action.objects.filter(pk=before.pk).update(done_at=timezone.now() - dt.timedelta(days=40))
        shown = get_section("actions-of-month", Place.REPORT)
        assert shown is not None
        viewer = access_of_organisation(Organisation.objects.get(code=code), area("Overleie"))
        content = shown.content(Request(viewer, area("Overleie"), month_period(timezone.localdate())))
        assert content is not None
        assert [each.title for each in content["actions"]] == ["Voor allen", "Publiek"]
