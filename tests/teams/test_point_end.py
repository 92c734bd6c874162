"""Each point ends: with a decision, with who does what by when, taken note of, later, or dropped."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.refusals import Refused
from teams import lifting
from teams.meetings import deciding
from teams.meetings.agenda import Personal
from teams.meetings.deciding import Agreement
from teams.models import Action, AgendaPoint, Meeting, Membership, Team, User
from tests.cast import Cast
from tests.teams.meetings import held_today, planned, raised, team_of

pytestmark = pytest.mark.django_db

SOON = timezone.localdate() + dt.timedelta(days=14)


def on_the_table(cast: Cast, **details) -> AgendaPoint:  # type: ignore[no-untyped-def]
    return raised(cast["buurtwerker"], meeting=held_today(cast["gebiedswerker"]), **details)


class TestDeciding:
    def test_writes_decision_and_agreements(self, cast: Cast) -> None:
        point = on_the_table(cast, needs_decision=True)
        line = Agreement("Borden plaatsen", cast["wijkinspecteur"], SOON)
        deciding.decide(point, by=cast["gebiedswerker"], decision="Fietsen mag niet.", agreements=[line])
        point.refresh_from_db()
        (action,) = Action.objects.filter(point=point)
        assert (point.state, point.decision, point.decided_by) == (
            "decided",
            "Fietsen mag niet.",
            cast["gebiedswerker"],
        )
        assert (action.kind, action.owner, action.due_on, action.status) == (
            "agreement", cast["wijkinspecteur"], SOON, "planned",
        )  # fmt: skip
        assert set(action.areas.all()) == set(team_of().areas.current())

    def test_keeps_for_itself_what_a_team_of_one_house_agrees(self, cast: Cast) -> None:
        """What an area team agrees is for whoever works there; what others agree is for their members."""
        ilse = cast["buurtwerker"]
        meeting = Meeting.objects.create(
            team=Team.objects.get(code="sociale-dienst"), created_by=ilse, starts=timezone.now(),
            ends=timezone.now() + dt.timedelta(hours=1),
        )  # fmt: skip
        own = AgendaPoint.objects.create(team=meeting.team, meeting=meeting, title="Wachtlijst", raised_by=ilse)
        for point, audience in ((own, "internal"), (on_the_table(cast), "partners")):
            deciding.decide(point, by=ilse, agreements=[Agreement("Bellen", ilse, SOON)])
            assert Action.objects.get(point=point).audience == audience

    def test_sent_twice_agrees_once(self, cast: Cast) -> None:
        point = on_the_table(cast)
        for _time in range(2):
            deciding.decide(
                point, by=cast["gebiedswerker"], agreements=[Agreement("Bellen", cast["buurtwerker"], SOON)]
            )
        assert Action.objects.filter(point=point).count() == 1

    @pytest.mark.parametrize(("who", "due_on"), [(None, SOON), ("buurtwerker", None)])
    def test_refuses_an_agreement_without_owner_or_date(
        self, cast: Cast, who: str | None, due_on: dt.date | None
    ) -> None:
        point = on_the_table(cast)
        line = Agreement("Bellen", cast[who] if who else None, due_on)
        with pytest.raises(Refused):
            deciding.decide(point, by=cast["gebiedswerker"], decision="Ja", agreements=[line])
        point.refresh_from_db()
        assert point.is_open
        assert not Action.objects.exists()

    def test_refuses_a_member_whose_mandate_expired(self, cast: Cast) -> None:
        point = on_the_table(cast)
        own = Membership.objects.filter(user=cast["wijkinspecteur"], team=team_of())
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        own.update(mandate="spreekt voor PZ Vlas", mandate_until=yesterday)
        with pytest.raises(Refused, match=r"PZ Vlas"):
            deciding.decide(point, by=cast["wijkinspecteur"], decision="Ja")
        own.update(mandate_until=timezone.localdate())
        assert deciding.decide(point, by=cast["wijkinspecteur"], decision="Ja").state == "decided"

    def test_refuses_before_the_day_and_on_the_open_agenda(self, cast: Cast) -> None:
        early = raised(cast["buurtwerker"], meeting=planned(cast["gebiedswerker"], days=2))
        for point in (early, raised(cast["buurtwerker"])):
            with pytest.raises(Refused):
                deciding.decide(point, by=cast["gebiedswerker"], decision="Ja")

    def test_refuses_nothing_at_all_and_somebodys_case(self, cast: Cast) -> None:
        point = on_the_table(cast)
        with pytest.raises(Refused):
            deciding.decide(point, by=cast["gebiedswerker"], decision="  ")
        with pytest.raises(Personal):
            deciding.decide(point, by=cast["gebiedswerker"], decision="Mevrouw De Smet is dement.")

    def test_refuses_a_second_end(self, cast: Cast) -> None:
        point = on_the_table(cast)
        deciding.note(point, by=cast["gebiedswerker"])
        with pytest.raises(Refused):
            deciding.decide(point, by=cast["gebiedswerker"], decision="Toch")

    def test_tells_who_lifted_it(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        told: list[object] = []
        monkeypatch.setattr(lifting, "decided", told.append)
        point = on_the_table(cast)
        deciding.decide(point, by=cast["gebiedswerker"], decision="Ja")
        assert told == [point]


class TestOtherEnds:
    def test_takes_note(self, cast: Cast) -> None:
        assert deciding.note(on_the_table(cast), by=cast["gebiedswerker"]).state == "noted"

    def test_drops_with_a_reason_also_from_the_open_agenda(self, cast: Cast) -> None:
        point = raised(cast["buurtwerker"])
        with pytest.raises(Refused):
            deciding.drop(point, by=cast["buurtwerker"], reason=" ")
        assert deciding.drop(point, by=cast["buurtwerker"], reason="Al opgelost.").state == "dropped"

    def test_goes_on_to_the_next_meeting_or_the_open_agenda(self, cast: Cast) -> None:
        point, here = on_the_table(cast), None
        here = point.meeting
        following = planned(cast["gebiedswerker"], days=20)
        for _time in range(2):
            deciding.postpone(AgendaPoint.objects.get(pk=point.pk) if _time == 0 else point, by=cast["gebiedswerker"])
        point.refresh_from_db()
        assert (point.meeting, point.state) == (following, "open")
        assert here is not None
        assert here.postponements.get().point == point

    def test_holds_the_meeting_it_goes_to(self, cast: Cast) -> None:
        """Cancelled in that moment, it would take the point along, to where nobody looks."""
        point, following = on_the_table(cast), planned(cast["gebiedswerker"], days=20)
        with CaptureQueriesContext(connection) as asked:
            deciding.postpone(point, by=cast["gebiedswerker"])
        point.refresh_from_db()
        assert point.meeting == following
        held = [one["sql"] for one in asked if 'FROM "teams_meeting"' in one["sql"] and "FOR UPDATE" in one["sql"]]
        assert len(held) == 1

    def test_goes_on_once_when_the_form_is_sent_twice(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        point, following = on_the_table(cast), planned(cast["gebiedswerker"], days=20)
        planned(cast["gebiedswerker"], days=40)
        for _time in range(2):
            sign_in(cast["buurtwerker"]).post(reverse("meetings:point", args=[point.pk]), {"how": "later"})
        point.refresh_from_db()
        assert point.meeting == following

    def test_goes_on_once_also_to_another_meeting_of_the_same_day(self, cast: Cast) -> None:
        point, following = on_the_table(cast), planned(cast["gebiedswerker"], days=1)
        Meeting.objects.filter(pk=following.pk).update(starts=timezone.now() + dt.timedelta(seconds=1))
        for _time in range(2):
            deciding.postpone(point, by=cast["gebiedswerker"])  # as somebody saw it, twice
        assert AgendaPoint.objects.get(pk=point.pk).meeting == following

    def test_of_what_its_minutes_left_behind_are_refused(self, cast: Cast) -> None:
        point, els = on_the_table(cast), cast["gebiedswerker"]
        Meeting.objects.update(state="held", minutes_sent_at=timezone.now(), minutes_sent_by=els)
        ends = [
            lambda: deciding.note(point, by=els), lambda: deciding.decide(point, by=els, decision="Ja"),
            lambda: deciding.drop(point, by=els, reason="Al opgelost."),
        ]  # fmt: skip
        for end in ends:
            with pytest.raises(Refused, match="Het verslag van dit overleg is verstuurd"):
                end()
        point.refresh_from_db()
        assert point.is_open

    def test_refuses_to_put_off_what_is_still_to_come(self, cast: Cast) -> None:
        point = raised(cast["buurtwerker"], meeting=planned(cast["gebiedswerker"], days=20))
        with pytest.raises(Refused):
            deciding.postpone(point, by=cast["gebiedswerker"])

    def test_waits_on_the_open_agenda_when_nothing_is_planned(self, cast: Cast) -> None:
        point = on_the_table(cast)
        deciding.postpone(point, by=cast["gebiedswerker"])
        assert AgendaPoint.objects.waiting().get() == point


class TestPage:
    def test_ends_a_point_and_goes_on_to_the_next(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        point = on_the_table(cast)
        later = raised(cast["buurtwerker"], "Daarna", meeting=point.meeting)
        sent = {"how": "decided", "decision": "Goed", "a1-what": "Bellen", "a1-who": str(cast["buurtwerker"].pk),
                "a1-due_on": SOON.isoformat()}  # fmt: skip
        response = sign_in(cast["gebiedswerker"]).post(reverse("meetings:point", args=[point.pk]), sent)
        assert response.status_code == 302
        assert response["Location"] == reverse("meetings:point", args=[later.pk])
        assert Action.objects.get(point=point).owner == cast["buurtwerker"]

    def test_says_what_an_agreement_lacks_and_keeps_what_was_typed(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        url = reverse("meetings:point", args=[on_the_table(cast).pk])
        sent = {"how": "decided", "decision": "Goed", "a1-what": "Bellen met de buurt", "a2-due_on": "2020-01-01"}
        response = sign_in(cast["gebiedswerker"]).post(url, sent)
        assert response.status_code == 422
        body = response.content.decode()
        assert "Bellen met de buurt" in body
        assert "kies wie het doet" in body
        assert body.count("Afspraak 1, Wie:") == 1
        assert body.count('id="error-summary-heading"') == 1
        assert "zeg tegen wanneer" in body

    @pytest.mark.parametrize("how", ["noted", "later", "dropped"])
    def test_ends_in_other_ways(self, cast: Cast, sign_in, how: str) -> None:  # type: ignore[no-untyped-def]
        point = on_the_table(cast)
        sent = {"how": how, "decision": "Opgelost" if how == "dropped" else ""}
        assert sign_in(cast["buurtwerker"]).post(reverse("meetings:point", args=[point.pk]), sent).status_code == 302
        point.refresh_from_db()
        assert point.state == {"later": "open"}.get(how, how)

    @pytest.mark.parametrize("how", ["noted", "later"])
    def test_drops_no_words_that_it_would_keep_nowhere(self, cast: Cast, sign_in, how: str) -> None:  # type: ignore[no-untyped-def]
        point = on_the_table(cast)
        sent = {"how": how, "decision": "De bank komt in mei."}
        response = sign_in(cast["buurtwerker"]).post(reverse("meetings:point", args=[point.pk]), sent)
        assert response.status_code == 422
        assert "De bank komt in mei.</textarea>" in response.text
        point.refresh_from_db()
        assert (point.is_open, point.meeting.postponements.count()) == (True, 0)

    def test_gives_back_what_was_written_when_a_colleague_was_first(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        point = on_the_table(cast)
        deciding.note(point, by=cast["gebiedswerker"])
        sent = {"how": "decided", "decision": "De bank komt in mei.", "a1-what": "Bank bestellen",
                "a1-who": str(cast["buurtwerker"].pk), "a1-due_on": SOON.isoformat()}  # fmt: skip
        response = sign_in(cast["buurtwerker"]).post(reverse("meetings:point", args=[point.pk]), sent)
        assert response.status_code == 422
        for words in ("Wat je schreef, is niet bewaard", "De bank komt in mei.", "Bank bestellen"):
            assert words in response.text
        assert "is niet bewaard" not in sign_in(cast["buurtwerker"]).get(response.request["PATH_INFO"]).text

    @pytest.mark.parametrize(
        ("who", "reads", "ends"), [("agent", 200, 403), ("fluvius", 404, 404), ("buurtwerker", 200, 422)]
    )
    def test_is_for_members(self, cast: Cast, sign_in, who: str, reads: int, ends: int) -> None:  # type: ignore[no-untyped-def]
        url = reverse("meetings:point", args=[on_the_table(cast).pk])
        assert sign_in(cast[who]).get(url).status_code == reads
        assert sign_in(cast[who]).post(url, {}).status_code == ends


class TestDayOfAnAgreement:
    @pytest.mark.parametrize(("days", "said"), [(-1, "Deze dag is voorbij"), (3654, "meer dan tien jaar ver")])
    def test_is_to_come_and_not_of_another_century(self, cast: Cast, sign_in, days: int, said: str) -> None:  # type: ignore[no-untyped-def]
        point, day = on_the_table(cast), timezone.localdate() + dt.timedelta(days=days)
        with pytest.raises(Refused):
            deciding.decide(point, by=cast["gebiedswerker"], agreements=[Agreement("Bellen", cast["buurtwerker"], day)])
        sent = {"how": "decided", "a1-what": "Bellen", "a1-who": str(cast["buurtwerker"].pk), "a1-due_on": str(day)}
        response = sign_in(cast["gebiedswerker"]).post(reverse("meetings:point", args=[point.pk]), sent)
        assert response.status_code == 422
        assert said in response.text
        assert not Action.objects.filter(point=point).exists()

    def test_may_be_today(self, cast: Cast) -> None:
        line = Agreement("Bellen", cast["buurtwerker"], timezone.localdate())
        assert deciding.decide(on_the_table(cast), by=cast["gebiedswerker"], agreements=[line]).state == "decided"


class TestMeeting:
    def test_begins_with_the_first_point_and_then_goes_on(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        first = on_the_table(cast)
        second = raised(cast["buurtwerker"], "Daarna", meeting=first.meeting)
        client, url = sign_in(cast["buurtwerker"]), reverse("meetings:meeting", args=[first.meeting_id])

        def leads() -> list[bool]:
            page = client.get(url).text
            return [words in page for words in ("Begin met het eerste punt", "Ga door met het volgende punt")]

        assert leads() == [True, False]
        deciding.note(first, by=cast["gebiedswerker"])
        assert leads() == [False, True]
        deciding.note(second, by=cast["gebiedswerker"])
        assert leads() == [False, False]
        coming = raised(cast["buurtwerker"], "Straks", meeting=planned(cast["gebiedswerker"]))
        url = reverse("meetings:meeting", args=[coming.meeting_id])
        assert leads() == [False, False], "before its day nothing begins"


class TestForm:
    def test_before_the_day_offers_only_to_drop(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        client, coming = (
            sign_in(cast["buurtwerker"]),
            raised(cast["buurtwerker"], meeting=planned(cast["gebiedswerker"])),
        )
        page = client.get(reverse("meetings:point", args=[coming.pk])).text
        assert "Schrap dit punt" in page
        assert "Hoe eindigt het" not in page
        page = client.get(reverse("meetings:point", args=[on_the_table(cast).pk])).text
        assert "Hoe eindigt het" in page
        assert "Schrap dit punt" not in page
        url = reverse("meetings:point", args=[coming.pk])
        assert client.post(url, {"how": "dropped", "decision": "Al opgelost."}).status_code == 302
        coming.refresh_from_db()
        assert coming.state == "dropped"

    def test_names_the_team_first_and_others_with_their_organisation(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        page = sign_in(cast["buurtwerker"]).get(reverse("meetings:point", args=[on_the_table(cast).pk])).text
        own, others = page.index(f'<optgroup label="{team_of().name}"'), page.index('<optgroup label="Andere')
        hassan = page.index(f"{cast['uitvoerder'].name} ({cast['uitvoerder'].organisation})")
        assert own < page.index(f"{cast['wijkinspecteur'].name} (") < others < hassan

    def test_writes_more_than_three_agreements_at_once(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        point, sent = on_the_table(cast), {"how": "decided"}
        for number in range(1, 6):
            line = {"what": f"Taak {number}", "who": str(cast["buurtwerker"].pk), "due_on": str(SOON)}
            sent |= {f"a{number}-{name}": value for name, value in line.items()}
        assert sign_in(cast["gebiedswerker"]).post(reverse("meetings:point", args=[point.pk]), sent).status_code == 302
        assert Action.objects.filter(point=point).count() == 5


class TestOwners:
    def test_are_members_and_who_serves_the_area(self, cast: Cast) -> None:
        people = set(deciding.owners_of(team_of()))
        assert {cast["wijkinspecteur"], cast["uitvoerder"]} <= people
        assert cast["fluvius"] not in people
        User.objects.filter(pk=cast["uitvoerder"].pk).update(is_active=False)
        assert cast["uitvoerder"] not in deciding.owners_of(team_of())
