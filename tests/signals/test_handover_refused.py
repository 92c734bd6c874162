"""What is refused of what one asks of others, in words: nothing was asked then. Beside it stands what is allowed."""

from collections.abc import Callable
from typing import Any

import pytest

from kortrijk_gebied.refusals import Refused
from signals.handing import hand_over, refer_outside, refer_person
from signals.models import Handover, Signal
from signals.workflow import SignalStatus
from teams.models import Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]

GROUND = "Gedeeld beroepsgeheim"


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def hand(signal: Signal, by: User, to: str = "sociale-dienst", **more: Any) -> Handover:
    return hand_over(signal=signal, by=by, team=team(to), **{"text": "Een zin.", "legal_ground": GROUND, **more})


def refer(signal: Signal, by: User, to: str = "sociale-dienst", **more: Any) -> Handover:
    return refer_person(signal=signal, by=by, team=team(to), **{"text": "Een zin.", "legal_ground": GROUND, **more})


def outside(signal: Signal, by: User, **more: Any) -> Handover:
    return refer_outside(signal=signal, by=by, **{"outside": "Farys", "text": "Een zin.", **more})


def refused(why: str, ask: Callable[..., Handover], *args: Any, **more: Any) -> None:
    before = Handover.objects.count()
    with pytest.raises(Refused) as refusal:
        ask(*args, **more)
    assert str(refusal.value) == why
    assert Handover.objects.count() == before


@pytest.mark.parametrize("ask", [hand, refer])
class TestATeam:
    def test_must_be_of_one_organisation(self, cast: Cast, report: Make, ask: Callable[..., Handover]) -> None:
        why = "Gebiedsteam Overleie en Pius X is van meerdere organisaties: kies een team van één organisatie."
        refused(why, ask, report(), cast["coordinator"], "gebiedsteam-overleie-pius-x")
        assert ask(report(), cast["coordinator"], "wijkwerking-noord").is_pending

    def test_must_be_another_one(self, cast: Cast, report: Make, ask: Callable[..., Handover]) -> None:
        signal = report("Bezorgd om iemand")
        refused("Sociale dienst heeft dit signaal al.", ask, signal, cast["verpleegkundige"])
        assert ask(signal, cast["verpleegkundige"], "wijkwerking-noord").is_pending

    def test_must_hear_something(self, cast: Cast, report: Make, ask: Callable[..., Handover]) -> None:
        refused("Zeg in een zin wat zij moeten weten.", ask, report("Burenruzie"), cast["coordinator"], text=" \n")

    def test_must_not_hear_the_original_words(self, cast: Cast, report: Make, ask: Callable[..., Handover]) -> None:
        signal = report("Burenruzie", description=" Ruzie over de HAAG. ")
        why = "Schrijf een nieuwe zin voor de ontvanger; neem de oorspronkelijke tekst niet over."
        refused(why, ask, signal, cast["coordinator.politie"], text="  ruzie over de haag.\n")
        assert ask(signal, cast["coordinator.politie"], text="Er is onenigheid.").is_pending

    def test_of_something_secret_must_be_told_on_a_ground(
        self, cast: Cast, report: Make, ask: Callable[..., Handover]
    ) -> None:
        why = "Kies de grond waarop je hun dit mag vertellen."
        refused(why, ask, report("Burenruzie"), cast["coordinator.politie"], legal_ground=" ")

    @pytest.mark.parametrize("status", ["closed", "cancelled"])
    def test_is_not_asked_of_what_has_ended(
        self, cast: Cast, report: Make, ask: Callable[..., Handover], status: str
    ) -> None:
        signal = report()
        if status == "closed":
            signal.close(by=cast["coordinator"], outcome="Weg.")
        else:
            signal.cancel(by=cast["coordinator"], reason="Vergissing.")
        with pytest.raises(Refused, match=str(SignalStatus(status).label)):
            ask(signal, cast["coordinator"])


