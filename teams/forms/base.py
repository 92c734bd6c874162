from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _


class OnceForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A form whose save may be beaten by another one: the constraint then speaks through the form."""

    def fix(self, name: str, value: Any) -> None:
        """Decide a field beforehand. It stays in the form, so that constraints over it are checked."""
        field = self.fields[name]
        field.disabled, field.required, field.widget = True, False, forms.HiddenInput()
        self.initial[name] = value

    def choice(self, name: str) -> "forms.ModelChoiceField[Any]":
        return cast("forms.ModelChoiceField[Any]", self.fields[name])

    def saved(self, write: Callable[[], object] | None = None) -> bool:
        """Save the form, or do `write` instead, when all is right; False when something is not. What a rule holds
        while it looks stays held until it is written."""
        try:
            with transaction.atomic():
                if not self.is_valid():
                    return False
                (write or self.save)()
        except IntegrityError:
            self.add_error(None, _("This was just changed by somebody else. Look again and repeat it if needed."))
            return False
        return True


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
