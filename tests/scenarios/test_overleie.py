"""Overleie: a third call about dumped rubbish in one month.

Team Net has it already, without a coordinator having touched it. The repetition lifts it to the inbox of Noord,
the police keep an eye on the spot, and whoever raised it hears how it ended.
"""

import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from signals.models import EventKind, Signal
from tests.conftest import Sink
from tests.field.tablet import FieldTablet, seen
from tests.scenarios.screen import Page, Person

LIES = "wijkinspecteur@kortrijk.example"

type Somebody = Callable[[str], Person]


@pytest.mark.django_db(transaction=True)
def test_overleie(somebody: Somebody, undo_delay_passes: Callable[[], None], smtp_sink: Sink) -> None:
    amber, bram = somebody("agent"), somebody("coordinator")
    mo, hassan, lies = somebody("gemeenschapswacht"), somebody("uitvoerder"), somebody("wijkinspecteur")

    somebody_called_three_weeks_ago(amber)
    team_net_cleared_it(hassan)
    undo_delay_passes()
    assert {mail["Subject"] for mail in smtp_sink.messages} == {"Wij kregen uw melding", "Uw melding bij 1777"}
    assert len(smtp_sink.to("an@voorbeeld.example")) == len(smtp_sink.messages) == 2

    the_warden_photographs_it_again(mo)
    team_net_has_it_untouched_by_any_coordinator(hassan, bram)

    the_third_caller_joins_in_one_act(amber)
    the_repetition_lifts_it_to_the_inbox_of_noord(bram)

    bram_offers_supervision_to_the_ward_team(bram)
    undo_delay_passes()
    lies_accepts_by_the_link_on_her_phone(lies, smtp_sink)
    lies_reports_what_she_did(lies)
    assert running().is_open, "the rubbish still lies there"
    team_net_cleared_it(hassan)

    undo_delay_passes()
    the_caller_reads_how_it_ended(smtp_sink)
    the_warden_sees_it_with_thanks(mo)


def running() -> Signal:
    return Signal.objects.latest("reported_at")


# --- the steps, in order -------------------------------------------------------------------------------


def somebody_called_three_weeks_ago(amber: Person) -> None:
    when = timezone.localtime() - dt.timedelta(days=20)
    desk = amber.opens(reverse("signals:intake"))
    desk.says("Spoed? Bel 112 of 101")
    told = {
        "Onderwerp": "Sluikstort", "Plaats": "Overleiestraat 12", "Wat is er aan de hand?": "Zakken aan de glasbol.",
        "Naam": "An", "E-mailadres": "an@voorbeeld.example", "Ontvangen": f"{when:%Y-%m-%dT%H:%M}",
    }  # fmt: skip
    amber.presses("Bewaren", desk, told).says("Gaat naar Team Net Kortrijk Noord")


def team_net_cleared_it(hassan: Person) -> None:
    today = hassan.opens(reverse("today"))
    today.says("Opruimen", "Overleie", "Team Net Kortrijk Noord")
    hassan.presses("Afgerond", today, {"Wat is er gedaan?": "Opgeruimd en de glasbol nagezien."})


def the_warden_photographs_it_again(mo: Person) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "olive").save(picture, "JPEG")
    tablet = FieldTablet(Client())
    tablet.start(mo.user)
    said = seen(text="Weer een zetel.", place="Overleiestraat 12", placed_by="name", longitude=None, latitude=None)
    record = tablet.save("signal", said, [picture.getvalue()])
    (photo,) = tablet.send(record).json()["missing"]
    assert tablet.send_photo(record, photo).status_code == 201
    signal = running()
    assert (signal.place, signal.attachments.count()) == ("Overleiestraat 12", 1)
    assert signal.tasks.get().team.name == "Team Net Kortrijk Noord"


def team_net_has_it_untouched_by_any_coordinator(hassan: Person, bram: Person) -> None:
    hassan.opens(reverse("today")).says("Bezig bij je team", "Opruimen")
    signal = running()
    assert signal.tasks.get().accepted_by is None, "within one organisation a task is accepted at once"
    assert {event.by for event in signal.events.all()} == {signal.reports.get().registered_by, None}
    assert signal.reference not in bram.opens(reverse("inbox")).html, "routine passes nobody's inbox"


def the_third_caller_joins_in_one_act(amber: Person) -> None:
    desk = amber.opens(reverse("signals:intake"))
    told = {
        "Onderwerp": "Sluikstort", "Plaats": "Overleiestraat 14", "Naam": "Bea", "E-mailadres": "bea@voorbeeld.example",
    }  # fmt: skip
    seen: Page = amber.presses("Zoek de plaats", desk, told)
    seen.says("In de buurt loopt 1 signaal", "Sluikstort · Overleiestraat 12")
    joined = amber.presses("Voeg toe aan lopend signaal", seen)
    joined.says(f"Toegevoegd aan {running().reference}", "Team Net Kortrijk Noord")
    assert running().report_count == 2


def the_repetition_lifts_it_to_the_inbox_of_noord(bram: Person) -> None:
    inbox = bram.opens(reverse("inbox"))
    inbox.says("Sluikstort · Overleiestraat 12")
    signal = bram.opens(reverse("signals:signal", args=[running().reference]))
    signal.says("In het postvak omdat het hier telkens opnieuw gemeld wordt.", "3 keer gemeld in 30 dagen")


def bram_offers_supervision_to_the_ward_team(bram: Person) -> None:
    signal = bram.opens(reverse("signals:signal", args=[running().reference]))
    asked = {"Wat vraag je?": "Toezicht aan de glasbol", "Team": "Wijkwerking Noord"}
    bram.presses("Taak aanbieden", signal, asked).says("Wijkwerking Noord, aangeboden op")


def lies_accepts_by_the_link_on_her_phone(lies: Person, smtp_sink: Sink) -> None:
    today = lies.opens(reverse("today"))
    today.says("Toezicht aan de glasbol", "Sluikstort · Overleiestraat 12")
    (mail,) = smtp_sink.to(LIES)
    (link,) = re.findall(r"https?://[^/\s]+(/gevraagd/\S+)", mail.get_content().replace("=\n", ""))
    phone = Client()  # nobody is signed in there
    assert "Aanvaarden als Lies Vanneste" in phone.get(link).text
    phone.post(link)
    assert running().events.filter(kind=EventKind.ACCEPTED, by=lies.user).exists()


def lies_reports_what_she_did(lies: Person) -> None:
    today = lies.opens(reverse("today"))
    lies.presses("Afgerond", today, {"Wat is er gedaan?": "Drie avonden langsgegaan, twee mensen aangesproken."})


def the_caller_reads_how_it_ended(smtp_sink: Sink) -> None:
    (mail,) = smtp_sink.to("bea@voorbeeld.example", "Uw melding bij 1777")
    words = mail.get_content()
    assert "Sluikstort · Overleiestraat 14" in words  # as Bea said it
    assert "Opgeruimd en de glasbol nagezien." in words
    assert "aangesproken" not in words, "what the police did is not the caller's to read"
    assert {str(mail["To"]) for mail in smtp_sink.messages} == {"an@voorbeeld.example", "bea@voorbeeld.example", LIES}


def the_warden_sees_it_with_thanks(mo: Person) -> None:
    feedback = mo.opens(reverse("feedback"))
    feedback.says("Sluikstort · Overleiestraat 12", "Opgeruimd en de glasbol nagezien.", "Bedankt")
