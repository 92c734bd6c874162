from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.forms.base import date_input


class ReadLogFilter(forms.Form):
    person = forms.CharField(label=gettext_lazy("Who read"), required=False, max_length=100)
    reference = forms.CharField(label=gettext_lazy("Number of the signal"), required=False, max_length=40)
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=date_input())
    until = forms.DateField(label=gettext_lazy("Up to and including"), required=False, widget=date_input())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The end lies before the start."))
        return cleaned
