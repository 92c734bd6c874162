"""What became of a signal can be read back as sentences, by who may read the signal today, and no further."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from areas.models import Place
from kortrijk_gebied.audit.models import ReadEntry
from kortrijk_gebied.history import steps_of
from signals.following import rate
from signals.handing import hand_over
from signals.joining import join, separate
from signals.levels import Level
from signals.models import Category, Signal
from signals.models.status_links import StatusLink, status_url
from signals.models.tags import untag_signal
from teams.models import Membership, Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


def history(client: Client, signal: Signal) -> str:
    answer = client.get(f"/signalen/{signal.reference}/geschiedenis/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


class TestSentences:
    def test_say_what_went_from_what_to_what_and_who_did_it(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal, bram = report("Onveilige situatie"), sign_in(cast["coordinator"])
        bram.post(f"/signalen/{signal.reference}/annulering/", {"reason": "Er stond niets."})
        shown = history(bram, signal)
        assert "<strong>Status</strong> ging van" in shown
        assert "naar <ins>geannuleerd</ins>" in shown
        assert "<strong>Afloop</strong> werd <ins>Er stond niets.</ins>" in shown
        assert cast["coordinator"].name in shown

    def test_say_of_what_nobody_did_that_it_went_by_itself(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie")
        signal.cancel(by=cast["coordinator"], reason="Er stond niets.")  # outside a page: a job, a command
        assert "vanzelf" in history(sign_in(cast["coordinator"]), signal)

    def test_say_so_when_nothing_changed(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        assert "Hier veranderde niets" in history(sign_in(cast["coordinator"]), report("Onveilige situatie"))

    def test_call_a_row_that_is_pointed_at_by_its_name(self, cast: Cast) -> None:
        membership = Membership.objects.filter(user=cast["agent"]).first()
        assert membership
        old, new = membership.team, Team.objects.executing().exclude(pk=membership.team_id)[0]
        membership.team = new
        membership.save()
        latest = steps_of([membership])[0]
        assert [(one.name, one.old, one.new) for one in latest.differences] == [("Team", str(old), str(new))]

    def test_begin_with_the_making_where_that_is_kept(self, cast: Cast) -> None:
        assert steps_of([Category.objects.get(code="sluikstort")])[-1].is_first


class TestSecrecy:
    @pytest.fixture
    def sealed(self, cast: Cast, report: Make) -> Signal:
        signal = report("Bezorgd om iemand")
        signal.tasks.get().give_back(by=cast["verpleegkundige"], reason="Merkwoord.")
        return signal

    def test_of_a_sealed_signal_is_for_its_own_team(self, cast: Cast, sign_in: SignIn, sealed: Signal) -> None:
        for who, code in [("coordinator", 404), ("coordinator.politie", 404), ("verpleegkundige", 200)]:
            answer = sign_in(cast[who]).get(f"/signalen/{sealed.reference}/geschiedenis/")
            assert (who, answer.status_code) == (who, code)
            assert ("Merkwoord" in answer.content.decode()) == (code == 200)

    def test_read_leaves_a_row_in_the_read_log(self, cast: Cast, sign_in: SignIn, sealed: Signal) -> None:
        history(sign_in(cast["verpleegkundige"]), sealed)
        entry = ReadEntry.objects.latest("pk")
        assert (entry.reference, entry.surface) == (sealed.reference, "history")

    def test_leaves_a_note_of_another_organisation_out(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie")
        note = signal.add_note(by=cast["coordinator"], text="Eerst dit.", level=Level.LIMITED)
        note.text = "Daarna dat."
        note.save(update_fields=["text"])
        assert "Eerst dit." in history(sign_in(cast["coordinator"]), signal)
        assert "Eerst dit." not in history(sign_in(cast["coordinator.politie"]), signal)

    def test_leaves_who_reported_to_who_may_know(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie", name="An Peeters", phone="056 27 80 00")
        reporter = signal.reports.get().reporter
        reporter.phone = "056 27 80 01"
        reporter.save(update_fields=["phone"])
        assert "056 27 80 00" in history(sign_in(cast["coordinator"]), signal)
        assert "056 27 80 00" not in history(sign_in(cast["coordinator.politie"]), signal)


class TestWhatComesAndGoes:
    """Handovers, joinings, tags and answers: each row that came or went, with who did it."""

    def test_names_the_other_signal_to_who_may_read_it_alone(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        one, other, bram = report("Onveilige situatie"), report("Onveilige situatie"), sign_in(cast["coordinator"])
        separate(join(one, into=other, by=cast["coordinator"]), by=cast["coordinator"])
        assert f"Ging verder in {other.reference}." in history(bram, one)
        assert f"Nam {one.reference} op." in history(bram, other)
        assert f"Samenvoeging met {other.reference} ongedaan gemaakt." in history(bram, one)
        other.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        police = history(sign_in(cast["coordinator.politie"]), one)
        assert "Ging verder in een ander signaal." in police
        assert other.reference not in police
        assert other.reference in history(bram, one)  # of the city itself

    def test_tells_of_a_tag_that_was_taken_off_too(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal, bram = report("Onveilige situatie"), sign_in(cast["coordinator"])
        bram.post(f"/signalen/{signal.reference}/labels/", {"name": "kwibbellabel"})
        assert "Label “kwibbellabel” toegevoegd." in history(bram, signal)
        untag_signal(signal=signal, name="kwibbellabel")
        shown = history(bram, signal)
        assert "Label “kwibbellabel” toegevoegd." in shown
        assert "Label “kwibbellabel” weggenomen." in shown

    def test_tells_of_a_handover_what_was_asked_and_answered(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie")
        ward = Team.objects.get(code="wijkwerking-noord")
        asked = hand_over(signal=signal, by=cast["coordinator"], team=ward, text="Graag.", legal_ground="Taak")
        asked.decline(by=cast["wijkinspecteur"], reason="Niet voor ons.")
        shown = history(sign_in(cast["coordinator"]), signal)
        assert f"naar {asked.receiver} gevraagd." in shown
        assert "Niet voor ons." in shown

    def test_tells_how_satisfied_who_reported_it_was_and_never_where_they_say_so(
        self, cast: Cast, sign_in: SignIn, report: Make
    ) -> None:
        signal = report("Onveilige situatie", name="An", email="an@voorbeeld.be")
        status_url(signal.reports.get())
        signal.close(by=cast["coordinator"], outcome="Klaar.")
        link = StatusLink.objects.get()
        rate(link, score=1, comment="Kwibbelwoord.")
        shown = history(sign_in(cast["coordinator"]), signal)
        assert "de melder" in shown
        assert "<strong>Tevredenheid</strong>" in shown
        assert str(link.token) not in shown
        assert "Kwibbelwoord" not in shown


class TestCost:
    def test_asks_as_much_however_much_changed(
        self, cast: Cast, sign_in: SignIn, report: Make, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        signal, bram = report("Onveilige situatie"), sign_in(cast["coordinator"])
        for number in range(6):
            note = signal.add_note(by=cast["coordinator"], text=f"Nota {number}.")
            note.text += " Bij."
            note.save(update_fields=["text"])
        history(bram, signal)
        with django_assert_max_num_queries(38):
            history(bram, signal)


class TestReferenceData:
    def test_shows_its_history_in_the_admin(self, cast: Cast, sign_in: SignIn) -> None:
        admin, category = sign_in(cast["beheerder"]), Category.objects.get(code="sluikstort")
        category.term_days = 4
        category.save()
        shown = admin.get(f"/beheer/signals/category/{category.pk}/history/").content.decode()
        assert "<del>3</del>" in shown
        assert "<ins>4</ins>" in shown

    def test_says_so_where_none_is_kept(self, cast: Cast) -> None:
        assert steps_of([Place(pk=1)]) == []
