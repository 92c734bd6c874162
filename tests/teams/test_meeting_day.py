"""A meeting lies on a day that can be, and whoever sits there hears each time that it moves."""

import datetime as dt
from typing import ClassVar

import pytest
import time_machine
from django.urls import reverse

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS
from teams.meetings import closing, planning
from teams.models import Meeting
from tests.cast import Cast
from tests.teams.meetings import at, held_today, planned, team_of, unplanned

pytestmark = pytest.mark.django_db


class TestDay:
    @pytest.mark.parametrize("day", ["0001-01-01", "2020-01-01", "9999-12-31"])
    @pytest.mark.parametrize("every", ["", "month"])
    def test_lies_ahead_and_within_two_years(self, cast: Cast, sign_in, day: str, every: str) -> None:  # type: ignore[no-untyped-def]
        sent = {
            "team": team_of().pk, "form": "regular", "day": day, "start": "09:00", "end": "10:00", "every": every,
            "until": day,
        }  # fmt: skip
        client = sign_in(cast["gebiedswerker"])
        response = client.post(reverse("meetings:meeting-add"), sent)
        assert response.status_code == 422
        assert "hoogstens twee jaar vooruit" in response.text
        meeting = planned(cast["gebiedswerker"])
        assert client.post(reverse("meetings:meeting-edit", args=[meeting.pk]), sent).status_code == 422

    def test_of_one_that_is_over_may_stay_as_it_is(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        meeting = held_today(cast["gebiedswerker"])
        Meeting.objects.filter(pk=meeting.pk).update(starts=at(-3), ends=at(-3, 16))
        sent = {
            "form": "hearing", "day": at(-3).date().isoformat(), "start": "14:00", "end": "16:00", "reporter": "An",
            "second_reporter": "Bo",
        }  # fmt: skip
        url = reverse("meetings:meeting-edit", args=[meeting.pk])
        assert sign_in(cast["gebiedswerker"]).post(url, sent).status_code == 302

    def test_on_which_the_clock_jumps_has_no_such_hour(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        with time_machine.travel(dt.datetime(2027, 3, 1, 9, tzinfo=BRUSSELS)):
            sent = {"team": team_of().pk, "form": "regular", "day": "2027-03-28", "start": "02:30", "end": "03:10"}
            response = sign_in(cast["gebiedswerker"]).post(reverse("meetings:meeting-add"), sent)
        assert response.status_code == 422


class TestSameHour:
    SENT: ClassVar = {"form": "regular", "start": "09:00", "end": "10:00", "place": "OC Overleie"}

    def test_sent_twice_is_one_meeting_and_with_other_words_is_refused(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        sent = self.SENT | {"team": team_of().pk, "day": at(1).date().isoformat()}
        client, add = sign_in(cast["gebiedswerker"]), reverse("meetings:meeting-add")
        for _twice in range(2):
            assert client.post(add, sent).status_code == 302
        for other in ({"end": "11:30"}, {"place": "Stadhuis"}, {"chair": cast["gebiedswerker"].pk}):
            refused = client.post(add, sent | other)
            assert refused.status_code == 422
            assert "Dit team heeft op dat moment al een overleg" in refused.text
        assert Meeting.objects.count() == 1


class TestSeries:
    def test_says_how_many_were_planned_and_where_it_stopped(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        first = at(1).date()
        sent = {
            "team": team_of().pk, "form": "regular", "day": first.isoformat(), "start": "09:00", "end": "10:00",
            "every": "fortnight", "until": (first + dt.timedelta(days=900)).isoformat(),
        }  # fmt: skip
        page = sign_in(cast["gebiedswerker"]).post(reverse("meetings:meeting-add"), sent, follow=True).text
        assert "26 overlegmomenten gepland" in page
        assert "Hoogstens 26 in één keer" in page

    def test_that_fits_says_no_more_than_how_many(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        first = dt.date(2027, 2, 1)
        with time_machine.travel(dt.datetime(2027, 1, 20, 9, tzinfo=BRUSSELS)):
            sent = {
                "team": team_of().pk, "form": "regular", "day": first.isoformat(), "start": "09:00", "end": "10:00",
                "every": "fortnight", "until": (first + dt.timedelta(weeks=4)).isoformat(),
            }  # fmt: skip
            page = sign_in(cast["gebiedswerker"]).post(reverse("meetings:meeting-add"), sent, follow=True).text
        assert "3 overlegmomenten gepland, van 1 februari 2027 tot 1 maart 2027" in page
        assert "in één keer" not in page


class TestPlanning:
    def test_is_of_members_and_of_one_at_a_time(self, cast: Cast) -> None:
        with pytest.raises(Refused, match="leden"):
            planning.plan(unplanned(cast["gebiedswerker"]), by=cast["agent"])
        with pytest.raises(Refused, match="voorbij"):
            planning.plan(unplanned(cast["gebiedswerker"], days=-1), by=cast["gebiedswerker"])
        first = planned(cast["gebiedswerker"])
        with pytest.raises(Refused, match="op dat moment"):
            planned(cast["coordinator"])
        other = planned(cast["coordinator"], days=4)
        other.starts, other.ends = first.starts, first.ends
        with pytest.raises(Refused, match="op dat moment"):
            planning.change(other)
        assert Meeting.objects.count() == 2


class TestMoving:
    def test_to_what_is_past_is_refused_also_on_the_day_itself(self, cast: Cast) -> None:
        meeting = planned(cast["gebiedswerker"])
        was = (meeting.starts, meeting.ends)
        meeting.starts, meeting.ends = at(0, 0), at(0, 0) + dt.timedelta(seconds=1)
        with pytest.raises(Refused):
            planning.change(meeting)
        meeting.refresh_from_db()
        assert (meeting.starts, meeting.ends) == was
        assert not Message.objects.filter(key__startswith="meeting-moved").exists()

    def test_there_and_back_is_told_each_time(self, cast: Cast) -> None:
        meeting = planned(cast["gebiedswerker"])
        for hour in (10, 14, 10):
            meeting.starts, meeting.ends = at(3, hour), at(3, hour + 2)
            for _time in range(2):  # sent twice: the second time it stands there already
                planning.change(meeting)
        told = Message.objects.filter(key__startswith="meeting-moved", to=cast["buurtwerker"].email)
        assert [("10.00" in mail.body, "14.00 tot" in mail.body) for mail in told.order_by("pk")] == [
            (True, False), (False, True), (True, False),
        ]  # fmt: skip

    def test_puts_nothing_back_in_silence_that_a_colleague_changed(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        meeting, client = planned(cast["gebiedswerker"]), sign_in(cast["gebiedswerker"])
        url = reverse("meetings:meeting-edit", args=[meeting.pk])
        sent = {
            "form": "regular", "day": at(3).date().isoformat(), "start": "14:00", "end": "16:00",
            "place": "Stadhuis", "seen": client.get(url).context["form"]["seen"].value(),
        }  # fmt: skip
        moved = Meeting.objects.get(pk=meeting.pk)
        moved.starts, moved.ends = at(4, 10), at(4, 12)
        planning.change(moved)
        refused = client.post(url, sent)
        assert refused.status_code == 422
        assert "van 10.00 tot 12.00 uur, Buurthuis Overleie. Bewaar nog eens" in refused.text
        assert 'value="Stadhuis"' in refused.text
        meeting.refresh_from_db()
        assert (meeting.day, meeting.place) == (at(4).date(), "Buurthuis Overleie")
        again = sent | {"seen": refused.context["form"]["seen"].value()}
        for _time in range(2):  # sent twice
            assert client.post(url, again).status_code == 302
        meeting.refresh_from_db()
        assert (meeting.day, meeting.place) == (at(3).date(), "Stadhuis")


class TestList:
    def test_keeps_what_is_cancelled_in_sight_until_its_day(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        meeting, client = planned(cast["gebiedswerker"]), sign_in(cast["buurtwerker"])
        closing.cancel(meeting, by=cast["gebiedswerker"])
        address = reverse("meetings:meeting", args=[meeting.pk])
        page = client.get(reverse("meetings:meetings")).text
        assert address in page
        assert "Geannuleerd" in page
        assert address not in client.get(reverse("meetings:meetings"), {"voorbij": 1}).text

    def test_leads_to_case_consultations(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        page = sign_in(cast["buurtwerker"]).get(reverse("meetings:meetings")).text
        assert f'href="{reverse("consultations:consultations")}">Casusoverleg' in page


class TestPast:
    def test_list_says_whose_minutes_are_not_sent_and_holds_what_is_just_closed(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        els = cast["gebiedswerker"]
        waits, closed = held_today(els), held_today(els)
        Meeting.objects.filter(pk=waits.pk).update(starts=at(-3), ends=at(-3, 16))
        closing.send_minutes(closed, by=els)  # before the hour at which it would end
        page = sign_in(els).get(f"{reverse('meetings:meetings')}?voorbij=1").text
        for meeting in (waits, closed):
            assert reverse("meetings:meeting", args=[meeting.pk]) in page
        assert page.count("Verslag nog niet verstuurd") + page.count("verslag nog niet verstuurd") == 1
