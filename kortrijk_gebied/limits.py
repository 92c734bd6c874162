"""The largest number that makes sense, said in words: the largest that a database holds says nothing to anybody."""

from django import forms
from django.core.validators import MaxValueValidator

TERM_DAYS = 260  # working days: a year


def at_most(field: forms.Field, most: int, said: str) -> None:
    field.validators.append(MaxValueValidator(most, said))
    field.widget.attrs["max"] = most
