"""Making a signal more secret: nothing of it stays behind where it may no longer be read, and nothing gets lost."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from signals.levels import Level
from signals.models import Attachment, Feedback, Note, Signal, Task
from teams.access import access_of
from teams.models import Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]


def photo_on(signal: Signal, by: User) -> Attachment:
    return Attachment.objects.create(
        signal=signal, organisation_id=by.organisation_id or 0, by=by, file="attachments/x.jpg", width=1, height=1,
        size=1, sha256="0" * 64,
    )  # fmt: skip


def share_with(signal: Signal, code: str, by: User) -> None:
    signal.share(
        by=by, team=Team.objects.get(code=code), text="Graag mee langsgaan.", legal_ground="Noodtoestand",
        purpose="Nagaan", expires_at=timezone.now() + dt.timedelta(days=7),
    )  # fmt: skip


class TestWhatHangsOnIt:
    def test_is_still_read_by_who_keeps_it_when_it_is_sealed(self, cast: Cast, report: Make) -> None:
        signal = report("Geluidshinder")
        note = signal.add_note(by=cast["coordinator"], text="Buren zijn bang.")
        photo = photo_on(signal, cast["gemeenschapswacht"])
        signal.raise_level(by=cast["coordinator.politie"], level=Level.SEALED)
        keeper = access_of(cast["wijkinspecteur"])
        assert Note.objects.readable(keeper).contains(note)
        assert Attachment.objects.readable(keeper).contains(photo)
        assert not Note.objects.readable(access_of(cast["coordinator"])).exists()

    def test_is_still_read_within_the_owner_when_it_is_limited(self, cast: Cast, report: Make) -> None:
        signal = report("Geluidshinder")
        note = signal.add_note(by=cast["coordinator"], text="Buren zijn bang.")
        signal.raise_level(by=cast["coordinator.politie"], level=Level.LIMITED)
        assert Note.objects.readable(access_of(cast["coordinator.politie"])).contains(note)
        assert not Note.objects.readable(access_of(cast["coordinator"])).contains(note)

    def test_of_another_organisation_alone_is_not_handed_over(self, cast: Cast, report: Make) -> None:
        signal = report("Geluidshinder")
        note = signal.add_note(by=cast["coordinator"], text="Alleen voor de stad.", level=Level.LIMITED)
        signal.raise_level(by=cast["coordinator.politie"], level=Level.SEALED)
        assert not Note.objects.readable(access_of(cast["wijkinspecteur"])).contains(note)


class TestTasksElsewhere:
    def test_are_gone_for_who_may_not_know_of_it_any_more(self, cast: Cast, report: Make) -> None:
        signal = report("Geluidshinder")
        task = signal.offer(
            team=Team.objects.get(code="team-net-noord"), title="Zakken ophalen", by=cast["coordinator.politie"]
        )
        doer = access_of(cast["uitvoerder"])
        assert task.team_id in doer.team_ids
        assert Task.objects.readable(doer).contains(task)
        signal.raise_level(by=cast["coordinator.politie"], level=Level.SEALED)
        assert not Task.objects.readable(doer).contains(task)
        assert Task.objects.readable(access_of(cast["wijkinspecteur"])).contains(task)

    def test_can_be_seen_again_with_a_sentence_of_their_own(self, cast: Cast, report: Make) -> None:
        signal = report("Geluidshinder")
        task = signal.offer(
            team=Team.objects.get(code="team-net-noord"), title="Zakken ophalen", by=cast["coordinator.politie"]
        )
        signal.raise_level(by=cast["coordinator.politie"], level=Level.SEALED)
        share_with(signal, "team-net-noord", cast["wijkinspecteur"])
        assert Task.objects.readable(access_of(cast["uitvoerder"])).contains(task)

    def test_end_with_the_share(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        share_with(signal, "wijkwerking-noord", cast["verpleegkundige"])
        team = Team.objects.get(code="wijkwerking-noord")
        task = signal.offer(team=team, title="Mee langsgaan", by=cast["verpleegkundige"])
        inspector = access_of(cast["wijkinspecteur"])
        assert Task.objects.readable(inspector).contains(task)
        signal.shares.get().revoke(by=cast["verpleegkundige"])
        assert not Task.objects.readable(inspector).contains(task)
        assert Task.objects.readable(access_of(cast["verpleegkundige"])).contains(task)


class TestWhatWasTold:
    def test_is_hushed_once_it_is_sealed(self, cast: Cast, report: Make) -> None:
        signal = report(
            "Geluidshinder", channel="warden", by=cast["gemeenschapswacht"], name="Buur", email="buur@example.be"
        )
        signal.close(by=cast["coordinator.politie"], outcome="Bemiddeld tussen moeder en zoon.")
        signal.raise_level(by=cast["coordinator.politie"], level=Level.SEALED)
        line = Feedback.objects.of(cast["gemeenschapswacht"]).get()
        mail = Message.objects.get(to="buur@example.be")
        assert "moeder" not in line.text + mail.body
        assert "Overleiestraat" not in line.subject + mail.body
        assert "juiste dienst" in line.text.lower()
        assert "juiste dienst" in mail.body
