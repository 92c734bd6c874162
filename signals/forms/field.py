from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from signals.forms.files import PICTURES, FilesField, Given, ManyFiles
from signals.forms.place import PlaceForm
from signals.intake import Contact
from signals.models import Category, Channel, ReportKind
from teams.models import User


class FieldForm(PlaceForm):
    """What a warden notes on the street: a tile, a place, photos, a few words."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    category = forms.ModelChoiceField(
        Category.objects.choosable().filter(on_tablet=True), label=_("What do you see?"), empty_label=None,
        error_messages={"required": _("Choose what you see.")},
    )  # fmt: skip
    photos = FilesField(
        label=_("Photos"), required=False,
        widget=ManyFiles(attrs={"accept": PICTURES, "capture": "environment"}),
    )  # fmt: skip
    description = forms.CharField(
        label=_("What must one know?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    phone = forms.CharField(label=_("Phone number of who asks"), max_length=30, required=False)
    consent = forms.BooleanField(label=_("This person agrees that the Sociaal Huis calls"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].label = _g("Or type the place")
        self.tiles = list(Category.objects.choosable().filter(on_tablet=True))

    @property
    def chosen(self) -> str:
        """The id of the chosen tile, as it came or as it was asked for."""
        return str(self["category"].value() or "")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        category: Category | None = data.get("category")
        if category and category.about_persons:
            self._clean_help(data)
        if not (self.where.text or self.where.point or data.get("area") or "place" in self.errors):
            self.add_error("place", _g("Where is it? Type a street, or let the tablet find the place."))
        return data

    def _clean_help(self, data: dict[str, Any]) -> None:
        """Of who asks for help we take a number and a yes, and nothing else: no words, no picture."""
        if not data.get("consent"):
            self.add_error("consent", _g("Ask first whether the Sociaal Huis may call."))
        if not data.get("phone"):
            self.add_error("phone", _g("On which number may the Sociaal Huis call?"))
        if self.given.ready:
            self.add_error("photos", _g("No photos when somebody asks for help. Take them away and save again."))
        data["description"] = ""

    @property
    def given(self) -> Given:
        return self.cleaned_data.get("photos") or Given()

    def contact(self, *, by: User) -> Contact:
        data, where = self.cleaned_data, self.where
        category: Category = data["category"]
        longitude, latitude = where.point or (None, None)
        about_a_person = category.about_persons
        return Contact(
            id=data["id"], category=category, channel=Channel.WARDEN, registered_by=by,
            description=data["description"] or (_g("Asks to be called.") if about_a_person else category.name),
            kind=ReportKind.HELP_REQUEST if about_a_person else ReportKind.REPORT,
            place=where.text, longitude=longitude, latitude=latitude, location=where.location, area=data["area"],
            phone=data["phone"] if about_a_person else "", wants_answer=about_a_person,
        )  # fmt: skip
