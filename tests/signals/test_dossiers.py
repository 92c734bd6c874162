"""A dossier puts signals together; each looks into it with the eyes they have, and sees no gap."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kortrijk_gebied.audit.models import ReadEntry
from kortrijk_gebied.refusals import Refused
from signals.levels import Level
from signals.models import Dossier, Signal
from signals.retention import erase_old_dossiers
from teams.models import Team, User
from tests.cast import OVERLEIE, Cast, area

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

LIST = "/signalen/dossiers/"


def begun(cast: Cast, level: int = Level.OPEN, who: str = "coordinator", team: str = "team-net-noord") -> Dossier:
    return Dossier.begin(
        by=cast[who], title="Leieboorden", kind="hotspot", purpose="Waarom hier?", team=Team.objects.get(code=team),
        area=area("Overleie"), level=level,
    )  # fmt: skip


def page(client: Client, dossier: Dossier) -> str:
    answer = client.get(f"{LIST}{dossier.reference}/")
    assert answer.status_code == 200
    return answer.content.decode()


def data(**changed: Any) -> dict[str, Any]:
    team = Team.objects.get(code="team-net-noord").pk
    return {"title": "Pleintje", "kind": "action", "area": area("Overleie").pk, "team": team, "level": "0", **changed}


class TestBeginning:
    def test_takes_along_the_signal_from_which_one_came(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Onveilige situatie")
        answer = sign_in(cast["coordinator"]).post(f"{LIST}nieuw/?signaal={signal.reference}", data())
        assert answer.status_code == 302
        assert Dossier.objects.get().entries.get().signal == signal

    def test_warns_of_a_name_with_a_word_about_health_and_keeps_what_was_typed(
        self, cast: Cast, sign_in: SignIn
    ) -> None:
        answer = sign_in(cast["coordinator"]).post(f"{LIST}nieuw/", data(title="Mevrouw Desmet is dement"))
        assert answer.status_code == 422
        assert "een naam bij een woord over gezondheid" in answer.content.decode()
        assert "Mevrouw Desmet is dement" in answer.content.decode()

    def test_twice_is_once(self, cast: Cast) -> None:
        assert begun(cast) == begun(cast)

    def test_refuses_to_seal_with_a_team_that_cannot_read_it(self, cast: Cast) -> None:
        with pytest.raises(Refused, match="kies een ander team"):
            begun(cast, Level.SEALED)


class TestEntries:
    def test_are_proposed_around_those_in_it(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        dossier, inside, near = begun(cast), report("Onveilige situatie"), report("Leegstand en verloedering")
        dossier.add(inside, by=cast["coordinator"])
        bram = sign_in(cast["coordinator"])
        assert f'value="{near.reference}"' in page(bram, dossier)
        bram.post(f"{LIST}{dossier.reference}/signalen/", {"signal": [near.reference]})
        assert {entry.signal for entry in dossier.entries.all()} == {inside, near}

    def test_are_refused_in_the_same_words_when_unknown_or_unreadable(
        self, cast: Cast, sign_in: SignIn, report: Make
    ) -> None:
        dossier, sealed = begun(cast), report("Bezorgd om iemand")
        for reference in (sealed.reference, "S-ZZZZ-0000"):
            answer = sign_in(cast["coordinator"]).post(
                f"{LIST}{dossier.reference}/signalen/", {"references": reference}
            )
            assert answer.status_code == 422
            assert f"Niet gevonden: {reference}." in answer.content.decode()

    def test_are_no_more_secret_than_the_dossier(self, cast: Cast, report: Make) -> None:
        signal = report("Onveilige situatie")
        signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        with pytest.raises(Refused, match="geheimer dan dit dossier"):
            begun(cast).add(signal, by=cast["coordinator"])

    def test_can_be_taken_out(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        dossier, signal = begun(cast), report("Onveilige situatie")
        dossier.add(signal, by=cast["coordinator"])
        url = f"{LIST}{dossier.reference}/signalen/{signal.reference}/verwijdering/"
        assert sign_in(cast["coordinator"]).post(url).status_code == 302
        assert not dossier.entries.exists()


class TestEyes:
    def test_see_only_the_signals_they_may_read_and_count_no_others(
        self, cast: Cast, sign_in: SignIn, report: Make
    ) -> None:
        dossier, signal, other = begun(cast), report("Onveilige situatie"), report("Leegstand en verloedering")
        for one in (signal, other):
            dossier.add(one, by=cast["coordinator"])
        other.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        bram, dirk = page(sign_in(cast["coordinator"]), dossier), page(sign_in(cast["coordinator.politie"]), dossier)
        assert "2 signalen die je mag lezen" in bram
        assert "1 signaal dat je mag lezen" in dirk
        assert other.reference in bram
        assert other.reference not in dirk
        assert "Leegstand" not in dirk

    @pytest.mark.parametrize(
        ("who", "code"), [("coordinator.ocmw", 404), ("coordinator.rand", 404), ("coordinator", 200)]
    )
    def test_of_other_organisations_and_areas_see_no_limited_dossier(
        self, cast: Cast, sign_in: SignIn, who: str, code: int
    ) -> None:
        dossier, client = begun(cast, Level.LIMITED), sign_in(cast[who])
        assert client.get(f"{LIST}{dossier.reference}/").status_code == code
        assert ("Leieboorden" in client.get(LIST).content.decode()) == (code == 200)

    @pytest.mark.parametrize(
        ("who", "code"),
        [("coordinator", 404), ("coordinator.politie", 404), ("beheerder", 404), ("verpleegkundige", 200)],
    )
    def test_outside_its_team_see_no_sealed_dossier(self, cast: Cast, sign_in: SignIn, who: str, code: int) -> None:
        dossier, client = begun(cast, Level.SEALED, "verpleegkundige", "sociale-dienst"), sign_in(cast[who])
        answer = client.get(f"{LIST}{dossier.reference}/")
        assert answer.status_code in {code, 403 if code == 404 else code}
        assert ("Leieboorden" in answer.content.decode()) == (code == 200)

    def test_leave_a_row_in_the_read_log(self, cast: Cast, sign_in: SignIn) -> None:
        dossier = begun(cast, Level.LIMITED)
        page(sign_in(cast["coordinator"]), dossier)
        entry = ReadEntry.objects.latest("pk")
        assert (entry.reference, entry.surface) == (dossier.reference, "dossier")


class TestWriting:
    def test_is_for_who_keeps_it_up(self, cast: Cast, sign_in: SignIn) -> None:
        dossier = begun(cast)
        for who, code in [("coordinator.politie", 403), ("coordinator", 302)]:
            answer = sign_in(cast[who]).post(f"{LIST}{dossier.reference}/notas/", {"text": "We gaan samen kijken."})
            assert (who, answer.status_code) == (who, code)
        assert dossier.notes.get().text == "We gaan samen kijken."

    def test_closes_with_what_came_of_it_and_reopens(self, cast: Cast, sign_in: SignIn) -> None:
        dossier, bram = begun(cast), sign_in(cast["coordinator"])
        assert bram.post(f"{LIST}{dossier.reference}/afsluiting/", {"outcome": ""}).status_code == 422
        bram.post(f"{LIST}{dossier.reference}/afsluiting/", {"outcome": "Er kwam een lamp."})
        assert "Er kwam een lamp." in page(bram, dossier)
        bram.post(f"{LIST}{dossier.reference}/heropening/")
        dossier.refresh_from_db()
        assert dossier.is_open

    def test_is_refused_on_a_closed_dossier(self, cast: Cast, sign_in: SignIn) -> None:
        dossier = begun(cast)
        dossier.close(by=cast["coordinator"], outcome="Klaar.")
        answer = sign_in(cast["coordinator"]).post(f"{LIST}{dossier.reference}/notas/", {"text": "Nog iets."})
        assert answer.status_code == 422
        assert "Dit dossier is afgesloten." in answer.content.decode()


class TestPicture:
    def test_counts_by_subject_and_part_of_the_day(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        dossier = begun(cast)
        for subject in ("Onveilige situatie", "Onveilige situatie", "Leegstand en verloedering"):
            dossier.add(report(subject, at=OVERLEIE), by=cast["coordinator"])
        shown = page(sign_in(cast["coordinator"]), dossier)
        assert "Naar onderwerp" in shown
        assert "Naar dagdeel" in shown

    def test_shows_what_runs_first_and_unfolds_the_rest(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        dossier, done, running = begun(cast), report("Sluikstort"), report("Zwerfvuil")
        for signal in (running, done):
            dossier.add(signal, by=cast["coordinator"])
        done.tasks.get().complete(by=cast["uitvoerder"], outcome="Opgeruimd.")
        for number in range(20):
            dossier.add_note(by=cast["coordinator"], text=f"Bezoek {number}.")
        shown = page(sign_in(cast["coordinator"]), dossier)
        assert shown.index("Zwerfvuil · Overleiestraat") < shown.index("Sluikstort · Overleiestraat")
        assert "1 afgelopen taak" in shown
        unfolded, older = shown.split("oudere regels")
        assert "Bezoek 19." in unfolded
        assert "Bezoek 2." not in unfolded
        assert "Bezoek 2." in older

    def test_asks_as_much_however_many_signals_are_in_it(
        self, cast: Cast, sign_in: SignIn, report: Make, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        dossier, bram = begun(cast), sign_in(cast["coordinator"])
        for _number in range(6):
            dossier.add(report("Onveilige situatie"), by=cast["coordinator"])
        page(bram, dossier)
        with django_assert_max_num_queries(26):
            page(bram, dossier)


class TestRetention:
    def test_erases_what_was_closed_long_ago_with_its_history(self, cast: Cast) -> None:
        old, kept = begun(cast), Dossier.begin(
            by=cast["coordinator"], title="Jonger", kind="other", purpose="", level=Level.OPEN,
            team=Team.objects.get(code="team-net-noord"), area=area("Overleie"),
        )  # fmt: skip
        old.add_note(by=cast["coordinator"], text="Merkwoord.")
        for dossier in (old, kept):
            dossier.close(by=cast["coordinator"], outcome="Klaar.")
        long_ago = timezone.now() - dt.timedelta(days=11 * 366)
        Dossier.objects.filter(pk=old.pk).update(closed_at=long_ago)
        assert erase_old_dossiers(long_ago + dt.timedelta(days=1)) == 1
        assert list(Dossier.objects.all()) == [kept]
        assert not apps.get_model("signals", "DossierChange").objects.filter(pgh_obj_id=old.pk).exists()


class TestHistory:
    def read(self, client: Client, dossier: Dossier) -> str:
        answer = client.get(f"{LIST}{dossier.reference}/geschiedenis/")
        assert answer.status_code == 200
        return " ".join(answer.text.split())

    def test_tells_what_came_in_and_went_out_and_who_did_it(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        dossier, signal, bram = begun(cast), report("Onveilige situatie"), sign_in(cast["coordinator"])
        assert f"{LIST}{dossier.reference}/geschiedenis/" in page(bram, dossier)
        bram.post(f"{LIST}{dossier.reference}/signalen/", {"signal": [signal.reference]})
        bram.post(f"{LIST}{dossier.reference}/signalen/{signal.reference}/verwijdering/")
        bram.post(f"{LIST}{dossier.reference}/afsluiting/", {"outcome": "Lampen geplaatst."})
        shown = self.read(bram, dossier)
        for said in ("Dossier begonnen.", f"{signal.reference} kwam erin.", f"{signal.reference} ging eruit."):
            assert said in shown
        assert "Lampen geplaatst." in shown
        assert shown.count(cast["coordinator"].name) >= 4

    def test_tells_of_no_signal_that_the_viewer_may_not_read(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        """In it, or taken out again: who may read the dossier alone hears nothing of either."""
        dossier, kept, gone = begun(cast), report("Onveilige situatie"), report("Onveilige situatie")
        for signal in (kept, gone):
            dossier.add(signal, by=cast["coordinator"])
        dossier.take_out(gone)
        police, bram = sign_in(cast["coordinator.politie"]), sign_in(cast["coordinator"])
        assert kept.reference in self.read(police, dossier)
        assert gone.reference in self.read(police, dossier)
        for signal in (kept, gone):
            signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        assert kept.reference not in self.read(police, dossier)
        assert gone.reference not in self.read(police, dossier)
        assert "ging eruit" not in self.read(police, dossier)
        assert kept.reference in self.read(bram, dossier)
        assert ReadEntry.objects.filter(surface="dossier", reference=kept.reference).exists()

    def test_of_a_sealed_dossier_is_for_the_team_that_keeps_it(self, cast: Cast, sign_in: SignIn) -> None:
        dossier = begun(cast, Level.SEALED, "verpleegkundige", "sociale-dienst")
        dossier.add_note(by=cast["verpleegkundige"], text="Kwibbelnota.")
        note = dossier.notes.get()
        note.text = "Kwibbelnota, beter."
        note.save(update_fields=["text"])
        for who in ("coordinator", "coordinator.ocmw", "coordinator.politie", "beheerder", "dpo"):
            answer = sign_in(cast[who]).get(f"{LIST}{dossier.reference}/geschiedenis/")
            assert answer.status_code in {403, 404}
            assert "Kwibbelnota" not in answer.text
        assert "Kwibbelnota" in self.read(sign_in(cast["verpleegkundige"]), dossier)
        assert ReadEntry.objects.filter(surface="dossier", reference=dossier.reference).exists()
