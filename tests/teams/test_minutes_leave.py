"""What leaves is seen before it leaves; who promised something and sits elsewhere hears of that alone."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.celery import app
from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.workdays import BRUSSELS
from teams import tasks
from teams.meetings import closing, correcting, deciding, letters
from teams.meetings.deciding import Agreement
from teams.models import ExternalMember, Meeting, Membership, User
from teams.models.meetings import PointState
from tests.cast import Cast
from tests.teams.meetings import held_today, planned, raised, team_of

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

SOON = timezone.localdate() + dt.timedelta(days=14)
MONDAY = dt.datetime(2026, 11, 23, 8, tzinfo=BRUSSELS)


def mails(to: str, what: str = "") -> list[Message]:
    return list(Message.objects.filter(to=to, key__startswith=f"meeting-{what}").order_by("pk"))


def outsider() -> ExternalMember:
    return ExternalMember.objects.create(team=team_of(), name="Wim Coussée", email="wim@example.be")


class TestSomebodyWhoseMandateRanOut:
    """Somebody from outside hears what a table says because they speak for others."""

    def held(self, cast: Cast, until: dt.date) -> Meeting:
        one = outsider()
        one.mandate, one.mandate_until = "spreekt voor de buurt", until
        one.save()
        meeting = held_today(cast["gebiedswerker"])
        raised(cast["buurtwerker"], "Bankje", meeting=meeting)
        return meeting

    def test_is_sent_nothing_and_the_sender_sees_that(self, cast: Cast, sign_in: SignIn) -> None:
        meeting = self.held(cast, timezone.localdate() - dt.timedelta(days=1))
        page = sign_in(cast["gebiedswerker"]).get(reverse("meetings:minutes", args=[meeting.pk])).text
        assert "Niet naar, want het mandaat is afgelopen: Wim Coussée" in " ".join(page.split())
        letters.tell_agenda(meeting)
        closing.send_minutes(meeting, by=cast["gebiedswerker"])
        assert mails(cast["buurtwerker"].email, "minutes")
        assert not mails("wim@example.be")
        team = sign_in(cast["gebiedswerker"]).get(reverse("teams:team", args=[meeting.team.code])).text
        assert "krijgt geen mail tot het verlengd is" in team

    def test_hears_on_its_last_day(self, cast: Cast, sign_in: SignIn) -> None:
        meeting = self.held(cast, timezone.localdate())
        page = sign_in(cast["gebiedswerker"]).get(reverse("meetings:minutes", args=[meeting.pk])).text
        assert "het mandaat is afgelopen" not in page
        closing.send_minutes(meeting, by=cast["gebiedswerker"])
        assert mails("wim@example.be", "minutes")

    def test_hears_that_a_meeting_is_cancelled(self, cast: Cast) -> None:
        letters.tell_cancelled(self.held(cast, timezone.localdate() - dt.timedelta(days=1)))
        (mail,) = mails("wim@example.be")
        assert "gaat niet door" in mail.body


class TestSomebodyOutsideTheTeam:
    def test_hears_what_was_agreed_with_them_and_nothing_else(self, cast: Cast) -> None:
        hassan, meeting = cast["uitvoerder"], held_today(cast["gebiedswerker"])
        point = raised(cast["buurtwerker"], "Bankje", meeting=meeting)
        lines = [Agreement("Bank plaatsen", hassan, SOON), Agreement("Buren spreken", cast["buurtwerker"], SOON)]
        deciding.decide(point, by=cast["gebiedswerker"], decision="Er komt een bank.", agreements=lines)
        for _time in range(2):
            closing.send_minutes(meeting, by=cast["gebiedswerker"])
        (mail,) = mails(hassan.email)
        assert "Bank plaatsen, tegen" in mail.body
        action = point.agreements.get(owner=hassan)
        assert action.get_absolute_url() in mail.body
        assert all(word not in mail.body for word in ("Er komt een bank", "Buren spreken", "Bankje", "/overleg/"))

    def test_hears_it_too_when_it_was_forgotten_first(self, cast: Cast) -> None:
        hassan, meeting = cast["uitvoerder"], held_today(cast["gebiedswerker"])
        point = raised(cast["buurtwerker"], meeting=meeting)
        deciding.decide(point, by=cast["gebiedswerker"], decision="Er komt een bank.")
        closing.send_minutes(meeting, by=cast["gebiedswerker"])
        assert not mails(hassan.email)
        for _time in range(2):
            correcting.correct(
                point, PointState.DECIDED, by=cast["gebiedswerker"], reason="Vergeten.", words="Er komt een bank.",
                agreements=[Agreement("Bank plaatsen", hassan, SOON)],
            )  # fmt: skip
        assert len(mails(hassan.email)) == 1

    def test_hears_nothing_of_what_is_done_before_the_minutes_leave(self, cast: Cast) -> None:
        hassan, meeting = cast["uitvoerder"], held_today(cast["gebiedswerker"])
        point = raised(cast["buurtwerker"], meeting=meeting)
        lines = [Agreement(what, hassan, SOON) for what in ("Gedaan", "Nog te doen")]
        deciding.decide(point, by=cast["gebiedswerker"], agreements=lines)
        point.agreements.filter(title="Gedaan").update(
            status="done", result="Staat er.", done_at=timezone.now(), done_by=hassan
        )
        closing.send_minutes(meeting, by=cast["gebiedswerker"])
        (mail,) = mails(hassan.email)
        assert "Nog te doen" in mail.body

    def test_gets_no_second_mail_when_they_sit_in_the_team(self, cast: Cast) -> None:
        meeting = held_today(cast["gebiedswerker"])
        line = Agreement("Buren spreken", cast["buurtwerker"], SOON)
        deciding.decide(raised(cast["buurtwerker"], meeting=meeting), by=cast["gebiedswerker"], agreements=[line])
        closing.send_minutes(meeting, by=cast["gebiedswerker"])
        assert not mails(cast["buurtwerker"].email, "promised")
        assert len(mails(cast["buurtwerker"].email, "minutes")) == 1


class TestWhoLeft:
    def test_hears_nothing_any_more(self, cast: Cast) -> None:
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        outside, stays = outsider(), cast["buurtwerker"]
        ExternalMember.objects.filter(pk=outside.pk).update(starts=yesterday - dt.timedelta(days=9), ends=yesterday)
        left = Membership.objects.filter(team=team_of(), user=cast["wijkinspecteur"])
        left.update(starts=yesterday - dt.timedelta(days=9), ends=yesterday)
        User.objects.filter(pk=cast["coordinator"].pk).update(is_active=False)
        planned(cast["gebiedswerker"])
        assert mails(stays.email)
        for gone in (outside.email, cast["wijkinspecteur"].email, cast["coordinator"].email):
            assert not mails(gone)


class TestMemberFromOutside:
    def test_gets_no_link_they_cannot_open(self, cast: Cast) -> None:
        outside, meeting = outsider(), held_today(cast["gebiedswerker"])
        deciding.note(raised(cast["buurtwerker"], meeting=meeting), by=cast["gebiedswerker"])
        closing.send_minutes(meeting, by=cast["gebiedswerker"])
        assert len(mails(outside.email)) == 2  # planned, and the minutes
        assert all("/gebieden/" not in mail.body for mail in mails(outside.email))
        inside = mails(cast["buurtwerker"].email, "minutes")[0]
        assert reverse("meetings:minutes", args=[meeting.pk]) in inside.body

    def test_gets_the_agenda_itself_two_working_days_before(self, cast: Cast) -> None:
        with time_machine.travel(MONDAY, tick=False):
            outside, meeting = outsider(), planned(cast["gebiedswerker"], days=3)
            raised(cast["buurtwerker"], "Fietsen op het pleintje", meeting=meeting)
            assert closing.send_agendas() == 0
            assert not mails(outside.email, "agenda")
        with time_machine.travel(MONDAY + dt.timedelta(days=1), tick=False):
            for _time in range(2):
                closing.send_agendas()
        (mail,) = mails(outside.email, "agenda")
        assert "- Fietsen op het pleintje" in mail.body
        assert not mails(cast["buurtwerker"].email, "agenda")  # they look at the page

    def test_gets_no_empty_agenda(self, cast: Cast) -> None:
        outside = outsider()
        planned(cast["gebiedswerker"], days=1)
        closing.send_agendas()
        assert not mails(outside.email, "agenda")

    def test_is_written_to_by_the_schedule_of_beat(self) -> None:
        assert tasks.send_agendas.name in {entry["task"] for entry in app.conf.beat_schedule.values()}


class TestSeenFirst:
    def test_is_what_leaves_with_who_gets_it_and_the_button_below(self, cast: Cast, sign_in: SignIn) -> None:
        meeting, client = held_today(cast["gebiedswerker"]), sign_in(cast["gebiedswerker"])
        done, left = (raised(cast["buurtwerker"], title, meeting=meeting) for title in ("Bankje", "Later dus"))
        line = Agreement("Bank plaatsen", cast["uitvoerder"], SOON)
        deciding.decide(done, by=cast["gebiedswerker"], decision="Er komt een bank.", agreements=[line])
        url = reverse("meetings:minutes", args=[meeting.pk])
        page = client.get(reverse("meetings:meeting", args=[meeting.pk])).text
        assert "Lees het verslag na en verstuur het" in page
        assert "Verstuur het verslag" not in page
        seen = client.get(url).text
        assert "Er komt een bank." in seen
        assert "Later dus</a></strong>: naar een later overleg" in seen
        assert cast["wijkinspecteur"].name in seen
        assert f"{cast['uitvoerder'].name} (Bank plaatsen)" in seen
        assert "Verstuur het verslag" in seen
        assert client.post(url).status_code == 302
        left.refresh_from_db()
        assert left.meeting is None
        assert "Verstuur het verslag" not in client.get(url).text

    def test_is_sent_by_who_leads_alone_and_from_the_day_itself(self, cast: Cast, sign_in: SignIn) -> None:
        today, later = held_today(cast["gebiedswerker"]), planned(cast["gebiedswerker"], days=9)
        for meeting, who in ((today, "buurtwerker"), (later, "gebiedswerker")):
            page = sign_in(cast[who]).get(reverse("meetings:minutes", args=[meeting.pk]))
            assert page.status_code == 200
            assert "Verstuur het verslag" not in page.text

    def test_says_what_a_hearing_lacks(self, cast: Cast, sign_in: SignIn) -> None:
        meeting = held_today(cast["gebiedswerker"], form="hearing")
        page = sign_in(cast["gebiedswerker"]).get(reverse("meetings:minutes", args=[meeting.pk])).text
        assert "Een hoorzitting heeft twee verslaggevers" in page
        assert "Verstuur het verslag" not in page
        about = sign_in(cast["gebiedswerker"]).get(reverse("meetings:meeting", args=[meeting.pk])).text
        assert "Melders" not in about
        assert "–, –" not in about


class TestClosedBeforeItsEnd:
    def test_stands_with_what_is_over(self, cast: Cast, sign_in: SignIn) -> None:
        meeting = held_today(cast["gebiedswerker"])
        closing.send_minutes(meeting, by=cast["gebiedswerker"])
        meeting.refresh_from_db()
        assert meeting.ends > timezone.now()
        address, client = reverse("meetings:meeting", args=[meeting.pk]), sign_in(cast["gebiedswerker"])
        assert address in client.get(reverse("meetings:meetings"), {"voorbij": 1}).text
        assert address not in client.get(reverse("meetings:meetings")).text
