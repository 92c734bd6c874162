"""Which handovers a viewer may know of, and of which the words may be read."""

from collections.abc import Callable
from typing import Any

import pytest

from signals.handing import hand_over, refer_person
from signals.models import Handover, Signal
from teams.access import Access, access_of
from teams.models import Organisation, Team
from tests.cast import Cast, area

type Make = Callable[..., Signal]

GROUND = "Gedeeld beroepsgeheim"
GIVER, RECEIVER = "sociale-dienst", "wijkwerking-noord"


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def viewer(organisation: str = "fluvius", teams: str = "", **more: Any) -> Access:
    return Access(
        organisation_id=Organisation.objects.get(code=organisation).pk,
        team_ids=frozenset(team(code).pk for code in teams.split()),
        **more,
    )


def ask(cast: Cast, signal: Signal, how: str) -> Handover:
    make = hand_over if how == "handover" else refer_person
    return make(
        signal=signal, by=cast["verpleegkundige"], team=team(RECEIVER), text="Een zin.", legal_ground=GROUND
    )  # fmt: skip


def sees(viewer: Access, asked: Handover) -> str:
    """Reads its words, knows of it, or nothing."""
    rows = Handover.objects.filter(pk=asked.pk)
    reads, knows = rows.with_words(viewer).exists(), rows.readable(viewer).exists()
    assert knows or not reads
    return "reads" if reads else "knows" if knows else ""


@pytest.mark.parametrize("how", ["handover", "referral"])
class TestWhileItWaits:
    def test_the_receiver_reads_its_sentence(self, cast: Cast, report: Make, how: str) -> None:
        asked = ask(cast, report("Bezorgd om iemand"), how)
        assert sees(viewer(teams=RECEIVER), asked) == "reads"
        assert sees(viewer("politie"), asked) == ""
        assert sees(viewer("politie", teams="wijkwerking-zuid"), asked) == ""

    def test_who_gave_it_knows_that_they_did(self, cast: Cast, report: Make, how: str) -> None:
        asked = ask(cast, report("Bezorgd om iemand"), how)
        assert sees(viewer(teams=GIVER), asked) == "knows"
        assert sees(viewer(user_id=cast["verpleegkundige"].pk), asked) == "knows"
        assert sees(viewer("ocmw", teams="buurtwerk", user_id=cast["buurtwerker"].pk), asked) == ""

    @pytest.mark.parametrize(
        ("level", "written", "ground", "readers"),
        [
            (0, 0, "", {"owner", "other", "keeper here"}),
            (0, 0, "toestemming", {"owner", "keeper here"}),  # for one team, on a ground
            (0, 1, "", {"owner", "keeper here"}),  # the signal was more secret when the sentence was written
            (0, 2, "", {"keeper here"}),
            (1, 1, "toestemming", {"owner", "keeper here"}),
            (1, 2, "", {"keeper here"}),
            (2, 2, "toestemming", {"keeper", "keeper here"}),
        ],
    )
    def test_who_reads_the_signal_reads_it_unless_it_is_another_s_secret(
        self, cast: Cast, report: Make, how: str, level: int, written: int, ground: str, readers: set[str]
    ) -> None:
        signal = report("Bezorgd om iemand")
        asked = ask(cast, signal, how)
        Signal.objects.filter(pk=signal.pk).update(level=level)
        Handover.objects.filter(pk=asked.pk).update(legal_ground=ground, level=written)
        here = {"view": frozenset([area("Overleie").pk])}
        keeper = {"view_sealed": frozenset([team(GIVER).pk])}
        reads = {
            "owner": sees(viewer("ocmw", area_grants=here), asked),
            "other": sees(viewer("stad", area_grants=here), asked),
            "keeper here": sees(viewer("ocmw", area_grants=here, team_grants=keeper), asked),
            "keeper": sees(viewer("ocmw", team_grants=keeper), asked),
            "keeper elsewhere": sees(viewer("stad", team_grants=keeper), asked),
        }
        assert {who for who, sight in reads.items() if sight == "reads"} == readers
        assert "knows" not in reads.values()


class TestAnswered:
    def answered(self, cast: Cast, report: Make, how: str, state: str) -> Handover:
        asked = ask(cast, report("Bezorgd om iemand"), how)
        if state == "declined":
            asked.decline(by=cast["wijkinspecteur"], reason="Nee.")
        else:
            asked.withdraw(by=cast["verpleegkundige"])
        return asked

    @pytest.mark.parametrize("how", ["handover", "referral"])
    @pytest.mark.parametrize("state", ["declined", "withdrawn"])
    def test_no_or_taken_back_leaves_the_receiver_that_it_was_asked(
        self, cast: Cast, report: Make, how: str, state: str
    ) -> None:
        assert sees(viewer(teams=RECEIVER), self.answered(cast, report, how, state)) == "knows"

    def test_a_confirmed_referral_is_read_as_long_as_its_signal_runs(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        asked = ask(cast, signal, "referral")
        asked.confirm(by=cast["wijkinspecteur"])
        assert sees(viewer(teams=RECEIVER), asked) == "reads"
        assert sees(viewer(teams="wijkwerking-zuid"), asked) == ""
        signal.close(by=cast["verpleegkundige"], outcome="Klaar.")
        assert sees(viewer(teams=RECEIVER), asked) == "knows"

    def test_a_confirmed_handover_is_not_read_for_having_been_asked(self, cast: Cast, report: Make) -> None:
        asked = ask(cast, report("Bezorgd om iemand"), "handover")
        asked.acknowledge(by=cast["wijkinspecteur"])
        assert sees(viewer(teams=RECEIVER), asked) == "knows"
        assert sees(access_of(cast["wijkinspecteur"]), asked) == "reads"  # for they keep the signal now


class TestPending:
    def test_are_those_without_an_answer(self, cast: Cast, report: Make) -> None:
        first, second = ask(cast, report("Bezorgd om iemand"), "handover"), ask(cast, report(), "referral")
        assert set(Handover.objects.pending()) == {first, second}
        second.decline(by=cast["wijkinspecteur"], reason="Nee.")
        assert set(Handover.objects.pending()) == {first}

    def test_for_a_viewer_are_those_of_their_teams(self, cast: Cast, report: Make) -> None:
        asked = ask(cast, report("Bezorgd om iemand"), "handover")
        assert list(Handover.objects.shown_to(viewer(teams=RECEIVER))) == [asked]
        assert not Handover.objects.shown_to(viewer(teams=GIVER)).exists()
