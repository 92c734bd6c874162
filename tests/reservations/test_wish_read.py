"""A wish in one sentence: what is read in it, what is filled in and said, and what is not understood."""

import datetime as dt
from typing import Any

import pytest

from reservations.sentence.reading import Said, read
from tests.reservations.rooms import Rooms, at

pytestmark = pytest.mark.django_db
SUNDAY = at(dt.date(2026, 11, 22), "15:00")


def said(sentence: str) -> Said:
    return read(sentence, now=SUNDAY)


def test_reads_the_sentence_of_the_city(rooms: Rooms) -> None:
    found = said("30 mensen, tafels, dinsdagavond wekelijks, dicht bij Overleie, met keuken")
    assert found.fields == {
        "persons": 30, "layout": "tables", "features": ["kitchen"], "place": "Overleie", "frequency": "weekly",
        "day": "2026-11-24", "start": "19:30", "end": "22:00", "until": "2027-06-30",
        "skips_public_holidays": True, "skips_school_holidays": False,
    }  # fmt: skip
    assert found.unknown == []
    assert found.filled_in == [
        "Je zei niet elk uur: van 19.30 tot 22.00 uur ingevuld.",
        "Je zei niet tot wanneer: tot en met 30 juni 2027.",
    ]


@pytest.mark.parametrize(
    ("sentence", "fields"),
    [
        ("elke dinsdag van 20 tot 22.30 uur tot juni", {
            "day": "2026-11-24", "start": "20:00", "end": "22:30", "frequency": "weekly", "until": "2027-05-31"}),
        ("tot en met juni elke dinsdag", {"until": "2027-06-30"}),
        ("wekelijks op donderdag tot eind maart", {"day": "2026-11-26", "until": "2027-03-31"}),
        ("om de twee weken op woensdagnamiddag, 10 keer", {
            "interval": 2, "times": 10, "day": "2026-11-25", "start": "14:00", "end": "17:00"}),
        ("elke eerste dinsdag van de maand om 19u30", {
            "frequency": "monthly", "nth": 1, "start": "19:30", "end": "21:30", "day": "2026-11-24"}),
        ("dinsdag en donderdag wekelijks", {"weekdays": ["1", "3"], "day": "2026-11-24"}),
        ("zaterdagen in A-weken, niet in schoolvakanties", {
            "school_week": "a", "skips_school_holidays": True, "day": "2026-11-28"}),
        ("twaalf personen morgen om 9.30 uur, 3 uur lang", {
            "persons": 12, "day": "2026-11-23", "start": "09:30", "end": "12:30"}),
        ("20 à 25 man op 24 december van 19u tot 23u", {
            "persons": 25, "day": "2026-12-24", "start": "19:00", "end": "23:00"}),
        ("vanavond half acht", {"day": "2026-11-22", "start": "19:30", "end": "21:30"}),
        ("een dertigtal mensen, vanaf 1 maart elke vrijdagvoormiddag", {
            "persons": 30, "day": "2027-03-05", "start": "09:00", "end": "12:00"}),
        ("met beamer, zonder drempels en een toog", {"features": ["bar", "projector", "step_free"]}),
        ("in Marke, 200 man, stoelen in rijen", {"place": "Marke", "layout": "rows", "persons": 200}),
        ("40 mensen in OC Bissegem", {"place": "OC Bissegem", "persons": 40}),
        ("10 personen Bissegem", {"place": "Bissegem"}),
        ("15 mensen voor een soepavond met de buurt, maandag", {"title": "Soepavond met de buurt"}),
        ("op 5/1/2027 de hele dag", {"day": "2027-01-05", "start": "09:00", "end": "17:00"}),
    ],
)  # fmt: skip
def test_reads(rooms: Rooms, sentence: str, fields: dict[str, Any]) -> None:
    found = said(sentence)
    assert {name: found.fields.get(name) for name in fields} == fields
    assert found.unknown == []


@pytest.mark.parametrize(
    ("sentence", "unknown"),
    [
        ("30 mensen met een springkasteel", ["springkasteel"]),
        ("dicht bij Nergenshuizen, morgen", ["nergenshuizen"]),
        ("zonder keuken, morgen", ["zonder keuken"]),
        ("blabla, morgen, 31 februari", ["31 februari", "blabla"]),
        ("", []),
    ],
)
def test_names_what_it_does_not_understand(rooms: Rooms, sentence: str, unknown: list[str]) -> None:
    assert said(sentence).unknown == unknown


def test_once_is_once(rooms: Rooms) -> None:
    assert "frequency" not in said("30 mensen dinsdag om 20 uur").fields


def test_says_what_it_filled_in(rooms: Rooms) -> None:
    assert len(said("iets met keuken").filled_in) == 3  # how many, which hours, which day


def test_asks_the_database_three_things(rooms: Rooms, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(6):  # for a name behind "bij", and for one alone
        said("30 mensen bij de grote ronde tafel naast Nergens in Niets, ergens, wie weet waar")
