"""Kooigem: a worried neighbour calls about an elderly person.

The subject seals itself. In a village an area plus a subject is a name, so for the whole city it does not exist:
no word, no number, no gap. One sentence goes to the ward inspector, and who read it is on record.
"""

import datetime as dt
import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from signals.levels import Level
from signals.models import Category, Signal
from teams import reports
from teams.models import Membership, MonthlyReport, Team, User
from tests.cast import Cast, area
from tests.conftest import Sink
from tests.permissions.surfaces import HX, Look, answer, printed
from tests.scenarios.screen import Person

type Somebody = Callable[[str], Person]

WORRY = "Mevrouw Snippe komt al dagen niet buiten en de rolluiken blijven neer."
SENTENCE = "Gelieve deze week eens langs te gaan op de Kooigemplaats; wij kregen een ongerust bericht."
OUTSIDERS = ["coordinator.rand", "wijkinspecteur.zuid", "deelgemeente", "beheerder", "dpo", "agent"]
NOWHERE = "S-ZZZZ-0000"


@pytest.mark.django_db(transaction=True)
def test_kooigem(somebody: Somebody, cast: Cast, undo_delay_passes: Callable[[], None], smtp_sink: Sink) -> None:
    joke, luc, geert = somebody("verpleegkundige"), somebody("wijkinspecteur.zuid"), somebody("deelgemeente")
    copy = the_village_has_an_area_team_with_a_report(cast)

    with time_machine.travel(timezone.now(), tick=False):  # so that nothing differs but what we look for
        an_ordinary_call_came_before(somebody("agent"))
        looks = what_outsiders_look_at()
        before, paper = {who: seen_by(cast[who], looks) for who in OUTSIDERS}, printed(geert.client, copy)

        the_worried_neighbour_calls(somebody("agent"))
        signal = Signal.objects.get(level=Level.SEALED)

        for who in OUTSIDERS:
            nothing_changed(before[who], seen_by(cast[who], looks))
            a_guessed_reference_is_not_there(cast[who], signal)
            a_word_of_it_finds_nothing(cast[who])
        assert printed(geert.client, copy) == paper, "nor does the report of the month count it"
        joke_finds_it(joke, signal)

    joke_shares_one_sentence(joke, signal)
    luc_reads_the_sentence_and_nothing_else(luc, signal)
    who_read_it_is_known_to_the_ocmw(somebody("dpo.ocmw"))
    and_not_to_the_city(somebody("dpo"))

    joke_closes_it(joke, signal)
    undo_delay_passes()
    the_caller_hears_only_that_it_arrived(smtp_sink)


# --- before the story ----------------------------------------------------------------------------------


def the_village_has_an_area_team_with_a_report(cast: Cast) -> MonthlyReport:
    team = Team.objects.get(code="gebiedsteam-kooigem")
    members = {
        "deelgemeente": "area_worker",
        "wijkinspecteur.zuid": "ward_inspector",
        "verpleegkundige": "social_nurse",
    }
    for who, function in members.items():
        Membership.objects.create(
            team=team, user=cast[who], function=function, starts=timezone.localdate() - dt.timedelta(days=90)
        )
    made = reports.draft(timezone.localdate(), area("Kooigem"))
    assert {report.organisation.code for report in made} == {"stad", "ocmw", "politie"}
    return next(report for report in made if report.organisation.code == "stad")


def an_ordinary_call_came_before(amber: Person) -> None:
    """So that counts are not all zero, and a hint of the spot has something to show."""
    told = {"Onderwerp": "Sluikstort", "Plaats": "Kooigemplaats 9", "Wat is er aan de hand?": "Een band in de gracht."}
    amber.presses("Bewaren", amber.opens(reverse("signals:intake")), told).says("Geregistreerd")


def what_outsiders_look_at() -> list[Look]:
    """Search, count, filter, map, village, the spot itself. (All other pages: tests/permissions/test_surfaces.py.)"""
    inbox, village = reverse("inbox"), area("Kooigem")
    worry = Category.objects.get(name="Bezorgd om iemand")
    here = {"place": "Kooigemplaats 9", "longitude": 3.335, "latitude": 50.739}
    return [
        Look(inbox),
        Look(f"{inbox}?tab=alles"),
        Look(f"{inbox}?tab=alles&gebied={village.pk}"),
        Look(f"{inbox}?tab=alles&onderwerp={worry.code}"),
        Look(f"{inbox}?tab=alles&organisatie=ocmw&geheim=on"),
        Look(f"{reverse('areas:area', args=[village.code])}?alles=1"),
        Look(reverse("areas:area-section", args=[village.code, "signals-map"]), headers=HX),
        Look(reverse("areas:areas")),
        Look(reverse("today")),
        Look(reverse("signals:intake-surroundings"), {**here, "category": worry.pk}, HX),
        Look(reverse("signals:intake-surroundings"), here, HX),
        Look(reverse("signals:imports")),
        Look(reverse("signals:rules")),
        Look(reverse("reports:reports")),
        Look(reverse("teams:read-log")),
    ]


def seen_by(user: User, looks: list[Look]) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {look.name: answer(client, look) for look in looks}


# --- the story -----------------------------------------------------------------------------------------


