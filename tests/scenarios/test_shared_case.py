"""The shared case: OCMW and police work on one matter without betraying a secret.

A desk of the OCMW hears of an old man who is being cheated. The social nurse keeps it; the ward inspector gets one
sentence and a task of her own. Both do their part, each reads of the other what it may, and the city nothing. Then
the other way round: a quarrel at the police turns out to be care, and changes hands with a yes.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from signals.models import Handover, Share, Signal, Task
from signals.workflow import SignalStatus
from tests.conftest import Sink
from tests.scenarios.screen import Page, Person
from tests.servers import Worker

type Somebody = Callable[[str], Person]

WORRY = "Meneer Verbrugge geeft elke week geld aan een onbekende die aanbelt."
NOTE = "Hij schaamt zich en wil er met zijn zoon niet over praten."
SENTENCE = "Gelieve mee langs te gaan in de Overleiestraat 30: iemand komt er wekelijks om geld."
DID = "Samen aangebeld; de man aan de deur kreeg een waarschuwing."
SECRETS = ("Verbrugge", "schaamt", "Godelieve", "Bezorgd om iemand")
CARE = "Achter deze ruzie zit iemand die hulp nodig heeft en erom vraagt."
GROUND = "Gedeeld beroepsgeheim, voor dezelfde zorg"


@pytest.mark.django_db(transaction=True)
def test_the_shared_case(
    somebody: Somebody, worker: Worker, undo_delay_passes: Callable[[], None], smtp_sink: Sink
) -> None:
    joke, lies, bram = somebody("verpleegkundige"), somebody("wijkinspecteur"), somebody("coordinator")

    the_desk_of_the_ocmw_hears_of_it(somebody("dienstencentrum"))
    joke_reads_it_and_writes_a_note(joke)
    joke_can_ask_the_police_nothing_before_she_told_them_why(joke)
    joke_shares_one_sentence_and_asks_to_come_along(joke)

    worker.settle()
    the_mail_to_the_ward_team_says_nothing(smtp_sink, lies)
    lies_reads_the_sentence_and_accepts(lies)
    two_organisations_work_on_it(joke, lies)
    lies_never_sees_the_rest(lies)
    the_city_never_sees_any_of_it(bram)

    lies_reports_what_she_did(lies)
    joke_reads_it_and_closes(joke)
    undo_delay_passes()
    who_raised_it_hears_only_that_it_arrived(smtp_sink)

    the_read_log_of_the_ocmw_names_the_inspector(somebody("dpo.ocmw"))
    the_read_logs_of_the_others_know_nothing(somebody("dpo"), somebody("dpo.politie"))


@pytest.mark.django_db(transaction=True)
def test_the_case_that_changes_hands(somebody: Somebody, worker: Worker, smtp_sink: Sink) -> None:
    dirk, joke, bram = somebody("coordinator.politie"), somebody("verpleegkundige"), somebody("coordinator")

    neighbours_quarrel(somebody("agent"))
    bram_sees_that_something_runs_at_the_police(bram)
    dirk_asks_the_social_service_to_take_it_over(dirk)
    it_stays_with_the_police_until_they_say_yes(dirk, joke)
    joke_takes_it_over(joke)

    worker.settle()
    dirk_hears_of_the_yes_without_a_word_about_it(dirk, smtp_sink)
    the_police_keep_only_that_they_gave_it(dirk)
    for_the_city_it_no_longer_exists(bram)
    the_read_log_of_the_police_says_who_took_it(somebody("dpo.politie"), somebody("dpo"))


def case() -> Signal:
    found: Signal = Signal.objects.select_related("owner", "team").get()
    return found


def of_task(title: str) -> str:
    return reverse("signals:task", args=[Task.objects.get(title=title).pk])


def page_of(person: Person) -> Page:
    return person.opens(reverse("signals:signal", args=[case().reference]))


def hides(pages: list[Page], *secrets: str) -> None:
    for page in pages:
        html = page.html.replace("Bezorgd om iemand</option>", "")  # a subject that anybody may filter by
        for secret in secrets:
            assert secret not in html, f"{secret} on {page.url}"


# --- the shared case ------------------------------------------------------------------------------------


def the_desk_of_the_ocmw_hears_of_it(karel: Person) -> None:
    told = {
        "Onderwerp": "Bezorgd om iemand", "Plaats": "Overleiestraat 30", "Wat is er aan de hand?": WORRY,
        "Naam": "Godelieve", "E-mailadres": "godelieve@voorbeeld.example",
    }  # fmt: skip
    saved = karel.presses("Bewaren", karel.opens(reverse("signals:intake")), told)
    saved.says("Bezorgd aan de juiste dienst.")
    assert (case().owner.code, case().get_level_display()) == ("ocmw", "verzegeld")


def joke_reads_it_and_writes_a_note(joke: Person) -> None:
    page = joke.follows("Contact opnemen", joke.opens(reverse("today")))
    page.says(WORRY, "Verzegeld")
    joke.presses("Nota bewaren", page, {"Nota": NOTE}).says(NOTE)


def joke_can_ask_the_police_nothing_before_she_told_them_why(joke: Person) -> None:
    asked = {"Wat vraag je?": "Samen langsgaan", "Team": "Wijkwerking Noord"}
    refused = joke.presses("Taak aanbieden", page_of(joke), asked)
    refused.says("Deel eerst een zin met Wijkwerking Noord")
    assert "Samen langsgaan" in refused.html, "what she typed is kept"


def joke_shares_one_sentence_and_asks_to_come_along(joke: Person) -> None:
    until = timezone.localdate() + dt.timedelta(days=14)
    given = {
        "Team": "Wijkwerking Noord", "Wat je hun laat weten": SENTENCE, "Doel": "Samen langsgaan",
        "Wettelijke grond": GROUND, "Tot en met": f"{until:%Y-%m-%d}",
    }  # fmt: skip
    joke.presses("Deel deze zin", page_of(joke), given).says(SENTENCE, "Wijkwerking Noord, tot ")
    asked = {"Wat vraag je?": "Samen langsgaan", "Team": "Wijkwerking Noord"}
    joke.presses("Taak aanbieden", page_of(joke), asked).says("Wijkwerking Noord, aangeboden op")


def the_mail_to_the_ward_team_says_nothing(sink: Sink, lies: Person) -> None:
    (mail,) = sink.to(lies.user.email)
    words = f"{mail['Subject']} {mail.get_content()}"
    assert mail["Subject"] == "Gevraagd aan Wijkwerking Noord"
    assert "Wat het is, lees je na het aanmelden." in words
    for secret in (*SECRETS, "langsgaan", "Overleiestraat", case().reference, "/gevraagd/"):
        assert secret not in words


def lies_reads_the_sentence_and_accepts(lies: Person) -> None:
    today = lies.opens(reverse("today"))
    today.says("Samen langsgaan", "Je leest alleen de taak.", "Gedeeld met je team")
    sentence = lies.follows("Een zin van OCMW Kortrijk", today)
    sentence.says(SENTENCE, GROUND, "Alleen deze zin")
    lies.presses("Aanvaarden", sentence)


def two_organisations_work_on_it(joke: Person, lies: Person) -> None:
    page_of(joke).says("Contact opnemen", "Samen langsgaan", "Wijkwerking Noord, aanvaard op")
    lies.opens(reverse("today")).says("Bezig bij je team", "Samen langsgaan")
    at_work = Task.objects.filter(status="accepted").values_list("team__organisation__code", flat=True)
    assert set(at_work) == {"ocmw", "politie"}
    assert case().status == SignalStatus.IN_PROGRESS


def lies_never_sees_the_rest(lies: Person) -> None:
    share = Share.objects.get()
    pages = [
        lies.opens(reverse("today")),
        lies.opens(reverse("signals:share", args=[share.pk])),
        lies.opens(f"{of_task('Samen langsgaan')}?doe=completion"),
        lies.opens(f"{reverse('inbox')}?tab=alles"),
        lies.opens(f"{reverse('inbox')}?tab=alles&q=geld"),
    ]
    assert [page.status for page in pages] == [200] * len(pages)
    hides(pages, *SECRETS, "Contact opnemen", case().reference)
    assert lies.is_refused(reverse("signals:signal", args=[case().reference]))
    assert lies.is_refused(reverse("signals:signal-history", args=[case().reference]))
    assert lies.is_refused(f"{of_task('Contact opnemen')}?doe=completion")


def the_city_never_sees_any_of_it(bram: Person) -> None:
    """He coordinates this very area."""
    pages = [bram.opens(reverse("today")), bram.opens(f"{reverse('inbox')}?tab=alles&q=Verbrugge")]
    pages += [bram.opens(f"{reverse('inbox')}?tab=alles&organisatie={code}") for code in ("ocmw", "politie")]
    hides([page for page in pages if "q=" not in page.url], *SECRETS)
    hides(pages, SENTENCE, "Samen langsgaan", "Contact opnemen", case().reference, "Overleiestraat 30")
    assert bram.is_refused(reverse("signals:signal", args=[case().reference]))
    assert bram.is_refused(reverse("signals:share", args=[Share.objects.get().pk]))
    for title in ("Contact opnemen", "Samen langsgaan"):
        assert bram.is_refused(f"{of_task(title)}?doe=completion")


def lies_reports_what_she_did(lies: Person) -> None:
    lies.presses("Afgerond", lies.opens(reverse("today")), {"Wat is er gedaan?": DID})
    assert case().is_open, "the nurse is not through yet"


def joke_reads_it_and_closes(joke: Person) -> None:
    page_of(joke).says(DID)
    joke.presses("Afgerond", joke.opens(reverse("today")), {"Wat is er gedaan?": "Zoon is op de hoogte."})
    assert case().status == SignalStatus.RESOLVED
    joke.presses("Afronden", page_of(joke), {"Hoe liep het af?": "Meneer Verbrugge krijgt hulp bij zijn geldzaken."})
    assert case().status == SignalStatus.CLOSED


def who_raised_it_hears_only_that_it_arrived(sink: Sink) -> None:
    (mail,) = sink.to("godelieve@voorbeeld.example", "Uw melding bij 1777")
    words = f"{mail['Subject']} {mail.get_content()}"
    assert "Uw melding is bezorgd aan de juiste dienst." in words
    for secret in ("Verbrugge", "geldzaken", "waarschuwing", "politie", "OCMW", "Overleiestraat"):
        assert secret not in words


def the_read_log_of_the_ocmw_names_the_inspector(ugo: Person) -> None:
    log = ugo.opens(reverse("teams:read-log"))
    log.says("Lies Vanneste", "gedeelde zin", "Joke Lambrecht")
    assert "Verbrugge" not in log.html


def the_read_logs_of_the_others_know_nothing(tine: Person, veerle: Person) -> None:
    for officer in (tine, veerle):
        log = officer.opens(reverse("teams:read-log"))
        assert log.status == 200
        for name in ("Lies Vanneste", "Joke Lambrecht", case().reference):
            assert name not in log.text


# --- the case that changes hands ------------------------------------------------------------------------


def neighbours_quarrel(amber: Person) -> None:
    told = {
        "Onderwerp": "Burenruzie", "Plaats": "Overleiestraat 8",
        "Wat is er aan de hand?": "Roepen, elke nacht, bij Snippe.",
    }  # fmt: skip
    amber.presses("Bewaren", amber.opens(reverse("signals:intake")), told)
    assert (case().owner.code, case().get_level_display()) == ("politie", "beperkt")


def bram_sees_that_something_runs_at_the_police(bram: Person) -> None:
    inbox = bram.opens(f"{reverse('inbox')}?tab=alles&organisatie=politie")
    inbox.says("Loopt bij de politie")
    hides([inbox], "Snippe", "Overleiestraat 8", case().reference)


def dirk_asks_the_social_service_to_take_it_over(dirk: Person) -> None:
    asked = {
        "Team": "Sociale dienst", "Wat je hun laat weten": CARE, "Wettelijke grond": GROUND,
        "Verzegel en draag over": True,
    }  # fmt: skip
    dirk.presses("Vraag het hun", page_of(dirk), asked).says("Overdracht: Sociale dienst", CARE)


def it_stays_with_the_police_until_they_say_yes(dirk: Person, joke: Person) -> None:
    assert case().owner.code == "politie"
    page_of(dirk).says("Snippe")
    asked = joke.opens(reverse("signals:handover", args=[Handover.objects.get().pk]))
    asked.says(CARE, "PZ Vlas", "Alleen deze zin")
    hides([asked], "Snippe", "Roepen")
    assert joke.is_refused(reverse("signals:signal", args=[case().reference]))


def joke_takes_it_over(joke: Person) -> None:
    asked = joke.opens(reverse("signals:handover", args=[Handover.objects.get().pk]))
    joke.presses("Overnemen", asked)
    assert (case().owner.code, case().get_level_display()) == ("ocmw", "verzegeld")
    page_of(joke).says("Roepen, elke nacht, bij Snippe.", "Verzegeld")


def dirk_hears_of_the_yes_without_a_word_about_it(dirk: Person, sink: Sink) -> None:
    (mail,) = sink.to(dirk.user.email)
    for secret in (CARE, "Snippe", "Burenruzie", "Overleiestraat", case().reference):
        assert secret not in f"{mail['Subject']} {mail.get_content()}"


def the_police_keep_only_that_they_gave_it(dirk: Person) -> None:
    assert dirk.is_refused(reverse("signals:signal", args=[case().reference]))
    given = dirk.opens(reverse("signals:handover", args=[Handover.objects.get().pk]))
    given.says("Sociale dienst", "Bevestigd", "Waarover het ging, lees je niet meer")
    hides([given, dirk.opens(f"{reverse('inbox')}?tab=alles")], CARE, "Snippe", "Roepen", case().reference)


def for_the_city_it_no_longer_exists(bram: Person) -> None:
    for code in ("politie", "ocmw"):
        inbox = bram.opens(f"{reverse('inbox')}?tab=alles&organisatie={code}")
        assert "Loopt bij" not in inbox.text
    assert bram.is_refused(reverse("signals:handover", args=[Handover.objects.get().pk]))


def the_read_log_of_the_police_says_who_took_it(veerle: Person, tine: Person) -> None:
    veerle.opens(reverse("teams:read-log")).says("Joke Lambrecht", "Dirk Lagae")
    assert "Joke Lambrecht" not in tine.opens(reverse("teams:read-log")).text
