"""Each point ends: with a decision, with who does what by when, taken note of, later, or dropped."""

import datetime as dt
from collections.abc import Callable

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
from tests.teams.meetings import on_the_table, planned, raised, team_of

pytestmark = pytest.mark.django_db

SOON = timezone.localdate() + dt.timedelta(days=14)


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
        ends: list[Callable[[], object]] = [
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


class TestOwners:
    def test_are_members_and_who_serves_the_area(self, cast: Cast) -> None:
        people = set(deciding.owners_of(team_of()))
        assert {cast["wijkinspecteur"], cast["uitvoerder"]} <= people
        assert cast["fluvius"] not in people
        User.objects.filter(pk=cast["uitvoerder"].pk).update(is_active=False)
        assert cast["uitvoerder"] not in deciding.owners_of(team_of())
