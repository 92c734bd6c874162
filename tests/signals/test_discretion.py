"""What should not stand in a text that others will read, is seen before it is saved."""

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from kortrijk_gebied.discreet import DiscreetForm
from kortrijk_gebied.discretion import Kind, findings_in, kinds_in

BETRAYS = {
    "Zijn nummer is 85.07.30-033.28.": (Kind.REGISTER_NUMBER, "85.07.30-033.28"),
    "rijksregister 85073003328": (Kind.REGISTER_NUMBER, "85073003328"),
    "Bel hem op 0470 12 34 56": (Kind.PHONE, "0470 12 34 56"),
    "of op 056/27.80.00 overdag": (Kind.PHONE, "056/27.80.00"),
    "of vanuit Rijsel op +33 3 20 15 85 20": (Kind.PHONE, "+33 3 20 15 85 20"),
    "Schrijf naar an.peeters@voorbeeld.be.": (Kind.MAIL, "an.peeters@voorbeeld.be"),
    "De wagen 1-ABC-234 staat er weer": (Kind.PLATE, "1-ABC-234"),
    "een oude nummerplaat: ABC-123": (Kind.PLATE, "ABC-123"),
    "een Franse: AB-123-CD": (Kind.PLATE, "AB-123-CD"),
    "Mevrouw Desmet is dement en dwaalt": (Kind.HEALTH, "Mevrouw Desmet"),
    "Jan Vandamme heeft een depressie": (Kind.HEALTH, "Jan Vandamme"),
    "Jan Peeters is ziek.": (Kind.HEALTH, "Jan Peeters"),
    "Mieke Vande Walle ligt in het ziekenhuis": (Kind.HEALTH, "Mieke Vande Walle"),
    "Mevrouw Janssens heeft schulden": (Kind.TROUBLE, "Mevrouw Janssens"),
    "Meneer Peeters drinkt": (Kind.TROUBLE, "Meneer Peeters"),
    "Dhr. Peeters drinkt": (Kind.TROUBLE, "Dhr. Peeters"),
    "Bij mevr. De Smet is er huurachterstand": (Kind.TROUBLE, "mevr. De Smet"),
    "Fam. Claeys is dakloos sinds maandag": (Kind.TROUBLE, "Fam. Claeys"),
    "Mevrouw Janssens komt elke dag langs. Ze heeft schulden.": (Kind.TROUBLE, "Mevrouw Janssens"),
    "Wie in de Overleiestraat 12 woont, heeft schulden": (Kind.ADDRESS, "Overleiestraat 12"),
    "Grote Markt 54b: de bewoner drinkt": (Kind.ADDRESS, "Markt 54b"),
    "In de Veemarkt nr. 3 woont iemand met dementie": (Kind.ADDRESS, "Veemarkt nr. 3"),
    "De man van nummer 12 is verslaafd": (Kind.ADDRESS, "van nummer 12"),
    "Jan Janssens is agressief aan het loket": (Kind.TROUBLE, "Jan Janssens"),
}
BETRAYS_NOBODY = [
    "Overleiestraat 8 bus 12, 8500 Kortrijk",
    "Container 12 345 678 is stuk sinds 12/11/2026 om 14.30 uur",
    "dossier 2026-000123456",
    "een getal dat er een lijkt: 85.07.30-033.29",
    "Bij de Grote Markt ligt een spuit van verslaafden",
    "Aan de Sint Maartenskerk, vlak bij het ziekenhuis",
    "Er ligt een zetel. Jan Peeters belde daarover.",
    "Dronken jongeren aan de Leie, en schulden in de wijk",
    "We komen samen in het dienstencentrum, Doorniksestraat 12.",
    "Doorniksestraat 12 staat leeg. In de wijk zijn er veel schulden.",
    "De tuin van Overleiestraat 12 is verwaarloosd",
    "Zitdag schuldbemiddeling, Budastraat 27, elke dinsdag",
    "Parkeerplaats voor personen met een handicap, Doorniksestraat 12",
    "Het ziekenhuis, President Kennedylaan 4",
    "Mevrouw Janssens vraagt een bank in de Overleiestraat. Op het plein zitten dronken jongeren.",
    "Dhr. Peeters woont in de Overleiestraat 12",
    "Overleiestraat: 12 mensen met schulden",
    "Jan Peeters vraagt een schuldeloze oplossing voor agressieve duiven",
    "Bel 1777, of 112 als het dringend is",
    "",
]


class TestFindings:
    @pytest.mark.parametrize("text", BETRAYS)
    def test_names_what_betrays_somebody(self, text: str) -> None:
        assert [(found.kind, text[found.start : found.end]) for found in findings_in(text)] == [BETRAYS[text]]

    @pytest.mark.parametrize("text", BETRAYS_NOBODY)
    def test_leaves_alone_what_betrays_nobody(self, text: str) -> None:
        assert findings_in(text) == []

    def test_names_both_who_and_where(self) -> None:
        text = "Mevrouw Janssens, Overleiestraat 12, heeft schulden"
        assert [found.kind for found in findings_in(text)] == [Kind.TROUBLE, Kind.ADDRESS]

    def test_names_each_kind_once_over_all_texts(self) -> None:
        assert kinds_in(["1-ABC-234 en 1-ABC-235", "bel 0470 12 34 56"]) == [Kind.PHONE, Kind.PLATE]

    @given(st.text(max_size=300))
    def test_lie_within_the_text_whatever_it_is(self, text: str) -> None:
        assert all(0 <= found.start < found.end <= len(text) for found in findings_in(text))


class NoteLike(DiscreetForm):
    discreet = ("text",)
    text = forms.CharField()


class TestForm:
    def test_warns_once_and_keeps_what_was_typed(self) -> None:
        form = NoteLike({"text": "Bel 0470 12 34 56"})
        assert not form.is_valid()
        assert form.non_field_errors() == [
            "Hier staat een telefoonnummer, en anderen lezen mee. "
            "Haal het weg, of druk nog eens op de knop als het er moet staan."
        ]
        assert form["text"].value() == "Bel 0470 12 34 56"

    def test_passes_when_it_is_sent_again(self) -> None:
        first = NoteLike({"text": "Bel 0470 12 34 56"})
        first.is_valid()
        assert NoteLike({"text": "Bel 0470 12 34 56", "weighed": first["weighed"].value()}).is_valid()

    def test_warns_again_of_something_else(self) -> None:
        assert not NoteLike({"text": "Bel 0470 12 34 56, plaat 1-ABC-234", "weighed": "phone"}).is_valid()

    def test_says_nothing_of_a_text_that_betrays_nobody(self) -> None:
        assert NoteLike({"text": "Een zetel naast de glascontainer."}).is_valid()
