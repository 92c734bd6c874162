"""The briefing: what stands in it for whom, from when it is new, and that nobody else hears who read it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from signals.levels import Level
from signals.models import Feedback, PatrolRound, Signal, Task
from teams.briefing.since import period_of
from teams.models import BriefingRead, ShiftNote, Team, User
from tests.cast import Cast, area
from tests.teams.briefings import HERE, PAGE, behind, blocks
from tests.teams.bulletins import bulletin
from tests.teams.flags import flag_of
from tests.teams.inventory import action

type SignIn = Callable[[Any], Client]
type Make = Callable[..., Signal]


def read_days_ago(user: User, days: int) -> BriefingRead:
    at = timezone.now() - dt.timedelta(days=days)
    return BriefingRead.objects.create(user=user, area=area("Overleie"), day=timezone.localdate(at), at=at)


class TestSince:
    """What is new, by the last briefing or the last shift."""

    def test_is_a_day_for_who_never_read_one(self, cast: Cast) -> None:
        start = period_of(cast["gebiedswerker"], area("Overleie")).start
        assert abs(timezone.now() - dt.timedelta(days=1) - start) < dt.timedelta(minutes=1)

    def test_is_the_briefing_read_last(self, cast: Cast) -> None:
        read = read_days_ago(cast["gebiedswerker"], 3)
        assert period_of(cast["gebiedswerker"], area("Overleie")).start == read.at
        assert period_of(cast["gebiedswerker"], area("Marke")).start != read.at
        assert period_of(cast["wijkinspecteur"], area("Overleie")).start != read.at

    def test_is_at_most_fourteen_days(self, cast: Cast) -> None:
        read_days_ago(cast["gebiedswerker"], 40)
        start = period_of(cast["gebiedswerker"], area("Overleie")).start
        assert abs(timezone.now() - dt.timedelta(days=14) - start) < dt.timedelta(minutes=1)

    def test_is_the_same_for_who_reads_it_twice(self, cast: Cast) -> None:
        before = period_of(cast["gebiedswerker"], area("Overleie")).start
        read_days_ago(cast["gebiedswerker"], 0)
        assert abs(period_of(cast["gebiedswerker"], area("Overleie")).start - before) < dt.timedelta(minutes=1)

    def test_is_the_end_of_the_last_round_that_was_no_break(self, cast: Cast) -> None:
        warden, now = cast["gemeenschapswacht"], timezone.now()
        read_days_ago(warden, 3)
        ended = now - dt.timedelta(hours=9)
        PatrolRound.objects.create(by=warden, started_at=now - dt.timedelta(hours=12), ended_at=ended)
        PatrolRound.objects.create(by=warden, started_at=now - dt.timedelta(hours=1), ended_at=now)
        assert period_of(warden, area("Overleie")).start == ended


class TestAcknowledging:
    def test_keeps_that_it_was_read_once(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["wijkinspecteur"])
        for _twice in range(2):
            assert client.post(f"{PAGE}overleie/gelezen/").status_code == 302
        assert BriefingRead.objects.get().user == cast["wijkinspecteur"]
        assert "Gelezen, stand van" in client.get(HERE).content.decode()

    def test_says_from_when_on_things_are_new_by_what_was_on_the_page(self, cast: Cast, sign_in: SignIn) -> None:
        """What came between the page and the tap nobody has read."""
        client, lies = sign_in(cast["wijkinspecteur"]), cast["wijkinspecteur"]
        shown = timezone.now() - dt.timedelta(minutes=20)
        client.post(f"{PAGE}overleie/gelezen/", {"as_of": shown.isoformat()})
        assert BriefingRead.objects.get(user=lies).at == shown

    def test_of_a_page_that_stood_open_for_days_is_of_that_page(self, cast: Cast, sign_in: SignIn) -> None:
        """What came since is new still, and today’s briefing is not read."""
        client, lies = sign_in(cast["wijkinspecteur"]), cast["wijkinspecteur"]
        shown = timezone.now() - dt.timedelta(days=3)
        client.post(f"{PAGE}overleie/gelezen/", {"as_of": shown.isoformat()})
        assert period_of(lies, area("Overleie")).start == shown
        assert "Gelezen, stand van" not in client.get(HERE).text

    @pytest.mark.parametrize(
        "said", ["", "gisteren", "2026-02-31T08:00", "2020-01-01T08:00+01:00", "2099-01-01T08:00Z"]
    )
    def test_takes_the_moment_of_the_tap_for_what_no_page_says(self, cast: Cast, sign_in: SignIn, said: str) -> None:
        sign_in(cast["wijkinspecteur"]).post(f"{PAGE}overleie/gelezen/", {"as_of": said})
        assert timezone.now() - BriefingRead.objects.get().at < dt.timedelta(minutes=1)

    def test_is_nobody_elses_business(self, cast: Cast, sign_in: SignIn) -> None:
        sign_in(cast["wijkinspecteur"]).post(f"{PAGE}overleie/gelezen/")
        page = sign_in(cast["coordinator.politie"]).get(HERE).content.decode()
        assert "Gelezen, stand" not in page
        assert "Lies" not in page

    def test_is_for_areas_one_may_view(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["wijkinspecteur.zuid"])
        assert client.post(f"{PAGE}overleie/gelezen/").status_code == 404
        assert client.get(HERE).status_code == 404
        assert client.post(f"{PAGE}marke/gelezen/").status_code == 302

    def test_is_not_done_by_looking(self, cast: Cast, sign_in: SignIn) -> None:
        assert sign_in(cast["wijkinspecteur"]).get(f"{PAGE}overleie/gelezen/").status_code == 405
        assert not BriefingRead.objects.exists()


class TestHandingOn:
    def note(self, **changes: Any) -> dict[str, Any]:
        return {"key": str(uuid7()), "text": "Het hek aan de brug is los.", "weighed": "", **changes}

    def test_stands_first_in_the_next_briefing_of_the_team(self, cast: Cast, sign_in: SignIn) -> None:
        client, form = sign_in(cast["gemeenschapswacht"]), self.note()
        for _twice in range(2):
            assert client.post(f"{PAGE}overleie/nota/", form).status_code == 302
        note = ShiftNote.objects.get()
        assert (note.team.code, note.audience) == ("gemeenschapswachten", "internal")
        found = blocks(sign_in(behind("gemeenschapswacht.centrum")))
        assert next(iter(found)) == "briefing-notes"
        assert found["briefing-notes"]["notes"][0].text == "Het hek aan de brug is los."

    def test_stays_in_the_team_unless_its_writer_opens_it(self, cast: Cast, sign_in: SignIn) -> None:
        client, ward = sign_in(cast["gemeenschapswacht"]), sign_in(cast["wijkinspecteur"])
        client.post(f"{PAGE}overleie/nota/", self.note())
        assert "briefing-notes" not in blocks(ward)
        client.post(f"{PAGE}overleie/nota/", self.note(text="Feest op het plein.", partners="on"))
        assert [note.text for note in blocks(ward)["briefing-notes"]["notes"]] == ["Feest op het plein."]
        assert "briefing-notes" not in blocks(ward, f"{PAGE}?gebied=pius-x")

    def test_keeps_what_was_typed_when_it_warns(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gemeenschapswacht"])
        answer = client.post(f"{PAGE}overleie/nota/", self.note(text="Bel 0475 12 34 56."))
        assert (answer.status_code, "Bel 0475 12 34 56." in answer.content.decode()) == (422, True)
        assert client.post(f"{PAGE}overleie/nota/", self.note(text="")).status_code == 422
        assert not ShiftNote.objects.exists()

    def test_is_read_with_what_rounds_left(self, cast: Cast, sign_in: SignIn) -> None:
        now, team = timezone.now(), Team.objects.get(code="gemeenschapswachten")
        zone = area("Overleie")
        PatrolRound.objects.create(
            by=cast["gemeenschapswacht"], team=team, zone=zone, started_at=now, ended_at=now, note="Los hek."
        )
        sign_in(cast["gemeenschapswacht"]).post(f"{PAGE}overleie/nota/", self.note(text="Feest."))
        notes = blocks(sign_in(behind("gemeenschapswacht.centrum")))["briefing-notes"]["notes"]
        assert [note.text for note in notes] == ["Feest.", "Los hek."]

    def test_is_old_after_three_days(self, cast: Cast, sign_in: SignIn) -> None:
        sign_in(cast["gemeenschapswacht"]).post(f"{PAGE}overleie/nota/", self.note())
        ShiftNote.objects.update(at=timezone.now() - dt.timedelta(days=3, minutes=1))
        assert "briefing-notes" not in blocks(sign_in(behind("gemeenschapswacht.centrum")))


class TestSections:
    def test_give_one_their_tasks_here(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        team = Team.objects.get(code="gemeenschapswachten")
        for number in range(7):
            Task.objects.create(signal=report(), team=team, title=f"Taak {number}")
        content = blocks(sign_in(cast["gemeenschapswacht"]))["briefing-tasks"]
        assert (len(content["items"]), content["more"]) == (5, 2)
        assert "briefing-tasks" not in blocks(sign_in(cast["gemeenschapswacht"]), f"{PAGE}?gebied=pius-x")

    def test_call_a_task_by_what_it_is_about(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        """Among one’s own, and where others are at work: half of them have the same title."""
        task = Task.objects.create(
            signal=report("Geluidshinder"),
            team=Team.objects.get(code="gemeenschapswachten"),
            title="Meenemen in de ronde",
        )
        assert task.signal
        link = f">{task.signal.title}</a><br><small>Meenemen in de ronde"
        assert link in sign_in(cast["gemeenschapswacht"]).get(HERE).text
        assert link in sign_in(cast["gebiedswerker"]).get(HERE).text

    def test_give_feedback_to_who_raised_it_alone(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        raised = report(channel="warden", by=cast["gemeenschapswacht"])
        raised.close(by=cast["coordinator"], outcome="De bank is hersteld.")
        assert Feedback.objects.exists()
        assert blocks(sign_in(cast["gemeenschapswacht"]))["briefing-feedback"]["total"] == 1
        assert "briefing-feedback" not in blocks(sign_in(behind("gemeenschapswacht.centrum")))

    def test_mark_what_was_reported_again(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        old = report("Geluidshinder")
        Signal.objects.filter(pk=old.pk).update(reported_at=timezone.now() - dt.timedelta(days=9))
        assert "opnieuw gemeld" in sign_in(cast["gebiedswerker"]).get(HERE).content.decode()

    def test_cost_the_same_however_much_there_is(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        client, team = sign_in(cast["gemeenschapswacht"]), Team.objects.get(code="gemeenschapswachten")
        others = Team.objects.get(code="team-net-noord")

        def more() -> None:
            """Of every section one; of half of them one that is limited."""
            today = timezone.localdate()
            Task.objects.create(signal=report("Geluidshinder"), team=team, title="Kijken")
            Task.objects.create(signal=report("Geluidshinder"), team=others, title="Kijken")
            limited = [report(), report()]
            Task.objects.create(signal=limited[0], team=team, title="Kijken")
            Signal.objects.filter(pk__in=[each.pk for each in limited]).update(level=Level.LIMITED)
            raised = report("Geluidshinder", channel="warden", by=cast["gemeenschapswacht"])
            raised.close(by=cast["coordinator"], outcome="Bezocht.")
            action(cast["coordinator"], due_on=today, owner=cast["wijkinspecteur"], audience="partners")
            bulletin(cast, kind="campaign", audience="partners", starts=today)
            flag_of(cast)
            ShiftNote.objects.create(team=team, area=area("Overleie"), by=cast["gemeenschapswacht"], text="Let op.")

        for _time in range(6):  # more than is shown, so that the rest is counted
            more()
        sections = {"new", "tasks", "limited", "outcomes"}
        found = {f"signals-{each}" for each in sections} | {"briefing-notes", "briefing-tasks", "briefing-feedback"}
        assert blocks(client).keys() == found | {"flags-watch", "actions-due", "campaigns"}
        with CaptureQueriesContext(connection) as few:
            client.get(HERE)
        for _time in range(3):
            more()
        with CaptureQueriesContext(connection) as many:
            client.get(HERE)
        assert len(many) == len(few)