def the_worried_neighbour_calls(amber: Person) -> None:
    told = {
        "Onderwerp": "Bezorgd om iemand", "Plaats": "Kooigemplaats 9", "Wat is er aan de hand?": WORRY,
        "Naam": "Guido", "E-mailadres": "guido@voorbeeld.example",
    }  # fmt: skip
    saved = amber.presses("Bewaren", amber.opens(reverse("signals:intake")), told)
    saved.says("Bezorgd aan de juiste dienst.", "Je vindt dit hier niet terug")
    assert "S-" not in saved.text
    assert "Kooigem" not in saved.text


def nothing_changed(before: dict[str, str], after: dict[str, str]) -> None:
    changed = [name for name in before if before[name] != after[name]]
    assert not changed, f"the call shows on {changed}"
    assert any(text.startswith("200") for text in after.values())


def a_guessed_reference_is_not_there(user: User, signal: Signal) -> None:
    hidden, absent = (list(seen_by(user, guesses(reference)).values()) for reference in (signal.reference, NOWHERE))
    assert hidden == absent
    assert {text[:3] for text in hidden} <= {"403", "404"}


def guesses(reference: str) -> list[Look]:
    page = reverse("signals:signal", args=[reference])
    return [Look(page), Look(page, headers=HX), Look(reverse("signals:signal-notes", args=[reference]), {"text": "?"})]


def a_word_of_it_finds_nothing(user: User) -> None:
    found, nothing = (
        seen_by(user, [Look(f"{reverse('inbox')}?tab=alles&q={words}")]).popitem()[1].replace(words, "…")
        for words in ("Snippe", "Wulpen")
    )
    assert found == nothing


def joke_finds_it(joke: Person, signal: Signal) -> None:
    """The same places, for who must help."""
    joke.opens(reverse("today")).says("Contact opnemen")
    joke.opens(f"{reverse('inbox')}?tab=alles&q=Snippe").says("Bezorgd om iemand · Kooigemplaats 9")
    joke.opens(reverse("signals:signal", args=[signal.reference])).says(
        WORRY, "Verzegeld", "Wie dit leest, staat met dag en uur in het leeslogboek"
    )


def joke_shares_one_sentence(joke: Person, signal: Signal) -> None:
    page = joke.opens(reverse("signals:signal", args=[signal.reference]))
    until = timezone.localdate() + dt.timedelta(days=14)
    given = {
        "Team": "Wijkwerking Zuid", "Wat je hun laat weten": SENTENCE, "Doel": "Nagaan of alles goed gaat",
        "Wettelijke grond": "Vitaal belang: acuut gevaar voor iemand (AVG 6.1.d)", "Tot en met": f"{until:%Y-%m-%d}",
    }  # fmt: skip
    joke.presses("Deel deze zin", page, given).says(SENTENCE, "Wijkwerking Zuid, tot ")


def luc_reads_the_sentence_and_nothing_else(luc: Person, signal: Signal) -> None:
    today = luc.opens(reverse("today"))
    today.says("Gedeeld met je team", "OCMW Kortrijk")
    sentence = luc.follows("Een zin van OCMW Kortrijk", today)
    sentence.says(SENTENCE, "Vitaal belang", "Nagaan of alles goed gaat", "Met jou gedeeld")
    for page in (today, sentence, luc.opens(reverse("inbox")), luc.opens(f"{reverse('inbox')}?tab=team")):
        for secret in ("Snippe", "rolluiken", "Bezorgd om iemand", "Guido", signal.reference):
            said = page.html.replace("Bezorgd om iemand</option>", "")  # a subject one may filter by
            assert secret not in said, f"{secret} on {page.url}"
    assert luc.opens(reverse("signals:signal", args=[signal.reference])).status == 404


def who_read_it_is_known_to_the_ocmw(ugo: Person) -> None:
    log = ugo.opens(reverse("teams:read-log"))
    log.says("Luc Debusschere", "gedeelde zin", "Joke Lambrecht")
    assert "Snippe" not in log.html


def and_not_to_the_city(tine: Person) -> None:
    log = tine.opens(reverse("teams:read-log"))
    assert log.status == 200
    assert "Luc Debusschere" not in log.text
    assert "Joke Lambrecht" not in log.text


def joke_closes_it(joke: Person, signal: Signal) -> None:
    page = joke.opens(reverse("signals:signal", args=[signal.reference]))
    joke.presses("Afronden", page, {"Hoe liep het af?": "Mevrouw Snippe ligt in het ziekenhuis."})


def without_links(mail: EmailMessage) -> str:
    """Its words; what a random address happens to spell is no secret."""
    return re.sub(r"http\S+", "", mail.get_content())


def the_caller_hears_only_that_it_arrived(smtp_sink: Sink) -> None:
    (receipt,) = smtp_sink.to("guido@voorbeeld.example", "Wij kregen uw melding")
    (mail,) = smtp_sink.to("guido@voorbeeld.example", "Uw melding bij 1777")
    said = [line for line in mail.get_content().splitlines() if line.strip()]
    assert said[1] == "Uw melding is bezorgd aan de juiste dienst."
    for secret in ("Snippe", "ziekenhuis", "Kooigem", "Bezorgd om iemand", "OCMW", "S-"):
        assert secret not in f"{without_links(receipt)} {said}"
    assert len(said) == 6, "a greeting, one sentence, thanks, who we are, where, and the number for what is urgent"
    assert Message.objects.count() == len(smtp_sink.messages) == 2
