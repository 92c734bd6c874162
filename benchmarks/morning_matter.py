"""Sixty signals as a coordinator of the north finds them on a Monday morning, all invented; for `benchmarks.morning`.

A line: what has to be done, subject, place, what was told, and what is typed in answer, part by part.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from signals.handing import hand_over
from signals.intake import Contact, register
from signals.models import Category, Signal
from teams.models import Team, User

WEST, SOUTH = 3.2560, 50.8315  # of Overleie and Pius X
STEP = 0.0012  # degrees; some 100 metres, so that only what is meant to lie together does
ACROSS = 8

DIVIDE = (
    ("Onveilige situatie", "Overleiestraat 8", "Het hek van de werf staat los en waait open op het fietspad.", "Openb"),
    ("Groenbeheer", "Proosdijstraat 14", "Takken hangen zo laag dat bussen de stoep op moeten.", "Groen"),
    ("Woonkwaliteit", "Budastraat 3", "Schimmel in de kinderkamer, de huisbaas antwoordt al maanden niet.", "Wonen"),
    ("Verkeersoverlast", "Meensestraat 60", "Vrachtwagens snijden elke ochtend af langs de school.", "Preventie"),
    ("Losse tegels of voetpad", "Sint-Amandslaan 21", "Drie tegels los, iemand viel er gisteren.", "Openb"),
    ("Vraag of suggestie", "Overleiestraat 40", "Kan er een bank komen bij de halte? Wachten duurt lang.", "Openb"),
    ("Leegstand en verloedering", "Gasstraat 5", "De deur is opengebroken en er wordt in geslapen.", "Wonen"),
    ("Fietswrak", "Stasegemsestraat 2", "Vier wrakken aan de stalling, eentje hangt half op de weg.", "Openb"),
    ("Drugsmateriaal gevonden", "Speelplein Pius X", "Spuiten onder de glijbaan, een moeder raapte ze op.", "Prev"),
    ("Put in de weg", "Veemarkt 11", "Een put van een hand diep net voor het zebrapad.", "Openb"),
    ("Verstopt rioolputje", "Overleiestraat 77", "Bij regen staat het water tot aan de voordeuren.", "Openb"),
    ("Groenbeheer", "Noordstraat 19", "De haag aan de hoek neemt alle zicht weg voor fietsers.", "Groen"),
    ("Onveilige situatie", "Damkaai 4", "De leuning van de trap naar het water is afgebroken.", "Openb"),
    ("Signalisatie", "Pieter Deconinckstraat 9", "Het bord van de schoolstraat is weg sinds het feest.", "Openb"),
)
WAIT = (
    (
        "Put in de weg",
        "Zwevegemsestraat 6",
        "De put werd gevuld maar is opnieuw uitgereden.",
        "aannemer komt donderdag",
    ),
    ("Straatverlichting", "Overleiestraat 31", "Vijf lampen op rij doven om tien uur.", "Fluvius wacht op een kabel"),
    ("Groenbeheer", "Stadspark", "Een dikke tak hangt los boven de bank.", "hoogtewerker op woensdag"),
    ("Losse tegels of voetpad", "Kapucijnenstraat 2", "Het voetpad zakt aan de regenput.", "na de nutswerken"),
    ("Graffiti en wildplak", "Broeltorens", "Letters van twee meter op de kademuur.", "erfgoed geeft advies"),
    ("Achtergelaten voertuig", "Gasstraat 30", "Een bestelwagen zonder platen, drie weken al.", "takelen op vrijdag"),
)
STANDARD = tuple(
    ("Onveilige situatie", f"{street} {number}", text, "")
    for (street, text), number in zip(
        (
            ("Groeningestraat", "Een paal steekt uit de grond op kniehoogte."),
            ("Sint-Denijsestraat", "De nadar van de kermis ligt nog op het fietspad."),
            ("Minister Liebaertlaan", "Glas van een bushokje over het hele voetpad."),
            ("Overleiestraat", "Een deksel van de riolering klappert bij elke auto."),
            ("Roterijstraat", "De werfverlichting is uit, de put is niet te zien."),
            ("Koning Albertstraat", "Een tak ligt over de halve rijbaan."),
            ("Burgemeester Reynaertstraat", "De vluchtheuvel is stuk gereden, ijzer steekt uit."),
            ("Nijverheidskaai", "Het rooster aan de kade ontbreekt."),
        ),
        (12, 5, 44, 61, 8, 15, 27, 2), strict=True,
    )
)  # fmt: skip
WORDS = (
    ("Verkeersoverlast", "Schoolpad", "Ouders parkeren op het zebrapad.",
     "De wijkagent stond er drie ochtenden; het is beter nu."),
    ("Woonkwaliteit", "Vaartstraat 18", "Geen warm water sinds een week.",
     "De eigenaar liet de ketel vervangen, de bewoner bevestigt het."),
    ("Drugsmateriaal gevonden", "Plein", "Zakjes in de struiken.",
     "Opgeruimd, en de struiken worden deze week gesnoeid."),
    ("Leegstand en verloedering", "Veldstraat 7", "Ramen stuk op straat.",
     "De ramen zijn dichtgezet en het glas is weg."),
)  # fmt: skip
ACCEPT = tuple(
    ("Geluidshinder", place, text, "")
    for place, text in (
        ("Budastraat 30", "Elke donderdag muziek tot vier uur, de ramen trillen."),
        ("Overleiestraat 90", "Jongeren op het plein met een luidspreker tot na middernacht."),
        ("Damkaai 12", "Het terras sluit niet om één uur zoals afgesproken."),
        ("Kapelstraat 4", "Een hond blaft de hele dag, de baas is weg."),
        ("Gasstraat 14", "Een garage slijpt op zondag."),
    )
)
TAKE_OVER = (
    ("Geluidshinder", "Rekollettenstraat 3", "De koelmotor van de winkel bromt dag en nacht."),
    ("Geluidshinder", "Overleiestraat 55", "Een lichtreclame zoemt vlak naast het slaapkamerraam."),
)
SHARE = (
    ("Onveilige situatie", "Parking Noord", "Er wordt elke avond gedeald tussen de auto’s.", "Wijkwerking Noord",
     "Op deze parking wordt elke avond gedeald.", "toezicht", "Prev"),
    ("Leegstand en verloedering", "Oude weverij", "Er slapen mensen, ook een kind.", "Sociale",
     "In dit leegstaande pand slapen mensen, ook een kind.", "huisbezoek", "Wonen"),
    ("Verkeersoverlast", "Schoolstraat 2", "Dezelfde wagen rijdt er dagelijks veel te hard.", "Wijkwerking Noord",
     "Elke schooldag rijdt dezelfde wagen hier te hard.", "controle", "Prev"),
)  # fmt: skip
HAND_OVER = (
    ("Verkeersoverlast", "Tuinstraat 2", "Motoren racen ’s nachts.", "Wijkwerking Noord", "Dit vraagt handhaving."),
    ("Onveilige situatie", "Kanaalstraat", "Iemand bedreigt voorbijgangers met een hond.", "Wijkwerking Noord",
     "Gevaar voor wie passeert: dit is voor jullie."),
    ("Verkeersoverlast", "Stationsplein", "Taxi’s staan dubbel en er wordt gevochten.", "Wijkwerking Noord",
     "Het blijft niet bij parkeren."),
)  # fmt: skip
JOIN = (
    ("Onveilige situatie", "Aan de brug", "De leuning van de brug is los.", ""),
    ("Onveilige situatie", "Kerkplein", "Er ligt een elektriciteitskast open.", ""),
    ("Onveilige situatie", "Hoek Veemarkt", "Het verkeerslicht hangt scheef.", ""),
)
AGAIN = tuple(
    ("Volle vuilnisbak", f"Leieboorden, bak {number}", "Overvol sinds vrijdag, het ligt er rond.", "Team Net")
    for number in range(1, 7)
)
STORM = tuple(
    ("Onveilige situatie", f"Stormlaan {number}", "Takken op de weg na de storm van zaterdag.",
     "Na de storm opgeruimd op zondag.")
    for number in range(3, 15, 2)
)  # fmt: skip
# What people add; each of them some ten words.
MORE = (
    "Ik belde hier vorige maand ook al over, toen kwam er niemand.",
    "Wie hier met een kinderwagen passeert, moet de straat op.",
    "Kunt u laten weten wanneer dit wordt aangepakt, liefst per mail?",
    "De buren vragen het ook, we zijn met zijn vijven.",
)  # fmt: skip
LATE = {"wait", "again"}
ALL = {
    "accept": ACCEPT, "take over": TAKE_OVER, "again": AGAIN, "wait": WAIT, "divide": DIVIDE, "share": SHARE,
    "hand over": HAND_OVER, "join": JOIN, "finish": STANDARD, "finish in words": WORDS, "storm": STORM,
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    signal: Signal
    act: str
    words: int  # that somebody reads of it: title and telling
    answers: tuple[str, ...]


def lay_out(people: dict[str, User]) -> dict[str, Item]:
    """The sixty of them, by reference, in the order in which the list shows them."""
    made: dict[str, Item] = {}
    now = timezone.now()
    lines = [(act, line) for act, lines in ALL.items() for line in lines]
    for number, (act, line) in enumerate(lines):
        subject, place, short, *answers = line
        told = f"{short} {MORE[number % len(MORE)]}"
        signal = _register(people["agent"], subject, place, told, number)
        BRINGING[act if act in BRINGING else "resolved"](signal, people)
        due = now + dt.timedelta(hours=number - 200 if act in LATE else number + 24)
        Signal.objects.filter(pk=signal.pk).update(due_at=due)
        signal.tasks.update(due_at=due)
        signal.refresh_from_db()
        made[signal.reference] = Item(signal, act, len(f"{signal.title} {told}".split()), tuple(answers))
    return made


def _register(by: User, subject: str, place: str, told: str, number: int) -> Signal:
    contact = Contact(
        category=Category.objects.get(name=subject), description=told, place=place, registered_by=by,
        longitude=WEST + STEP * (number % ACROSS), latitude=SOUTH + STEP * (number // ACROSS) / 2,
        name="Rosa Vercruysse", email=f"melder{number}@voorbeeld.example",
    )  # fmt: skip
    return register(contact).signal


def _come_back(signal: Signal, people: dict[str, User]) -> None:
    for task in signal.tasks.live():
        task.give_back(by=people["uitvoerder"], reason="Dit is niet voor ons.")


def _stay(signal: Signal, people: dict[str, User]) -> None:
    """Late as it is: its service has not done it."""


def _be_done(signal: Signal, people: dict[str, User]) -> None:
    for task in signal.tasks.live():
        task.complete(by=people["uitvoerder"], outcome="Gedaan.")


def _be_asked(signal: Signal, people: dict[str, User]) -> None:
    ours = Team.objects.get(code="coordinatie-noord-centrum")
    signal.offer(by=people["coordinator.politie"], team=ours, title="Uitbater aanspreken")


def _be_handed(signal: Signal, people: dict[str, User]) -> None:
    ours = Team.objects.get(code="coordinatie-noord-centrum")
    hand_over(signal=signal, by=people["coordinator.politie"], team=ours, text="Dit is een installatie: voor de stad.")


def _be_twice(signal: Signal, people: dict[str, User]) -> None:
    """The same matter runs already, a few steps further."""
    known = register(
        Contact(
            category=signal.category, description=signal.description, place="ernaast", registered_by=people["agent"],
            longitude=signal.longitude, latitude=signal.latitude,
        )
    ).signal  # fmt: skip
    Signal.objects.filter(pk=known.pk).update(due_at=timezone.now() + dt.timedelta(days=9))
    _come_back(signal, people)


BRINGING = {
    "divide": _come_back, "share": _come_back, "hand over": _come_back, "wait": _stay, "again": _stay,
    "accept": _be_asked, "take over": _be_handed, "join": _be_twice, "resolved": _be_done,
}  # fmt: skip


def groups(items: dict[str, Item]) -> Iterator[list[str]]:
    """References that are done together: those of one act that is done for many at once, or each by itself."""
    together: dict[str, list[str]] = {}
    for reference, item in items.items():
        together.setdefault(item.act if item.act in ("again", "storm") else reference, []).append(reference)
    yield from together.values()
