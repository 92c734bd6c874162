"""Minutes leave once; a meeting nobody needs is proposed for cancelling and never cancels itself."""

import datetime as dt
from collections import Counter

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.celery import app
from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS
from teams import tasks
from teams.meetings import closing, deciding
from teams.meetings.agenda import Personal
from teams.meetings.deciding import Agreement
from teams.models import AgendaPoint, ExternalMember, Function, Meeting, Membership
from tests.cast import Cast
from tests.teams.meetings import held_today, planned, raised, team_of

pytestmark = pytest.mark.django_db

MEMBERS = {"coordinator", "coordinator.ocmw", "gebiedswerker", "buurtwerker", "wijkinspecteur"}
SOON = timezone.localdate() + dt.timedelta(days=14)


def mails(what: str) -> list[Message]:
    return list(Message.objects.filter(key__startswith=f"meeting-{what}"))


def outsider() -> ExternalMember:
    return ExternalMember.objects.create(team=team_of(), name="Wim Coussée", email="wim@example.be")


class TestMinutes:
    def test_are_the_lines_and_go_to_everybody_once(self, cast: Cast) -> None:
        outside, meeting = outsider(), held_today(cast["gebiedswerker"])
        point = raised(cast["buurtwerker"], "Bankje", text="Lange uitleg die niemand mailt", meeting=meeting)
        deciding.decide(
            point, by=cast["gebiedswerker"], agreements=[Agreement("Bank vragen", cast["buurtwerker"], SOON)]
        )
        for _time in range(2):
            closing.send_minutes(meeting, by=cast["gebiedswerker"])
        sent = Counter(message.to for message in mails("minutes"))
        assert sent == Counter([outside.email, *(cast[who].email for who in MEMBERS)])
        (body,) = {
            message.body.partition("\n\n")[2].partition("\n\nHet verslag,")[0].strip() for message in mails("minutes")
        }
        assert "Ilse Claeys: Bank vragen, tegen" in body
        assert "Lange uitleg" not in body
        meeting.refresh_from_db()
        assert meeting.state == "held"

    def test_tell_what_went_on_to_a_later_meeting(self, cast: Cast) -> None:
        meeting = held_today(cast["gebiedswerker"])
        raised(cast["buurtwerker"], "Later dus", meeting=meeting)
        closing.send_minutes(meeting, by=cast["gebiedswerker"])
        assert "Later dus: naar een later overleg" in mails("minutes")[0].body
        assert AgendaPoint.objects.waiting().get().title == "Later dus"

    def test_of_a_hearing_wait_for_two_reporters(self, cast: Cast) -> None:
        meeting = held_today(cast["gebiedswerker"], form="hearing", reporter="An Claus", second_reporter="an claus ")
        with pytest.raises(Refused):
            closing.send_minutes(meeting, by=cast["gebiedswerker"])
        assert not mails("minutes")
        Meeting.objects.filter(pk=meeting.pk).update(second_reporter="Bert Maes")
        assert closing.send_minutes(meeting, by=cast["gebiedswerker"]).state == "held"

    def test_of_a_meeting_to_come_or_cancelled_are_refused(self, cast: Cast) -> None:
        meeting = planned(cast["gebiedswerker"])
        with pytest.raises(Refused):
            closing.send_minutes(meeting, by=cast["gebiedswerker"])
        closing.cancel(meeting, by=cast["gebiedswerker"])
        with pytest.raises(Refused):
            closing.send_minutes(meeting, by=cast["gebiedswerker"])

    def test_once_sent_stay_as_they_are(self, cast: Cast) -> None:
        meeting = held_today(cast["gebiedswerker"])
        point = raised(cast["buurtwerker"], meeting=meeting)
        deciding.note(point, by=cast["gebiedswerker"])
        closing.send_minutes(meeting, by=cast["gebiedswerker"])
        with pytest.raises(Refused):
            raised(cast["buurtwerker"], "Nog iets", meeting=meeting)
        with pytest.raises(Refused):
            closing.cancel(meeting, by=cast["gebiedswerker"])


