"""What is said of what was lifted: in words of the table, and in the course of the signal."""

from collections.abc import Callable

import pytest
from django.test import Client

from kortrijk_gebied.refusals import Refused
from signals.levels import Level
from signals.lifting import lift_to_agenda, lift_to_inventory
from signals.models import ActionEvidence, Channel, Dossier, Signal
from teams.meetings.agenda import end
from teams.models import Action, User
from teams.models.audience import Audience
from teams.models.meetings import PointState
from tests.cast import Cast, area
from tests.signals.lifting import dossier_with, lifted, north
from tests.teams.inventory import action

type SignIn = Callable[[User], Client]
type Make = Callable[..., Signal]


@pytest.fixture
def signal(report: Make, cast: Cast) -> Signal:
    return report("Sluikstort", channel=Channel.WARDEN, by=cast["gemeenschapswacht"])


class TestOwnWords:
    """Of who reported it none get onto the pages of a mixed group, whenever they are typed."""

    def test_are_asked_of_what_is_written_later(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        made = lifted(signal, cast)
        els, url = sign_in(cast["gebiedswerker"]), f"{made.get_absolute_url()}bewerken/"
        sent = {
            "kind": "bottleneck", "title": made.title, "team": north().pk, "areas": [area("Overleie").pk],
            "audience": "partners",
        }  # fmt: skip
        answer = els.post(url, {**sent, "text": f"Men zei: {signal.description}"})
        assert answer.status_code == 422
        assert "text" in answer.context["form"].errors
        assert signal.description in answer.content.decode()  # to be written anew, not lost
        assert els.post(url, {**sent, "text": "Er ligt vaak afval."}).status_code == 302

    def test_are_asked_of_what_came_of_it(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        made = lifted(signal, cast)
        els = sign_in(cast["gebiedswerker"])
        for step, name in (("finish", "words"), ("drop", "drop-words")):
            answer = els.post(f"{made.get_absolute_url()}stap/{step}/", {name: signal.description})
            assert answer.status_code == 409
            assert signal.description in answer.content.decode()
        made.refresh_from_db()
        assert made.is_open
        assert els.post(f"{made.get_absolute_url()}stap/finish/", {"words": "Ze staan dichter."}).status_code == 302

    def test_are_asked_of_an_agreement_under_its_point(self, cast: Cast, signal: Signal) -> None:
        point = lift_to_agenda(signal, by=cast["gebiedswerker"], team=north(), title="Verplaatsen we ze?")
        made = action(cast["gebiedswerker"], point=point)
        with pytest.raises(Refused):
            made.finish(by=cast["gebiedswerker"], result=signal.description)
        made.finish(by=cast["gebiedswerker"], result="Ze staan dichter.")

    def test_are_asked_of_the_decision(self, cast: Cast, signal: Signal) -> None:
        point = lift_to_agenda(signal, by=cast["gebiedswerker"], team=north(), title="Verplaatsen we ze?")
        with pytest.raises(Refused):
            end(point, PointState.DECIDED, by=cast["gebiedswerker"], words=signal.description)
        ended = end(point, PointState.DECIDED, by=cast["gebiedswerker"], words="Ja.")
        assert ended.state == PointState.DECIDED

    def test_are_asked_of_an_action_that_stood_there(self, cast: Cast, signal: Signal) -> None:
        made = action(cast["gebiedswerker"], text=signal.description)
        with pytest.raises(Refused):
            lift_to_inventory(signal, by=cast["gebiedswerker"], action=made)
        assert not ActionEvidence.objects.exists()

    def test_are_asked_of_every_signal_in_a_dossier(self, cast: Cast, signal: Signal) -> None:
        dossier = dossier_with(signal, cast)
        with pytest.raises(Refused):
            lift_to_inventory(dossier, by=cast["coordinator"], team=north(), title="Hoek", text=signal.description)
        made = lift_to_inventory(dossier, by=cast["coordinator"], team=north(), title="Hoek", text="Het blijft vuil.")
        with pytest.raises(Refused):
            made.finish(by=cast["coordinator"], result=signal.description)


class TestCourse:
    """Of a signal or a dossier: that it was lifted and how that ended, for who may read it there."""

    def course(self, client: Client, matter: Signal | Dossier) -> str:
        kind = "dossiers/" if isinstance(matter, Dossier) else ""
        html = client.get(f"/signalen/{kind}{matter.reference}/").content.decode()
        return " ".join(html[html.index(">Verloop<") :].split())

    def test_tells_where_it_went_and_how_it_ended(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        made = lifted(signal, cast)
        made.finish(by=cast["coordinator"], result="Ze staan dichter.")
        point = lift_to_agenda(signal, by=cast["coordinator"], team=north(), title="Verplaatsen we ze?")
        end(point, PointState.DECIDED, by=cast["coordinator"], words="Ja, tegen de zomer.")
        said = self.course(sign_in(cast["gebiedswerker"]), signal)
        for words in (
            "Je tilde dit naar de inventaris: “Containers staan te ver”.",
            f"{north().name} nam dit op, en het is gedaan. “Containers staan te ver”: Ze staan dichter. <small>"
            f"{cast['coordinator'].name}",
            f"Op de agenda van {north().name} gezet: “Verplaatsen we ze?”. <small>{cast['coordinator'].name}",
            "besprak dit en nam een besluit. “Verplaatsen we ze?”: Ja, tegen de zomer.",
        ):
            assert words in said

    def test_tells_no_end_of_before_it_was_lifted(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        made = action(cast["gebiedswerker"], "Pendeldienst")
        made.finish(by=cast["coordinator"], result="Hij rijdt.")
        lift_to_inventory(signal, by=cast["gebiedswerker"], action=made)
        said = self.course(sign_in(cast["gebiedswerker"]), signal)
        assert "Je tilde dit naar de inventaris: “Pendeldienst”." in said
        assert "Hij rijdt." not in said

    def test_tells_nothing_of_what_the_reader_may_not_read(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        made = lifted(signal, cast)
        Action.objects.filter(pk=made.pk).update(audience=Audience.INTERNAL)
        assert "naar de inventaris" not in self.course(sign_in(cast["agent"]), signal).lower()
        assert "naar de inventaris" in self.course(sign_in(cast["gebiedswerker"]), signal)

    def test_forgets_it_once_it_is_secret(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Geluidshinder")
        lift_to_inventory(signal, by=cast["wijkinspecteur"], team=north(), title="Rust in de straat")
        lift_to_agenda(signal, by=cast["wijkinspecteur"], team=north(), title="Rust in de straat")
        police = sign_in(cast["coordinator.politie"])
        assert "Rust in de straat" in self.course(police, signal)
        signal.raise_level(by=cast["coordinator.politie"], level=Level.LIMITED)
        assert "Rust in de straat" not in self.course(police, signal)

    def test_of_a_dossier_tells_it_too(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        dossier = dossier_with(signal, cast)
        lift_to_inventory(dossier, by=cast["coordinator"], team=north(), title="De hoek blijft vuil")
        lifted(signal, cast)
        said = self.course(sign_in(cast["coordinator"]), dossier)
        assert "Je tilde dit naar de inventaris: “De hoek blijft vuil”." in said
        assert "Naar de inventaris getild: “Containers staan te ver”." in said

    def test_leads_to_the_agreements_made_under_its_point(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        point = lift_to_agenda(signal, by=cast["gebiedswerker"], team=north(), title="Verplaatsen we ze?")
        made = action(cast["gebiedswerker"], "Twee containers verzetten", point=point)
        page = sign_in(cast["gebiedswerker"]).get(f"/signalen/{signal.reference}/").content.decode()
        assert made.get_absolute_url() in page
