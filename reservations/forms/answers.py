"""What a keeper answers, and what somebody says who cancels."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from reservations.forms.names import NamedForm
from reservations.forms.wish import WishForm

# What keepers say most, whole sentences that somebody reads in a mail.
REASONS = [
    _("The room is needed for an activity of the house itself."),
    _("Somebody else asked for this moment first."),
    _("This activity does not suit the room: too loud, or too much mess for who comes after."),
    _("We have nobody to open and close the house then."),
    _("We miss something: call us, and we look at it again."),
]


class RefusalForm(NamedForm):
    reason = forms.ChoiceField(label=_("Why not"), required=False)
    answer = forms.CharField(
        label=_("In your own words"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever asked reads this."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _g("choose, or write below")), *((str(each), str(each)) for each in REASONS)]
        cast(Any, self.fields["reason"]).choices = choices

    def said(self) -> str:
        data = self.cleaned_data if self.is_valid() else {}
        return " ".join(part for part in (data.get("reason", ""), data.get("answer", "").strip()) if part)


class CancellationForm(NamedForm):
    answer = forms.CharField(
        label=_("Why?"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever it touches reads this."),
    )  # fmt: skip

    def said(self) -> str:
        return str(self.cleaned_data["answer"]) if self.is_valid() else ""


class MoveForm(WishForm):
    """Another room or another moment. How many people there are is changed on another page."""

    room = forms.CharField(required=False, widget=forms.HiddenInput)
