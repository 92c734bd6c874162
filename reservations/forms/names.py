"""What a field is called in an address: people see and share it, so Dutch."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

NAMES = {
    "room": "zaal", "day": "dag", "start": "van", "end": "tot", "last_day": "totdag", "later": "uur",
    "persons": "personen", "layout": "opstelling", "features": "nodig", "near": "bij", "place": "plek",
    "title": "waarvoor", "holder": "voor", "is_shared": "gedeeld", "note": "nota", "frequency": "herhaal",
    "interval": "omde", "weekdays": "dagen", "nth": "hoeveelste", "school_week": "schoolweek",
    "skips_public_holidays": "feestdagen", "skips_school_holidays": "schoolvakanties", "until": "laatste",
    "times": "keren", "answer": "antwoord", "reason": "reden", "quantity": "aantal", "condition": "staat",
}  # fmt: skip


class NamedForm(forms.Form):
    """Its fields are sent by their Dutch names."""

    def add_prefix(self, field_name: str) -> str:
        return super().add_prefix(NAMES.get(field_name, field_name))


def date_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def time_input() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def chosen(data: Any) -> dict[str, Any]:
    """What an address fills in, by the names of the fields."""
    many = {"features", "weekdays"}
    return {
        name: [one for one in data.getlist(said) if one] if name in many else data.get(said, "")
        for name, said in NAMES.items()
        if said in data
    }  # fmt: skip


def as_sent(form: forms.Form, names: Iterable[str]) -> QueryDict:
    """These fields of a form as it is shown, the way a browser would send them."""
    data = QueryDict(mutable=True)
    for name in names:
        value = form[name].value()
        many = value if isinstance(value, list) else ["on"] if value is True else [str(value)] if value else []
        data.setlist(form.add_prefix(name), [str(each) for each in many])
    return data


def address_of(fields: Mapping[str, Any]) -> str:
    """The fields of a form, by their names in code, for the address that fills it in."""
    said = {NAMES[name]: "on" if value is True else value or "" for name, value in fields.items() if value != []}
    return urlencode(said, doseq=True)
