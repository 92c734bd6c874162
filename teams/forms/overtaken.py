"""Two at one row: who comes second reads what the first one changed, keeps the own words, and puts them in its place
with one more press. As with signals (docs/decisions/016) and bulletins (062); why this way, in 058."""

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kortrijk_gebied.history import steps_of
from kortrijk_gebied.refusals import SaidOtherwise
from teams.forms.base import OnceForm

type Meanwhile = list[tuple[str, str]]


class OvertakenForm(OnceForm):
    """`stood` comes with the form: a mark for each field, as it was when somebody began to write. `meanwhile` then
    holds the fields that a colleague changed, with what stands there now."""

    stood = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meanwhile: Meanwhile = []
        if self.instance._state.adding:
            del self.fields["stood"]

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """When the form is drawn, for only then all its fields are known."""
        if field_name == "stood":
            return " ".join(f"{name}:{each}" for name, each in self._marks(self.instance).items())
        return super().get_initial_for_field(field, field_name)

    def hold(self) -> models.Model:
        """The row as it is by now, held until this is written."""
        held: models.Model = (
            type(self.instance)._default_manager.select_for_update(of=("self",)).get(pk=self.instance.pk)
        )
        return held

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "stood" in self.fields and not self.errors:
            self._look_who_was_first(data, self.hold())
        return data

    def _look_who_was_first(self, data: dict[str, Any], held: models.Model) -> None:
        """What stands there in these very words stops nobody: a form may come twice."""
        for column in held._meta.concrete_fields:  # what the form does not ask, is as it became
            if column.name not in self.fields:
                setattr(self.instance, column.attname, getattr(held, column.attname))
        seen = dict(each.split(":") for each in data.get("stood", "").split() if ":" in each)
        now, typed = self._marks(held), {name: _mark(data.get(name)) for name in self.fields}
        news = [name for name in now if name in seen and now[name] not in (seen[name], typed[name])]
        if not news:
            return
        self.meanwhile = [(str(self.fields[name].label or name), _words(held, name)) for name in news]
        self.add_error(None, _said(held))
        with_it = QueryDict(mutable=True)
        with_it.update(self.data)
        with_it[self.add_prefix("stood")] = " ".join(f"{name}:{each}" for name, each in now.items())
        for name in news:
            if typed[name] == seen[name]:  # untouched here: theirs stays, also after one more press
                with_it.setlist(self.add_prefix(name), self._as_sent(name, held))
        self.data = with_it

    def _marks(self, row: models.Model) -> dict[str, str]:
        kept = model_to_dict(row, fields=[name for name in self.fields if _has(row, name)])
        return {name: _mark(value) for name, value in kept.items()}

    def _as_sent(self, name: str, row: models.Model) -> list[str]:
        """What a browser would send, had it been filled in here."""
        field, value = self.fields[name], model_to_dict(row, fields=[name])[name]
        if isinstance(value, list):
            return [str(field.prepare_value(each)) for each in value]
        if isinstance(field, forms.ChoiceField) or value is None:
            return ["" if value is None else str(value)]
        return [str(field.widget.format_value(field.prepare_value(value)) or "")]


def repeats(form: OnceForm, made: models.Model) -> bool:
    """The form that made a row comes again, and says what stands there: all is well. Other words stay in the form,
    with a sentence that says where they belong."""
    if not form.is_valid():
        return False
    stands = model_to_dict(made, fields=[name for name in form.fields if _has(made, name) and _is_sent(form, name)])
    if any(_mark(value) != _mark(form.cleaned_data.get(name)) for name, value in stands.items()):
        form.add_error(None, str(SaidOtherwise()))
        return False
    return True


def _is_sent(form: OnceForm, name: str) -> bool:
    """Of what is not sent the row has its own default."""
    return not form.fields[name].widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name))


def _has(row: models.Model, name: str) -> bool:
    try:
        return bool(row._meta.get_field(name).editable)
    except FieldDoesNotExist:
        return False


def _mark(value: Any) -> str:
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:8]


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        return str(value.normalize())
    if not isinstance(value, str) and isinstance(value, Iterable):
        return "|".join(sorted(_plain(each) for each in value))
    return str(value).replace("\r\n", "\n")


def _words(row: models.Model, name: str) -> str:
    column: Any = row._meta.get_field(name)
    value = getattr(row, name)
    if column.many_to_many:
        said = ", ".join(str(each) for each in value.all())
    elif isinstance(column, ArrayField):
        known = dict(getattr(column.base_field, "flatchoices", ()))
        said = ", ".join(str(known.get(each, each)) for each in value)
    elif column.choices:
        said = str(dict(column.flatchoices).get(value, ""))
    elif isinstance(column, models.DateField) and value:
        said = date_format(value)
    else:
        said = str("" if value is None else value)
    return said or "–"


def _said(row: models.Model) -> str:
    last = next((step for step in steps_of([row]) if step.who), None)
    if last is None:
        who = _("A colleague changed this while you were writing.")
    else:
        at = localtime(last.at)
        who = _("%(who)s changed this on %(day)s at %(hour)s, while you were writing.") % {
            "who": last.who, "day": date_format(at, "j F"), "hour": time_format(at, "G.i"),
        }  # fmt: skip
    return f"{who} {_('Below stands how it is now. Save once more to put your words in its place.')}"
