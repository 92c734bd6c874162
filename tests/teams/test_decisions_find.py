"""Every decision is found again, by who may read it, and shows where people look."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kortrijk_gebied.periods import month_period
from kortrijk_gebied.sections import Request
from teams.access import access_of, access_of_organisation
from teams.meetings import deciding, sections
from teams.meetings.deciding import Agreement
from teams.meetings.planning import days_from, plan
from teams.meetings.register import decisions
from teams.models import Action, AgendaPoint, Organisation, User
from tests.cast import Cast, area
from tests.teams.meetings import held_today, planned, raised, team_of, unplanned

pytestmark = pytest.mark.django_db

SOON = timezone.localdate() + dt.timedelta(days=14)


def decided(by: User, title: str, decision: str = "", **details) -> AgendaPoint:  # type: ignore[no-untyped-def]
    meeting = details.pop("meeting", None) or held_today(by)
    point = raised(by, title, meeting=meeting, team=meeting.team)
    return deciding.decide(point, by=by, decision=decision, agreements=details.get("agreements", ()))


class TestRegister:
    def test_finds_by_words_of_decision_and_agreement(self, cast: Cast) -> None:
        els = cast["gebiedswerker"]
        meeting = held_today(els)
        bench = decided(els, "Pleintje", "Er komt een zitbank.", meeting=meeting)
        line = Agreement("Verlichting laten herstellen", els, SOON)
        lamp = decided(els, "Brug", meeting=meeting, agreements=[line])
        viewer = access_of(els)
        assert list(decisions(viewer, {"q": "zitbanken"})) == [bench]
        assert list(decisions(viewer, {"q": "verlichting"})) == [lamp]
        assert not decisions(viewer, {"q": "fietsenstalling"})

    def test_finds_by_team_area_and_period(self, cast: Cast) -> None:
        els, today = cast["gebiedswerker"], timezone.localdate()
        mine, viewer = decided(els, "Pleintje", "Ja"), access_of(els)
        other = decided(
            cast["deelgemeente"],
            "Kerkplein",
            "Neen",
            meeting=held_today(cast["deelgemeente"], team="gebiedsteam-bellegem"),
        )
        assert set(decisions(viewer, {})) == {mine, other}, "an area worker views every area"
        assert list(decisions(viewer, {"team": team_of()})) == [mine]
        assert list(decisions(viewer, {"gebied": area("Bellegem")})) == [other]
        assert not decisions(viewer, {"van": today + dt.timedelta(days=1)})
        assert list(decisions(viewer, {"van": today, "tot": today, "team": team_of()})) == [mine]

    def test_keeps_from_others_what_is_not_theirs(self, cast: Cast) -> None:
        decided(cast["gebiedswerker"], "Pleintje", "Ja")
        assert decisions(access_of(cast["agent"]), {}).count() == 1
        assert not decisions(access_of(cast["wijkinspecteur.zuid"]), {})

    def test_keeps_in_the_team_what_it_agreed_for_itself(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        els = cast["gebiedswerker"]
        point = decided(els, "Pleintje", "Ja", agreements=[Agreement("Geheimpje", els, SOON)])
        Action.objects.filter(point=point).update(audience="internal")
        meeting = point.meeting
        assert meeting is not None
        pages = [
            reverse("meetings:point", args=[point.pk]), reverse("meetings:minutes", args=[meeting.pk]),
            reverse("meetings:decisions"),
        ]  # fmt: skip
        for page in pages:
            assert "Geheimpje" in sign_in(cast["buurtwerker"]).get(page).text
            assert "Geheimpje" not in sign_in(cast["agent"]).get(page).text
        assert not decisions(access_of(cast["agent"]), {"q": "geheimpje"})

    def test_asks_as_many_questions_for_ten_as_for_one(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        els, client = cast["gebiedswerker"], sign_in(cast["gebiedswerker"])
        meeting, url = held_today(els), reverse("meetings:decisions")

        def queries() -> int:
            client.get(url)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(url, {"q": "zaak"}).status_code == 200
            return len(asked)

        decided(els, "zaak 0", "Ja", meeting=meeting, agreements=[Agreement("Bellen", els, SOON)])
        one = queries()
        for number in range(1, 10):
            decided(els, f"zaak {number}", "Ja", meeting=meeting, agreements=[Agreement("Bellen", els, SOON)])
        assert queries() == one

    def test_refuses_a_period_that_ends_before_it_starts(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        asked = {"van": "2026-12-02", "tot": "2026-12-01"}
        assert sign_in(cast["gebiedswerker"]).get(reverse("meetings:decisions"), asked).status_code == 200


class TestSections:
    def test_show_the_next_meeting_and_what_was_decided(self, cast: Cast) -> None:
        point, coming = decided(cast["gebiedswerker"], "Pleintje", "Ja"), planned(cast["gebiedswerker"], days=9)
        shown = sections.meetings(Request(viewer=access_of(cast["agent"]), area=area("Overleie")))
        assert shown is not None
        assert coming in shown["coming"]
        assert list(shown["decided"]) == [point]
        assert sections.meetings(Request(viewer=access_of(cast["fluvius"]), area=area("Overleie"))) is None

    def test_say_the_same_in_every_copy_of_the_report(self, cast: Cast) -> None:
        point = decided(cast["gebiedswerker"], "Pleintje", "Ja")
        period = month_period(timezone.localdate().replace(day=1))
        for code in ("stad", "ocmw", "politie"):
            viewer = access_of_organisation(Organisation.objects.get(code=code), area("Overleie"))
            asked = Request(viewer=viewer, area=area("Overleie"), period=period)
            assert sections.agreed(asked) == {"points": [point]}
            assert sections.agreed(Request(viewer=viewer, area=area("Marke"), period=period)) is None
            after = month_period((period.end + dt.timedelta(days=1)).date().replace(day=1))
            assert sections.agreed(Request(viewer=viewer, area=area("Overleie"), period=after)) is None

    def test_tell_members_on_today_what_need_not_be(self, cast: Cast) -> None:
        meeting = planned(cast["gebiedswerker"], days=1)
        shown = sections.this_week(Request(viewer=access_of(cast["buurtwerker"])))
        assert shown == {"rows": [(meeting, True)]}
        assert sections.this_week(Request(viewer=access_of(cast["agent"]))) is None
        later = planned(cast["gebiedswerker"], days=15)
        raised(cast["buurtwerker"], meeting=later, needs_decision=True)
        assert sections.this_week(Request(viewer=access_of(cast["buurtwerker"]))) == shown

    def test_stand_on_the_page_today(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        planned(cast["gebiedswerker"], days=1)
        assert "Overleg deze week" in sign_in(cast["buurtwerker"]).get(reverse("today")).text


class TestRepeating:
    def test_goes_by_two_weeks_without_public_holidays(self) -> None:
        first = dt.date(2026, 12, 11)
        days = days_from(first, "fortnight", dt.date(2027, 1, 31))
        assert days == [first, dt.date(2027, 1, 8), dt.date(2027, 1, 22)]

    def test_goes_by_month_on_the_same_weekday(self) -> None:
        first = dt.date(2026, 9, 29)  # the fifth Tuesday
        assert days_from(first, "month", dt.date(2026, 12, 31)) == [
            first, dt.date(2026, 10, 27), dt.date(2026, 11, 24), dt.date(2026, 12, 29),
        ]  # fmt: skip

    def test_plans_a_row_for_each_day_and_mails_once(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        from kortrijk_gebied.jobs.models import Message

        day = timezone.localdate() + dt.timedelta(days=7)
        sent = {
            "team": str(team_of().pk), "form": "regular", "day": day.isoformat(), "start": "14:00", "end": "16:00",
            "every": "fortnight", "until": (day + dt.timedelta(weeks=5)).isoformat(), "place": "Buurthuis",
        }  # fmt: skip
        client = sign_in(cast["gebiedswerker"])
        for _time in range(2):
            assert client.post(reverse("meetings:meeting-add"), sent).status_code == 302
        assert team_of().meetings.count() == len(days_from(day, "fortnight", day + dt.timedelta(weeks=5)))
        assert Message.objects.filter(key__startswith="meeting-planned", to=cast["buurtwerker"].email).count() == 1

    def test_mails_of_what_is_added_to_one_that_stood_there(self, cast: Cast) -> None:
        from kortrijk_gebied.jobs.models import Message

        els = cast["gebiedswerker"]
        first = planned(els, days=7)
        made = plan(unplanned(els, days=7), by=els, every="fortnight", until=first.day + dt.timedelta(weeks=9))
        assert made[0] == first
        _before, mail = Message.objects.filter(
            key__startswith="meeting-planned", to=cast["buurtwerker"].email
        ).order_by("pk")
        assert [date_format(each.day) in mail.body for each in made] == [False, *(True for _each in made[1:])]
        assert len(made) > 1

    def test_says_what_is_wrong(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        sent = {"team": str(team_of().pk), "form": "regular", "day": "2026-11-30", "start": "16:00", "end": "14:00",
                "every": "month", "chair": str(cast["agent"].pk)}  # fmt: skip
        response = sign_in(cast["gebiedswerker"]).post(reverse("meetings:meeting-add"), sent)
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {"end", "until", "chair"}

    def test_tells_everybody_that_one_moved(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        from kortrijk_gebied.jobs.models import Message

        meeting = planned(cast["gebiedswerker"])
        day = timezone.localdate() + dt.timedelta(days=8)
        sent = {"form": "regular", "day": day.isoformat(), "start": "10:00", "end": "11:00", "place": "Stadhuis"}
        client = sign_in(cast["gebiedswerker"])
        assert client.post(reverse("meetings:meeting-edit", args=[meeting.pk]), sent).status_code == 302
        meeting.refresh_from_db()
        assert (meeting.day, meeting.place) == (day, "Stadhuis")
        assert Message.objects.filter(key__startswith="meeting-moved", to=cast["buurtwerker"].email).count() == 1
