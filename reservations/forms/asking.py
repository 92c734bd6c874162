"""What a contact of an association fills in, without a password."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reservations.forms.names import NamedForm
from reservations.forms.wish import WishForm
from reservations.models import Booking, Room


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Your mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Type your mail address."), "invalid": _("Type a whole mail address.")},
    )  # fmt: skip


class AskForm(WishForm, NamedForm):
    title = forms.CharField(
        label=_("What is it for?"), max_length=120, required=False,
        help_text=_("Only the keeper of the building reads this."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Something the keeper must know"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    room = forms.CharField(required=False, widget=forms.HiddenInput)
    one_of = ("near", "layout", "last_day")

    def booking(self, room: Room, **fields: Any) -> Booking:
        data = self.cleaned_data
        return Booking(room=room, starts=data["starts"], ends=data["ends"], **self.use(), **fields)

    def use(self) -> dict[str, Any]:
        """What for, of one evening and of a series."""
        data = self.cleaned_data
        said = {name: data[name] for name in ("persons", "layout", "features", "note")}
        return {"title": data["title"] or str(_("Use by an association")), **said}
