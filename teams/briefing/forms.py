from django import forms
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.discreet import DiscreetForm


class NoteForm(DiscreetForm):
    """`key` comes with the form: sent twice it is one note."""

    discreet = ("text",)
    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("For who comes after you"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the next one must know. No names."),
        error_messages={"required": _("Write what the next one must know.")},
    )  # fmt: skip
    partners = forms.BooleanField(label=_("Also for the other organisations in this area"), required=False)
