"""Minutes that have left stay as everybody has them in the mail, on screen and on paper."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from teams.meetings import closing, deciding
from teams.meetings.deciding import Agreement
from teams.meetings.lines import lines_of, lines_to_send
from teams.models import AgendaPoint, Meeting, User
from tests.cast import Cast
from tests.teams.meetings import held_today, planned, raised

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

SOON = timezone.localdate() + dt.timedelta(days=14)


def on_paper(meeting: Meeting) -> str:
    meeting.refresh_from_db()
    return render_to_string("teams/meetings/minutes_paper.html", {"meeting": meeting, "lines": lines_to_send(meeting)})


class TestOnPaper:
    def test_says_that_they_have_not_left_yet_or_never_will(self, cast: Cast, sign_in: SignIn) -> None:
        meeting, client = held_today(cast["gebiedswerker"]), sign_in(cast["buurtwerker"])
        assert "Dit verslag is nog niet verstuurd" in on_paper(meeting)
        assert "Verslag verstuurd" not in client.get(reverse("meetings:meeting", args=[meeting.pk])).text
        closing.send_minutes(meeting, by=cast["gebiedswerker"])
        meeting.refresh_from_db()
        assert "Dit verslag is nog niet verstuurd" not in on_paper(meeting)
        page = client.get(reverse("meetings:meeting", args=[meeting.pk])).text
        assert meeting.minutes_sent_at
        assert f"Verslag verstuurd</dt><dd>{date_format(meeting.minutes_sent_at)}, {cast['gebiedswerker'].name}" in page
        other = planned(cast["gebiedswerker"])
        closing.cancel(other, by=cast["gebiedswerker"])
        assert "er is geen verslag" in client.get(reverse("meetings:minutes", args=[other.pk])).text
        assert "er is geen verslag" in on_paper(other)


class TestOnceSent:
    @pytest.fixture
    def sent(self, cast: Cast) -> AgendaPoint:
        meeting = held_today(cast["gebiedswerker"])
        point = raised(cast["buurtwerker"], "Bankje", meeting=meeting)
        line = Agreement("Bank plaatsen", cast["wijkinspecteur"], SOON)
        deciding.decide(point, by=cast["gebiedswerker"], agreements=[line])
        closing.send_minutes(meeting, by=cast["gebiedswerker"])
        # All changes of a test bear the hour at which it began.
        Meeting.objects.filter(pk=meeting.pk).update(minutes_sent_at=timezone.now() - dt.timedelta(hours=1))
        return point

    def test_say_what_was_agreed_then_and_what_became_of_it(
        self, cast: Cast, sign_in: SignIn, sent: AgendaPoint
    ) -> None:
        later, latest = SOON + dt.timedelta(days=30), SOON + dt.timedelta(days=60)
        luc, ilse = cast["wijkinspecteur"], cast["buurtwerker"]
        url = reverse("meetings:minutes", args=[sent.meeting_id])
        assert "Intussen" not in sign_in(ilse).get(url).text
        sent.agreements.update(due_on=later)
        sent.agreements.update(due_on=latest, owner=ilse)
        for name in ("minutes", "meeting"):
            page = sign_in(ilse).get(reverse(f"meetings:{name}", args=[sent.meeting_id])).text
            assert f"{luc.name}: Bank plaatsen, tegen {date_format(SOON)}" in page
            assert f"Intussen: {ilse.name}, tegen {date_format(latest)}" in page
            assert date_format(later) not in page

    def test_are_silent_about_what_the_team_keeps_to_itself_since(
        self, cast: Cast, sign_in: SignIn, sent: AgendaPoint
    ) -> None:
        sent.agreements.update(audience="internal")
        url = reverse("meetings:minutes", args=[sent.meeting_id])
        assert "Bank plaatsen" in sign_in(cast["buurtwerker"]).get(url).text
        page = sign_in(cast["agent"]).get(url).text
        assert "Bank plaatsen" not in page
        assert cast["wijkinspecteur"].name not in page

    def test_ask_as_many_questions_for_ten_promises_as_for_one(
        self,
        cast: Cast,
        sent: AgendaPoint,
        django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
    ) -> None:
        for number in range(10):
            deciding.agree(sent, Agreement(f"Nog {number}", cast["wijkinspecteur"], SOON), by=cast["gebiedswerker"])
        sent.agreements.update(owner=cast["buurtwerker"])
        meeting = Meeting.objects.get(points=sent)
        with django_assert_max_num_queries(7):
            (line,) = lines_of(meeting)
        assert len(line.agreements) == 11
        assert all(each.has_moved for each in line.agreements)
