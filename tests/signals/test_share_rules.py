"""Sharing, secrecy and notes as the signal knows them: what is kept, what is refused, what ends with what."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from kortrijk_gebied.refusals import Refused
from signals.joining import join
from signals.models import Attachment, Note, Share, Signal
from teams.access import Access, access_of
from teams.models import Function, Membership, Organisation, Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]

DAY = dt.timedelta(days=1)


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def tell(signal: Signal, by: User, to: str = "wijkwerking-noord", **more: Any) -> Share:
    words = {"text": " Een zin. ", "legal_ground": " Noodtoestand ", "purpose": " Nagaan ", **more}
    return signal.share(by=by, team=team(to), **{"expires_at": timezone.now() + 7 * DAY, **words})


def said(signal: Signal, kind: str) -> list[tuple[Any, int, dict[str, Any]]]:
    return [(event.by, event.level, event.data) for event in signal.events.filter(kind=kind)]


class TestASentence:
    def test_is_kept_with_ground_purpose_and_who_gave_it(self, cast: Cast, report: Make) -> None:
        signal, nurse = report("Bezorgd om iemand"), cast["verpleegkundige"]
        until = timezone.now() + 3 * DAY
        share = tell(signal, nurse, expires_at=until)
        share.refresh_from_db()
        assert (share.signal, share.team, share.by) == (signal, team("wijkwerking-noord"), nurse)
        assert (share.text, share.legal_ground, share.purpose) == ("Een zin.", "Noodtoestand", "Nagaan")
        assert share.expires_at == until
        assert said(signal, "shared") == [(nurse, 2, {"team": "Wijkwerking Noord"})]

    def test_of_open_matter_is_no_word_for_all(self, cast: Cast, report: Make) -> None:
        """With whom it was shared is for the owner."""
        signal = report()
        tell(signal, cast["coordinator"])
        assert [level for _, level, _ in said(signal, "shared")] == [1]

    def test_lifts_routine_to_the_inbox_and_leaves_the_rest(self, cast: Cast, report: Make) -> None:
        for subject, why in [("Sluikstort", "shared"), ("Woonkwaliteit", "")]:
            signal = report(subject)
            tell(signal, cast["coordinator"])
            signal.refresh_from_db()
            assert signal.surfaced_why == why

    def test_sent_twice_is_one(self, cast: Cast, report: Make) -> None:
        signal, nurse = report("Bezorgd om iemand"), cast["verpleegkundige"]
        first = tell(signal, nurse)
        assert tell(signal, nurse, purpose="Iets anders") == first
        assert len(said(signal, "shared")) == 1
        assert tell(signal, nurse, text="Een andere zin.") != first
        assert tell(signal, nurse, "wijkwerking-zuid") != first
        assert tell(report("Bezorgd om iemand"), nurse) != first
        first.revoke(by=nurse)
        assert tell(signal, nurse) != first

    def test_goes_to_no_joint_team(self, cast: Cast, report: Make) -> None:
        with pytest.raises(Refused) as refusal:
            tell(report(), cast["coordinator"], "gebiedsteam-overleie-pius-x")
        assert str(refusal.value) == (
            "Gebiedsteam Overleie en Pius X is van verschillende organisaties samen:"
            " deel met een team van één organisatie."
        )
        assert not Share.objects.exists()

    @pytest.mark.parametrize("words", ["text", "legal_ground", "purpose"])
    def test_says_what_why_and_on_which_ground(self, cast: Cast, report: Make, words: str) -> None:
        with pytest.raises(ValidationError) as refusal:
            tell(report(), cast["coordinator"], **{words: "  "})
        assert words in refusal.value.message_dict

    def test_is_not_the_original(self, cast: Cast, report: Make) -> None:
        signal = report(description=" Zij doet NIET open. ")
        with pytest.raises(ValidationError) as refusal:
            tell(signal, cast["coordinator"], text="zij doet niet open.\n")
        why = "Schrijf een nieuwe zin voor de ontvanger; neem de oorspronkelijke tekst niet over."
        assert refusal.value.message_dict == {"text": [why]}
        assert tell(signal, cast["coordinator"], text="Bel eens aan.").pk

    def test_of_a_note_or_a_photo_is_not_the_original_either(self, cast: Cast, report: Make) -> None:
        signal = report()
        note = signal.add_note(by=cast["coordinator"], text="Bekende plek.")
        with pytest.raises(ValidationError):
            Share(note=note, text="bekende PLEK. ").clean()
        Share(note=note, text=signal.description).clean()
        Share(attachment=Attachment(), text="").clean()
        wordless = report(description="")
        Share(signal=wordless, text="").clean()


class TestReceived:
    def test_are_current_ones_for_a_team_of_the_viewer(self, cast: Cast, report: Make) -> None:
        nurse = cast["verpleegkundige"]
        share = tell(report("Bezorgd om iemand"), nurse)
        viewer = Access(team_ids=frozenset([team("wijkwerking-noord").pk, team("groen").pk]))
        assert list(Share.objects.received_by(viewer)) == [share]
        assert not Share.objects.received_by(Access(team_ids=frozenset([team("wijkwerking-zuid").pk]))).exists()
        with time_machine.travel(share.expires_at, tick=False):
            assert not Share.objects.received_by(viewer).exists()
        share.revoke(by=nurse)
        assert not Share.objects.received_by(viewer).exists()

    def test_given_ones_are_seen_by_who_reads_the_signal(self, cast: Cast, report: Make) -> None:
        share = tell(report("Bezorgd om iemand"), cast["verpleegkundige"])
        assert list(Share.objects.given_on_readable(access_of(cast["verpleegkundige"]))) == [share]
        assert not Share.objects.given_on_readable(access_of(cast["wijkinspecteur"])).exists()


class TestEnding:
    def test_says_who_and_when_and_happens_once(self, cast: Cast, report: Make) -> None:
        signal, nurse = report("Bezorgd om iemand"), cast["verpleegkundige"]
        share, other = tell(signal, nurse), tell(signal, nurse, "wijkwerking-zuid")
        moment = timezone.now() + DAY
        with time_machine.travel(moment, tick=False):
            share.revoke(by=nurse)
        share.revoke(by=cast["buurtwerker"])
        share.refresh_from_db()
        other.refresh_from_db()
        assert (share.revoked_by, share.revoked_at) == (nurse, moment)
        assert other.revoked_at is None
        assert said(signal, "share_ended") == [(nurse, 2, {"team": "Wijkwerking Noord"})]

    def test_takes_back_what_its_receiver_was_asked_to_do(self, cast: Cast, report: Make) -> None:
        signal, nurse = report("Bezorgd om iemand"), cast["verpleegkundige"]
        share = tell(signal, nurse)
        task = signal.offer(team=team("wijkwerking-noord"), title="Mee aanbellen", by=nurse)
        share.revoke(by=cast["buurtwerker"])
        task.refresh_from_db()
        assert (task.status, task.ended_by) == ("withdrawn", cast["buurtwerker"])
        [(by, _, data)] = said(signal, "withdrawn")
        assert (by, data["why"]) == (cast["buurtwerker"], "share_ended")

    def test_of_a_note_touches_no_signal(self, cast: Cast, report: Make) -> None:
        signal = report()
        note = signal.add_note(by=cast["coordinator"], text="Bekende plek.")
        share = Share.objects.create(
            note=note, team=team("wijkwerking-noord"), text="Zin.", legal_ground="Wet", purpose="Zorg",
            by=cast["coordinator"], expires_at=timezone.now() + DAY,
        )  # fmt: skip
        share.revoke(by=cast["coordinator"])
        share.refresh_from_db()
        assert share.revoked_by == cast["coordinator"]
        assert said(signal, "share_ended") == []


class TestAskingOfSealedMatter:
    def test_goes_to_its_keeper_and_to_who_was_told_of_it(self, cast: Cast, report: Make) -> None:
        signal, nurse, ward = report("Bezorgd om iemand"), cast["verpleegkundige"], team("wijkwerking-noord")
        assert signal.may_be_asked(team("sociale-dienst"))
        assert not signal.may_be_asked(ward)
        tell(report("Bezorgd om iemand"), nurse)
        assert not signal.may_be_asked(ward)
        share = tell(signal, nurse)
        assert signal.may_be_asked(ward)
        assert not signal.may_be_asked(team("wijkwerking-zuid"))
        share.revoke(by=nurse)
        assert not signal.may_be_asked(ward)

    @pytest.mark.parametrize("subject", ["Sluikstort", "Burenruzie"])
    def test_is_needed_of_no_other_matter(self, cast: Cast, report: Make, subject: str) -> None:
        assert report(subject).may_be_asked(team("wijkwerking-zuid"))


class TestRaisingTheLevel:
    def test_says_who_did_it_and_how_far(self, cast: Cast, report: Make) -> None:
        signal, police = report("Geluidshinder"), cast["coordinator.politie"]
        signal.raise_level(by=police, level=1)
        assert said(signal, "level_raised") == [(police, 1, {"to": "limited"})]
        for level in (0, 1):
            with pytest.raises(Refused) as refusal:
                signal.raise_level(by=police, level=level)
            assert str(refusal.value) == "Een signaal kan alleen strenger afgeschermd worden."

    def test_to_sealed_gives_it_to_the_team_that_takes_in_when_it_has_none(self, cast: Cast, report: Make) -> None:
        desk = Membership(user=cast["coordinator.ocmw"], team=team("sociaal-huis"), function=Function.COORDINATOR)
        desk.save()  # somebody there reads it
        signal = report("Schuldhulp of steun")
        Signal.objects.filter(pk=signal.pk).update(team=None, level=0)
        signal.raise_level(by=cast["coordinator.ocmw"], level=1)
        signal.refresh_from_db()
        assert (signal.level, signal.team) == (1, None)
        signal.raise_level(by=cast["coordinator.ocmw"], level=2)
        signal.refresh_from_db()
        assert (signal.level, signal.team) == (2, team("sociaal-huis"))

    def test_to_sealed_leaves_it_with_the_team_it_has(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        Signal.objects.filter(pk=signal.pk).update(team=team("wijkwerking-zuid"))
        signal.raise_level(by=cast["coordinator.politie"], level=2)
        signal.refresh_from_db()
        assert signal.team == team("wijkwerking-zuid")

    def test_to_sealed_needs_a_team_that_can_keep_it(self, cast: Cast, report: Make) -> None:
        signal = report()
        with pytest.raises(Refused) as refusal:
            signal.raise_level(by=cast["coordinator"], level=2)
        why = "Niemand van Team Net Kortrijk Noord mag verzegelde zaken lezen: dan zou het verloren gaan."
        assert str(refusal.value) == why
        signal.raise_level(by=cast["coordinator"], level=1)
        Organisation.objects.filter(pk=signal.owner_id).update(intake_team=None)
        Signal.objects.filter(pk=signal.pk).update(team=None)
        with pytest.raises(Refused) as refusal:
            Signal.objects.get(pk=signal.pk).raise_level(by=cast["coordinator"], level=2)
        assert str(refusal.value) == "Kies eerst het team dat dit signaal bewaart."

    def test_takes_work_from_who_may_not_see_it(self, cast: Cast, report: Make) -> None:
        signal, police = report("Geluidshinder"), cast["coordinator.politie"]
        signal.offer(team=team("wijkwerking-zuid"), title="Toezicht", by=police)
        signal.raise_level(by=police, level=2)
        withdrawn = said(signal, "withdrawn")
        assert withdrawn
        assert all((by, data["why"]) == (police, "sealed") for by, _, data in withdrawn)

    def test_takes_along_what_was_joined_with_it(self, cast: Cast, report: Make) -> None:
        signal, joined, police = report("Geluidshinder"), report("Geluidshinder"), cast["coordinator.politie"]
        join(joined, into=signal, by=police)
        north, south = team("wijkwerking-noord"), team("wijkwerking-zuid")
        for one, its_team in [(signal, north), (joined, south)]:
            Signal.objects.filter(pk=one.pk).update(team=its_team)
        signal.raise_level(by=police, level=1)
        joined.refresh_from_db()
        assert (joined.level, joined.team) == (1, south)
        signal.raise_level(by=police, level=2)
        joined.refresh_from_db()
        assert (joined.level, joined.team) == (2, north)  # sealed is kept by one team
        assert [data["to"] for _, _, data in said(joined, "level_raised")] == ["sealed", "limited"]

    def test_says_nothing_of_what_was_joined_and_as_secret_already(self, cast: Cast, report: Make) -> None:
        signal, joined, police = report("Geluidshinder"), report("Geluidshinder"), cast["coordinator.politie"]
        join(joined, into=signal, by=police)
        Signal.objects.filter(pk=joined.pk).update(level=1)
        signal.raise_level(by=police, level=1)
        assert said(joined, "level_raised") == []


class TestANote:
    def test_is_kept_with_who_wrote_it(self, cast: Cast, report: Make) -> None:
        signal = report()
        note = signal.add_note(by=cast["wijkinspecteur"], text=" Bekende plek. ")
        note.refresh_from_db()
        assert (note.signal, note.by, note.text, note.level) == (signal, cast["wijkinspecteur"], "Bekende plek.", 0)
        assert (note.organisation, note.team) == (cast["wijkinspecteur"].organisation, None)

    def test_says_something(self, cast: Cast, report: Make) -> None:
        with pytest.raises(Refused) as refusal:
            report().add_note(by=cast["coordinator"], text=" \n")
        assert str(refusal.value) == "Een lege nota zegt niets."

    def test_is_never_less_secret_than_its_signal(self, cast: Cast, report: Make) -> None:
        sealed = report("Bezorgd om iemand").add_note(by=cast["verpleegkundige"], text="Belt niet.")
        assert (sealed.level, sealed.team) == (2, team("sociale-dienst"))
        limited = report("Burenruzie").add_note(by=cast["wijkinspecteur"], text="Gesproken.")
        assert (limited.level, limited.team) == (1, None)
        own = report().add_note(by=cast["wijkinspecteur"], text="Dader.", level=2, team=team("wijkwerking-noord"))
        assert (own.level, own.team) == (2, team("wijkwerking-noord"))

    def test_sent_twice_is_one(self, cast: Cast, report: Make) -> None:
        signal, ward = report(), team("wijkwerking-noord")
        lies, words = cast["wijkinspecteur"], "Dezelfde woorden."
        start = timezone.now()
        with time_machine.travel(start, tick=False):
            first = signal.add_note(by=lies, text=words)
            assert signal.add_note(by=lies, text=words) == first
            sealed = signal.add_note(by=lies, text=words, level=2, team=ward)
            assert signal.add_note(by=lies, text=words, level=2, team=ward) == sealed
            others = [
                sealed,
                signal.add_note(by=lies, text="Andere woorden."),
                signal.add_note(by=cast["coordinator"], text=words),
                signal.add_note(by=lies, text=words, level=1),
                signal.add_note(by=lies, text=words, level=2, team=team("wijkwerking-zuid")),
                report().add_note(by=lies, text=words),
            ]
        with time_machine.travel(start + dt.timedelta(seconds=59), tick=False):
            assert signal.add_note(by=lies, text=words) == first
        with time_machine.travel(start + dt.timedelta(seconds=60), tick=False):
            others.append(signal.add_note(by=lies, text=words))
        assert len({first.pk, *(note.pk for note in others)}) == Note.objects.count() == 8
