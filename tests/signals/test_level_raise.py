"""Making a signal more secret: nothing of it stays behind where it may no longer be read, and nothing gets lost."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from kortrijk_gebied.jobs.models import Message, State
from signals.handing import hand_over
from signals.joining import join
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

    def test_is_hushed_in_a_mail_that_is_being_sent_and_may_be_sent_again(self, cast: Cast, report: Make) -> None:
        signal = report("Geluidshinder", name="Buur", email="buur@example.be")
        signal.close(by=cast["coordinator.politie"], outcome="Bemiddeld tussen moeder en zoon.")
        Message.objects.update(state=State.RUNNING, lease_until=timezone.now())
        signal.raise_level(by=cast["coordinator.politie"], level=Level.SEALED)
        assert "moeder" not in Message.objects.get(to="buur@example.be", key__startswith="closed:").body

    def test_tells_a_warden_the_subject_that_was_raised_and_not_what_it_was_joined_with(
        self, cast: Cast, report: Make
    ) -> None:
        mo, keeper = cast["gemeenschapswacht"], cast["verpleegkundige"]
        own = report("Schuldhulp of steun", channel="warden", by=mo)
        own.raise_level(by=keeper, level=Level.SEALED)
        other = report("Bezorgd om iemand")
        Signal.objects.filter(pk=own.pk).update(team=other.team)
        join(own, into=other, by=keeper)
        other.close(by=keeper, outcome="Langsgegaan.")
        line = Feedback.objects.of(mo).get()
        assert (line.subject, line.text) == ("Schuldhulp of steun", "Bezorgd aan de juiste dienst.")

    def test_is_hushed_for_the_former_owner_when_it_is_handed_over(self, cast: Cast, report: Make) -> None:
        mo = cast["gemeenschapswacht"]
        signal = report(channel="warden", by=mo)
        signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        signal.close(by=cast["coordinator"], outcome="Gesprek gehad met de eigenaar.")
        assert "eigenaar" in Feedback.objects.of(mo).get().text
        signal.reopen(by=cast["coordinator"], reason="Toch voor de politie.")
        asked = hand_over(
            signal=signal, by=cast["coordinator"], team=Team.objects.get(code="wijkwerking-noord"), text="Voor jullie.",
            legal_ground="Taak",
        )  # fmt: skip
        asked.acknowledge(by=cast["wijkinspecteur"])
        line = Feedback.objects.of(mo).get()
        assert "eigenaar" not in line.text
        assert "Overleiestraat" not in line.subject


class TestInvitations:
    """Mail that asks a team to do something, and waits to be sent."""

    def test_say_no_word_more_once_it_is_secret(self, cast: Cast, report: Make) -> None:
        User.objects.update(mail_offers=True)
        signal = report("Onveilige situatie")
        team = Team.objects.get(code="wijkwerking-noord")
        task = signal.offer(team=team, title="Kijk na of het hek dicht is", by=cast["coordinator"])
        mails = Message.objects.filter(key__startswith=f"task:{task.pk}:")
        assert all("hek dicht" in mail.body for mail in mails)
        signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        assert mails
        for mail in mails.all():
            assert "hek" not in mail.body
            assert "/gevraagd/" not in mail.body

    def test_stay_here_once_it_is_withdrawn(self, cast: Cast, report: Make) -> None:
        User.objects.update(mail_offers=True)
        task = report("Onveilige situatie").offer(
            team=Team.objects.get(code="wijkwerking-noord"), title="Kijken", by=cast["coordinator"]
        )
        task.withdraw(by=cast["coordinator"])
        mails = Message.objects.filter(key__startswith=f"task:{task.pk}:")
        assert {mail.state for mail in mails} == {State.WITHDRAWN}
