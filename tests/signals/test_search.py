"""What words find, in which order, and that nobody finds by them what they may not read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from areas.models import Area
from kortrijk_gebied.audit.models import ReadEntry
from signals import search
from signals.intake import Contact, register
from signals.levels import Level
from signals.models import Category, Shelf, Signal, SignalWords
from signals.search import Asked, Found
from teams.access import access_of
from teams.models import Team, User
from tests.cast import OVERLEIE, Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


def find(person: User, words: str, **how: Any) -> Found:
    categories = tuple(Category.objects.all())
    areas = tuple(Area.objects.filter(set__code="gebieden17"))
    return search.find(access_of(person), Asked(words, categories, areas), Q(), **how)


def finds(person: User, words: str, signal: Signal) -> bool:
    return signal.pk in find(person, words).ids


class TestWords:
    @pytest.mark.parametrize(
        "words",
        [
            "tegels", "tegel", "TEGEL", "losse tegels", "cafe", "café", "Budastraat", "buda", "budastraat 12",
            "losse tegels of voetpad", "budastraat kapotte", "voetpad buda",
        ],
    )  # fmt: skip
    def test_are_found_by_stem_accent_beginning_place_and_subject(self, cast: Cast, report: Make, words: str) -> None:
        signal = report(
            "Losse tegels of voetpad", place="Budastraat 12", description="Kapotte tegels voor het café, al een week."
        )
        other = report("Fietswrak", place="Overleiestraat", description="Een fiets zonder wielen.")
        assert finds(cast["coordinator"], words, signal)
        assert not finds(cast["coordinator"], words, other)

    def test_must_all_be_there(self, cast: Cast, report: Make) -> None:
        signal = report(place="Budastraat", description="Een zetel.")
        assert not finds(cast["coordinator"], "budastraat koelkast", signal)

    def test_that_say_nothing_find_nothing(self, cast: Cast, report: Make) -> None:
        report()
        for words in ("de", "het en de", "!!", "   "):
            assert find(cast["coordinator"], words).ids == ()

    @pytest.mark.parametrize("words", ["a' | 'b", "zetel:*", "(zetel", "zetel & !x", "\\", "⟦zetel⟧", "'; DROP TABLE"])
    def test_are_no_language_of_their_own(self, cast: Cast, report: Make, words: str) -> None:
        report()
        find(cast["coordinator"], words)

    def test_of_a_later_report_are_found(self, cast: Cast, report: Make) -> None:
        signal = report()
        words = "Er ligt nu ook een koelkast bij."
        register(Contact(category=signal.category, description=words, registered_by=cast["agent"]), join=signal)
        assert finds(cast["coordinator"], "koelkast", signal)

    def test_of_how_it_ended_are_found(self, cast: Cast, report: Make) -> None:
        signal = report()
        signal.close(by=cast["coordinator"], outcome="Naar het containerpark gebracht.")
        assert finds(cast["coordinator"], "containerpark", signal)
        assert signal.pk not in find(cast["coordinator"], "containerpark", ended=False).ids
        assert signal.pk in find(cast["coordinator"], "containerpark", running=False).ids

    def test_follow_what_is_changed_and_leave_no_history(self, cast: Cast, report: Make) -> None:
        signal = report(description="Een zetel.")
        changes = apps.get_model("signals", "SignalChange").objects.filter(pgh_obj=signal)
        before = changes.count()
        Signal.objects.filter(pk=signal.pk).update(description="Een koelkast.")
        assert finds(cast["coordinator"], "koelkast", signal)
        assert finds(cast["coordinator"], "zetel", signal)  # so the report still tells
        assert changes.count() == before + 1

    def test_go_when_the_signal_goes(self, cast: Cast, report: Make) -> None:
        signal = report()
        signal.events.all().delete()
        signal.tasks.all().delete()
        signal.reports.all().delete()
        signal.delete()
        assert not SignalWords.objects.filter(pk=signal.pk).exists()


class TestOrder:
    def test_place_before_telling_running_before_ended(self, cast: Cast, report: Make) -> None:
        told = report(place="Veemarkt", description="Zoals vorige week in de Budastraat.")
        ended = report(place="Budastraat")
        ended.close(by=cast["coordinator"], outcome="In orde.")
        running = report(place="Budastraat")
        found = find(cast["coordinator"], "budastraat").ids
        assert found.index(running.pk) < found.index(ended.pk) < found.index(told.pk)

    def test_a_reference_comes_first(self, cast: Cast, report: Make) -> None:
        signal = report()
        report(description=f"Hoort bij {signal.reference}.")
        bare = signal.reference.removeprefix("S-")
        for words in (signal.reference, signal.reference.lower(), bare, bare.replace("-", " "), bare.replace("-", "")):
            assert find(cast["coordinator"], words).ids[0] == signal.pk

    def test_cuts_off_what_nobody_reads(self, cast: Cast, report: Make, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(search, "MOST", 2)
        for number in range(3):
            report(place=f"Budastraat {number}")
        found = find(cast["coordinator"], "budastraat")
        assert (len(found.ids), found.is_cut) == (2, True)


class TestStreet:
    def test_with_a_typing_error_is_found_and_said(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal = report(place="Overleiestraat 8")
        found = find(cast["coordinator"], "overleistraat")
        assert (found.ids, found.instead) == ((signal.pk,), "Overleiestraat")
        page = sign_in(cast["coordinator"]).get(reverse("inbox"), {"q": "overleistraat"}).text
        assert "Niets bevat “overleistraat”. Dit is gevonden voor “Overleiestraat”." in page

    @pytest.mark.parametrize("typed", ["zwerfvul", "zwefvuil", "Zwerfvuyl"])
    def test_or_subject_with_a_typing_error_is_found_and_said(
        self, cast: Cast, report: Make, sign_in: SignIn, typed: str
    ) -> None:
        signal = report("Zwerfvuil", description="Blikjes in de gracht.")
        page = sign_in(cast["coordinator"]).get(reverse("inbox"), {"q": typed, "tab": "alles"}).text
        assert signal.reference in page
        assert f"Niets bevat “{typed}”. Dit is gevonden voor “zwerfvuil”." in page

    def test_that_is_right_is_not_corrected(self, cast: Cast) -> None:
        assert search.corrected("Overleiestraat") == ""
        assert search.corrected("zetel", Category.objects.all()) == ""


class TestReporter:
    WAYS = ("056 27 70 00", "+32 56 27 70 00", "056277000", "rosa@voorbeeld.example", "ROSA@voorbeeld.example",
            "Vercruysse", "Rosa Vercruyse")  # fmt: skip

    @pytest.fixture
    def told(self, report: Make) -> Signal:
        return report(name="Rosa Vercruysse", email="Rosa@voorbeeld.example", phone="056/27.70.00")

    @pytest.mark.parametrize("words", WAYS)
    def test_is_found_by_who_may_see_them(self, cast: Cast, told: Signal, words: str) -> None:
        assert finds(cast["coordinator"], words, told)

    @pytest.mark.parametrize("words", WAYS)
    @pytest.mark.parametrize("who", ["coordinator.politie", "buurtwerker", "uitvoerder", "wijkinspecteur"])
    def test_is_found_by_nobody_else(self, cast: Cast, told: Signal, words: str, who: str) -> None:
        assert finds(cast[who], "zetel", told)
        assert find(cast[who], words).ids == ()

    def test_of_what_is_sealed_is_found_by_its_keepers_alone(self, cast: Cast, report: Make) -> None:
        sealed = report("Bezorgd om iemand", name="Rosa Vercruysse", phone="056 27 70 00")
        assert finds(cast["verpleegkundige"], "056 27 70 00", sealed)
        for who in ("coordinator", "coordinator.ocmw", "agent"):
            assert not finds(cast[who], "056 27 70 00", sealed)


class TestNotes:
    def test_that_are_open_are_found_by_who_reads_the_signal(self, cast: Cast, report: Make) -> None:
        signal = report()
        note = signal.add_note(by=cast["coordinator"], text="De sleutel ligt bij de buurman.")
        for who in ("coordinator", "wijkinspecteur", "buurtwerker"):
            assert finds(cast[who], "sleutel", signal)
        assert not finds(cast["coordinator.rand"], "sleutel", signal)
        note.delete()
        assert not finds(cast["coordinator"], "sleutel", signal)

    def test_that_are_limited_are_found_by_their_organisation(self, cast: Cast, report: Make) -> None:
        signal = report()
        signal.add_note(by=cast["wijkinspecteur"], text="Zie ons kwibbeldossier.", level=Level.LIMITED)
        assert finds(cast["wijkinspecteur"], "kwibbeldossier", signal)
        for who in ("coordinator", "buurtwerker", "agent"):
            assert not finds(cast[who], "kwibbeldossier", signal)

    def test_that_are_sealed_are_found_by_their_team(self, cast: Cast, report: Make) -> None:
        signal, team = report(), Team.objects.get(code="sociale-dienst")
        signal.add_note(by=cast["verpleegkundige"], text="Kwibbelmedicatie.", level=Level.SEALED, team=team)
        assert finds(cast["verpleegkundige"], "kwibbelmedicatie", signal)
        for who in ("coordinator", "coordinator.ocmw", "buurtwerker", "wijkinspecteur"):
            assert finds(cast[who], "zetel", signal)
            assert not finds(cast[who], "kwibbelmedicatie", signal)

    def test_that_become_secret_are_no_longer_found(self, cast: Cast, report: Make) -> None:
        signal = report()
        note = signal.add_note(by=cast["coordinator"], text="Kwibbelsleutel.")
        note.level = Level.LIMITED
        note.save(update_fields=["level"])
        assert finds(cast["coordinator"], "kwibbelsleutel", signal)
        assert not finds(cast["wijkinspecteur"], "kwibbelsleutel", signal)


class TestSecrecy:
    def test_of_a_signal_follows_its_level(self, cast: Cast, report: Make) -> None:
        signal = report(description="Een kwibbelzetel.")
        signal.add_note(by=cast["coordinator"], text="Een kwibbelnota.")
        assert finds(cast["wijkinspecteur"], "kwibbelzetel", signal)
        signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        assert SignalWords.objects.get(pk=signal.pk).shelf == Shelf.LIMITED
        for words in ("kwibbelzetel", "kwibbelnota"):
            assert finds(cast["coordinator"], words, signal)
            assert not finds(cast["wijkinspecteur"], words, signal)

    def test_keeps_a_limited_row_out_of_the_counts(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        report("Schuldhulp of steun", description="Kan de kwibbelhuur niet betalen.")
        nothing, secret = (
            sign_in(cast["coordinator"]).get(reverse("inbox"), {"tab": "alles", "q": words}).text
            for words in ("xwibbelhuur", "kwibbelhuur")
        )
        assert "Niets gevonden" in secret
        assert nothing.count("<b>") == secret.count("<b>")

    def test_looks_at_no_index_of_what_is_sealed_to_others(self, cast: Cast, report: Make) -> None:
        """Not even the time it takes can tell: the shelf is not opened."""
        report("Bezorgd om iemand")
        with CaptureQueriesContext(connection) as made:
            find(cast["coordinator"], "mevrouw")
        asked = " ".join(query["sql"] for query in made.captured_queries)
        assert f'"shelf" = {Shelf.RUNNING}' in asked
        assert f'"shelf" = {Shelf.SEALED}' not in asked
        with CaptureQueriesContext(connection) as made:
            find(cast["verpleegkundige"], "mevrouw")
        assert any(f'"shelf" = {Shelf.SEALED}' in query["sql"] for query in made.captured_queries)


class TestSnippet:
    def test_shows_where_the_word_stands(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        report(description="Een <b>zetel</b> en tien zakken naast de glascontainer.")
        page = sign_in(cast["coordinator"]).get(reverse("inbox"), {"tab": "alles", "q": "zakken"}).text
        assert "tien <mark>zakken</mark> naast" in page
        assert "<b>zetel" not in page

    def test_out_of_a_note_is_on_record_when_it_is_secret(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        signal = report()
        signal.add_note(by=cast["wijkinspecteur"], text="Zie ons kwibbeldossier.", level=Level.LIMITED)
        page = sign_in(cast["wijkinspecteur"]).get(reverse("inbox"), {"tab": "alles", "q": "kwibbeldossier"}).text
        assert "In een nota: Zie ons <mark>kwibbeldossier</mark>" in page
        look = ReadEntry.objects.get(object_type="note", surface="inbox")
        assert (look.reference, look.level) == (signal.reference, Level.LIMITED)

    def test_of_who_reported_it_names_nobody(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        report(name="Rosa Vercruysse", phone="056 27 70 00")
        page = sign_in(cast["coordinator"]).get(reverse("inbox"), {"tab": "alles", "q": "056 27 70 00"}).text
        assert "Wie het meldde, past bij wat je zoekt." in page


class TestCost:
    def test_is_the_same_for_two_and_for_twenty(self, cast: Cast, report: Make, sign_in: SignIn) -> None:
        bram = sign_in(cast["coordinator"])

        def queries() -> int:
            with CaptureQueriesContext(connection) as made:
                assert bram.get(reverse("inbox"), {"tab": "alles", "q": "sleutel zetel"}).status_code == 200
            return len(made)

        def told() -> None:
            report(at=OVERLEIE).add_note(by=cast["coordinator"], text="De sleutel.")

        for _ in range(2):
            told()
        queries()
        few = queries()
        for _ in range(8):
            told()
        assert queries() == few