class TestCancelling:
    def test_tells_everybody_once_and_keeps_the_points(self, cast: Cast) -> None:
        outside, meeting = outsider(), planned(cast["gebiedswerker"])
        point = raised(cast["buurtwerker"], meeting=meeting)
        for _time in range(2):
            closing.cancel(meeting, by=cast["gebiedswerker"], note="Niets te beslissen.")
        assert Counter(message.to for message in mails("cancelled")) == Counter(
            [outside.email, *(cast[who].email for who in MEMBERS)]
        )
        assert "Niets te beslissen." in mails("cancelled")[0].body
        (invited,), (taken_back,) = mails("planned")[0].attachments, mails("cancelled")[0].attachments
        assert f"UID:meeting-{meeting.pk}@" in invited["text"].replace("\r\n ", "")
        assert "STATUS:CANCELLED" in taken_back["text"]
        assert AgendaPoint.objects.waiting().get() == point

    def test_mails_nobodys_case_as_the_reason(self, cast: Cast) -> None:
        meeting = planned(cast["gebiedswerker"])
        with pytest.raises(Personal):
            closing.cancel(meeting, by=cast["gebiedswerker"], note="Mevrouw De Smet is opgenomen, ze is dement.")
        assert not mails("cancelled")
        closing.cancel(meeting, by=cast["gebiedswerker"], note="Mevrouw De Smet kan er niet bij zijn.")
        assert mails("cancelled")

    def test_refuses_when_something_was_decided(self, cast: Cast) -> None:
        meeting = held_today(cast["gebiedswerker"])
        deciding.note(raised(cast["buurtwerker"], meeting=meeting), by=cast["gebiedswerker"])
        with pytest.raises(Refused):
            closing.cancel(meeting, by=cast["gebiedswerker"])

    def test_is_not_offered_once_something_ended(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        meeting = held_today(cast["gebiedswerker"])
        point = raised(cast["buurtwerker"], meeting=meeting)
        url, client = reverse("meetings:meeting", args=[meeting.pk]), sign_in(cast["gebiedswerker"])
        assert "Annuleer dit overleg" in client.get(url).text
        deciding.note(point, by=cast["gebiedswerker"])
        assert "Annuleer dit overleg" not in client.get(url).text


MONDAY = dt.datetime(2026, 11, 23, 8, tzinfo=BRUSSELS)


class TestProposing:
    def on(self, cast: Cast, days: int, **details: object) -> Meeting:
        return planned(cast["gebiedswerker"], days=days, **details)

    def test_comes_two_working_days_before_once_and_cancels_nothing(self, cast: Cast) -> None:
        with time_machine.travel(MONDAY, tick=False):
            meeting = self.on(cast, 3)
            assert closing.propose_cancelling() == 0
        with time_machine.travel(MONDAY + dt.timedelta(days=1), tick=False):
            closing.propose_cancelling()
            closing.propose_cancelling()
        (mail,) = mails("needless")
        assert mail.to == cast["gebiedswerker"].email
        meeting.refresh_from_db()
        assert meeting.is_planned

    def test_goes_to_the_chair(self, cast: Cast) -> None:
        with time_machine.travel(MONDAY, tick=False):
            self.on(cast, 1, chair=cast["coordinator"])
            closing.propose_cancelling()
        assert mails("needless")[0].to == cast["coordinator"].email

    def test_leaves_out_the_weekend(self, cast: Cast) -> None:
        friday = MONDAY + dt.timedelta(days=4)
        with time_machine.travel(friday, tick=False):
            self.on(cast, 4)  # Tuesday
            closing.propose_cancelling()
        assert mails("needless")

    def test_is_silent_where_something_must_be_decided(self, cast: Cast) -> None:
        with time_machine.travel(MONDAY, tick=False):
            raised(cast["buurtwerker"], meeting=self.on(cast, 1), needs_decision=True)
            self.on(cast, 2, form="residents")
            closing.propose_cancelling()
        assert not mails("needless")

    def test_stands_in_the_schedule_of_beat(self) -> None:
        assert tasks.propose_cancelling.name in {entry["task"] for entry in app.conf.beat_schedule.values()}


class TestPages:
    def test_propose_and_cancel_with_one_press(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        meeting, client = planned(cast["gebiedswerker"]), sign_in(cast["gebiedswerker"])
        assert (
            "Geen enkel punt vraagt een beslissing" in client.get(reverse("meetings:meeting", args=[meeting.pk])).text
        )
        assert "geen beslissing nodig" in client.get(reverse("meetings:meetings")).text
        assert client.post(reverse("meetings:meeting-cancellation", args=[meeting.pk])).status_code == 302
        meeting.refresh_from_db()
        assert (meeting.state, meeting.cancelled_by) == ("cancelled", cast["gebiedswerker"])

    @pytest.mark.parametrize("page", ["meeting-cancellation", "minutes", "meeting-edit"])
    @pytest.mark.parametrize(("who", "code"), [("buurtwerker", 403), ("agent", 403), ("fluvius", 404)])
    def test_are_for_who_leads(self, cast: Cast, sign_in, page: str, who: str, code: int) -> None:  # type: ignore[no-untyped-def]
        meeting = planned(cast["gebiedswerker"])
        assert sign_in(cast[who]).post(reverse(f"meetings:{page}", args=[meeting.pk])).status_code == code

    def test_take_no_orders_from_who_leads_another_team(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        """Brigitte coordinates the rim; here she sits as anybody does."""
        meeting, brigitte = planned(cast["gebiedswerker"]), cast["coordinator.rand"]
        seat = Membership.objects.create(team=team_of(), user=brigitte, function=Function.COMMUNITY_WARDEN)
        url = reverse("meetings:meeting-cancellation", args=[meeting.pk])
        assert sign_in(brigitte).post(url).status_code == 403
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        Membership.objects.create(
            team=team_of(), user=brigitte, function=Function.COORDINATOR, ends=yesterday,
            starts=yesterday - dt.timedelta(days=90),
        )  # fmt: skip
        assert sign_in(brigitte).post(url).status_code == 403, "who led here once sits here as anybody does"
        Membership.objects.filter(pk=seat.pk).update(function=Function.COORDINATOR)
        assert sign_in(brigitte).post(url).status_code == 302

    def test_let_the_chair_lead_whatever_their_function(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        meeting = planned(cast["gebiedswerker"], chair=cast["buurtwerker"])
        url = reverse("meetings:meeting-cancellation", args=[meeting.pk])
        assert sign_in(cast["buurtwerker"]).post(url).status_code == 302

    def test_send_the_minutes_and_show_them_on_paper(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        meeting, client = held_today(cast["gebiedswerker"]), sign_in(cast["gebiedswerker"])
        point = raised(cast["buurtwerker"], "Bankje", meeting=meeting)
        deciding.decide(point, by=cast["gebiedswerker"], decision="Er komt een bank.")
        assert client.post(reverse("meetings:minutes", args=[meeting.pk])).status_code == 302
        assert "Er komt een bank." in client.get(reverse("meetings:minutes", args=[meeting.pk])).text
        assert "Er komt een bank." in client.get(reverse("meetings:meeting", args=[meeting.pk])).text
        assert client.get(reverse("meetings:minutes-pdf", args=[meeting.pk])).content.startswith(b"%PDF")
        assert sign_in(cast["fluvius"]).get(reverse("meetings:minutes-pdf", args=[meeting.pk])).status_code == 404
