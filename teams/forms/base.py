import datetime as dt
import logging
from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import CheckViolation

from kortrijk_gebied.refusals import Refused
from teams.inventory.due import must_be_ahead

logger = logging.getLogger(__name__)


class OnceForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A form whose save may be beaten by another one: the constraint then speaks through the form."""

    def fix(self, name: str, value: Any) -> None:
        """Decide a field beforehand. It stays in the form, so that constraints over it are checked."""
        field = self.fields[name]
        field.disabled, field.required, field.widget = True, False, forms.HiddenInput()
        self.initial[name] = value

    def choice(self, name: str) -> "forms.ModelChoiceField[Any]":
        return cast("forms.ModelChoiceField[Any]", self.fields[name])

    @property
    def columns(self) -> list[str]:
        """What it asks that stands in the row itself."""
        asked = [name for name in self._meta.fields or () if name in self.fields]
        return [name for name in asked if not self._meta.model._meta.get_field(name).many_to_many]

    def saved(self, write: Callable[[], object] | None = None) -> bool:
        """Save the form, or do `write` instead, when all is right; False when something is not. What a rule holds
        while it looks stays held until it is written."""
        try:
            with transaction.atomic():
                if not self.is_valid():
                    return False
                (write or self.save)()
        except IntegrityError as problem:
            self.add_error(None, self._said(problem))
            return False
        return True

    def _said(self, problem: IntegrityError) -> str:
        """Only what is to be alone of its kind can have been beaten by another one. A row that may not be as it is
        was so when it was typed, and sent again it is refused again."""
        if not isinstance(problem.__cause__, CheckViolation):
            return _("This was just changed by somebody else. Look again and repeat it if needed.")
        name = problem.__cause__.diag.constraint_name
        known = {each.name: each for each in self._meta.model._meta.constraints}
        if name in known and known[name].violation_error_message != known[name].default_violation_error_message:
            return str(known[name].violation_error_message)
        logger.error("%s lets through what %s refuses", type(self).__name__, name)
        return _("This cannot be kept like this. Look at the days and the choices: they do not go together.")


def due(day: dt.date | None) -> dt.date | None:
    """A day by which something is promised, with what is wrong with it said at its field."""
    try:
        if day:
            must_be_ahead(day)
    except Refused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
    return day


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
