from django import forms
from django.utils.translation import gettext_lazy as _

from signals.models.status_links import Satisfaction


class NotResolvedForm(forms.Form):
    why = forms.CharField(
        label=_("What is still wrong?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Name nobody here: the service that did the work reads along."),
    )  # fmt: skip


class SatisfactionForm(forms.Form):
    score = forms.TypedChoiceField(
        choices=Satisfaction, coerce=int, error_messages={"required": _("Choose how satisfied you are.")}
    )
    comment = forms.CharField(
        label=_("What could be better?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