class TestSealedMatter:
    WHY = "Niemand van Preventie mag verzegelde zaken lezen: dan zou het verloren gaan."

    def test_goes_to_no_team_where_nobody_may_read_it(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        refused(self.WHY, hand, signal, cast["verpleegkundige"], "preventie")
        assert hand(signal, cast["verpleegkundige"], "buurtwerk").is_pending

    @pytest.mark.parametrize("subject", ["Burenruzie", "Woonkwaliteit"])
    def test_nor_does_what_is_to_be_sealed(self, cast: Cast, report: Make, subject: str) -> None:
        signal = report(subject)
        refused(self.WHY, hand, signal, cast["coordinator"], "preventie", seal=True)
        signal.refresh_from_db()
        assert signal.level == {"Burenruzie": 1, "Woonkwaliteit": 0}[subject]
        assert hand(signal, cast["coordinator"], "preventie").is_pending

    def test_that_is_open_now_is_sealed_on_a_ground_alone(self, cast: Cast, report: Make) -> None:
        why = "Kies de grond waarop je hun dit mag vertellen."
        signal = report("Woonkwaliteit")
        refused(why, hand, signal, cast["coordinator"], seal=True, legal_ground="")
        assert not hand(signal, cast["coordinator"], legal_ground="").seal

    def test_that_is_sealed_already_is_not_sealed_again(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        assert not hand(signal, cast["verpleegkundige"], "buurtwerk", seal=True).seal
        assert not signal.events.filter(kind="level_raised").exists()

    def test_that_is_limited_now_stays_limited_until_they_say_yes(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        asked = hand(signal, cast["coordinator.politie"], seal=True)
        signal.refresh_from_db()
        assert (asked.seal, signal.level) == (True, 1)
        assert not signal.events.filter(kind="level_raised").exists()


class TestOneAtATime:
    WHY = "Het is al gevraagd aan Sociale dienst, en daar kwam nog geen antwoord op. Trek dat eerst in."

    @pytest.mark.parametrize("again", [hand, outside])
    def test_is_asked_to_have_it(self, cast: Cast, report: Make, again: Callable[..., Handover]) -> None:
        signal = report()
        first = hand(signal, cast["coordinator"])
        refused(self.WHY, again, signal, cast["coordinator"])
        first.withdraw(by=cast["coordinator"])
        assert again(signal, cast["coordinator"]).is_pending

    def test_but_many_signals_are(self, cast: Cast, report: Make) -> None:
        hand(report(), cast["coordinator"])
        assert hand(report(), cast["coordinator"]).is_pending
        assert refer(report(), cast["coordinator"]).is_pending
        assert refer(report(), cast["coordinator"]).is_pending

    @pytest.mark.parametrize("also", [hand, outside])
    def test_while_a_person_is_referred_as_well(self, cast: Cast, report: Make, also: Callable[..., Handover]) -> None:
        signal = report()
        refer(signal, cast["coordinator"])
        assert also(signal, cast["coordinator"]).is_pending

    def test_to_take_up_a_person_each_team_once(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        hand(signal, cast["coordinator.politie"])
        first = refer(signal, cast["coordinator.politie"])
        why = "Sociale dienst is al gevraagd en heeft nog niet geantwoord."
        refused(why, refer, signal, cast["coordinator.politie"])
        assert refer(signal, cast["coordinator.politie"], "buurtwerk").is_pending
        first.decline(by=cast["verpleegkundige"], reason="Geen plaats.")
        assert refer(signal, cast["coordinator.politie"]).is_pending


class TestSomebodyOutside:
    def test_has_a_name(self, cast: Cast, report: Make) -> None:
        refused("Zeg wie het moet doen.", outside, report(), cast["coordinator"], outside=" ")
        assert outside(report(), cast["coordinator"], outside=" De Lijn ").outside == "De Lijn"

    def test_must_hear_something(self, cast: Cast, report: Make) -> None:
        refused("Zeg in een zin wat zij moeten weten.", outside, report(), cast["coordinator"], text=" ")

    def test_gets_no_mail_about_what_is_not_open(self, cast: Cast, report: Make) -> None:
        signal = report("Burenruzie")
        why = "Over beperkte of verzegelde zaken vertrekt geen mail. Laat het adres weg en verwittig hen zelf."
        refused(why, outside, signal, cast["coordinator.politie"], email="meldingen@farys.example")
        assert outside(signal, cast["coordinator.politie"]).outside_email == ""
        assert outside(report(), cast["coordinator"], email="meldingen@farys.example").is_pending

    def test_is_not_asked_of_what_has_ended(self, cast: Cast, report: Make) -> None:
        signal = report()
        signal.close(by=cast["coordinator"], outcome="Weg.")
        with pytest.raises(Refused, match=str(SignalStatus.CLOSED.label)):
            outside(signal, cast["coordinator"])


class TestAnAnswer:
    def test_from_outside_says_how_it_is_known(self, cast: Cast, report: Make) -> None:
        asked = outside(report(), cast["coordinator"])
        with pytest.raises(Refused) as refusal:
            asked.confirm(by=cast["coordinator"], answer=" ")
        assert str(refusal.value) == "Zeg hoe het bevestigd is, en door wie."
        asked.confirm(by=cast["coordinator"], answer="Jan, aan de telefoon.")

    def test_of_a_team_may_be_a_bare_yes(self, cast: Cast, report: Make) -> None:
        asked = refer(report("Burenruzie"), cast["coordinator.politie"])
        asked.confirm(by=cast["verpleegkundige"])
        asked.refresh_from_db()
        assert (asked.state, asked.answer) == ("confirmed", "")

    def test_that_is_no_says_why(self, cast: Cast, report: Make) -> None:
        asked = hand(report(), cast["coordinator"])
        with pytest.raises(Refused) as refusal:
            asked.decline(by=cast["verpleegkundige"], reason="\n")
        assert str(refusal.value) == "Zeg in een zin waarom niet."

    def test_comes_once(self, cast: Cast, report: Make) -> None:
        asked = hand(report(), cast["coordinator"])
        asked.decline(by=cast["verpleegkundige"], reason="Nee.")
        with pytest.raises(Refused, match=r"^Dit is al geweigerd\. Herlaad de pagina"):
            asked.acknowledge(by=cast["verpleegkundige"])

    def test_that_is_yes_needs_them_to_keep_what_is_sealed_by_then(self, cast: Cast, report: Make) -> None:
        from teams.models import TeamGrant

        signal = report("Bezorgd om iemand")
        asked = hand(signal, cast["verpleegkundige"], "wijkwerking-noord")
        TeamGrant.objects.filter(content_object=asked.team, permission__codename="view_sealed_team").delete()
        with pytest.raises(Refused) as refusal:
            asked.acknowledge(by=cast["wijkinspecteur"])
        why = "Niemand van Wijkwerking Noord mag verzegelde zaken lezen: dan zou het verloren gaan."
        assert str(refusal.value) == why

    def test_confirms_nothing_outside_that_runs_here_again(self, cast: Cast, report: Make) -> None:
        signal = report()
        asked = outside(signal, cast["coordinator"])
        Signal.objects.filter(pk=signal.pk).update(status="to_divide")
        with pytest.raises(Refused, match=str(SignalStatus.TO_DIVIDE.label)):
            asked.confirm(by=cast["coordinator"], answer="Ja.")
