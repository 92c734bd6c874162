"""What somebody fills in once for many signals."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from signals.forms.steering import ClosureForm, DayInput, TeamForm, closing_time_of
from signals.models import Act, Bulk
from signals.models.tags import LONGEST, Tag, normalised
from teams.access import Access, teams_that_work


class BulkOfferForm(TeamForm):
    field_order = ("team", "title", "due_on")

    title = forms.CharField(
        label=_("What is asked"), max_length=200, required=False,
        help_text=_("Left empty, each signal asks what belongs to its subject."),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("Due by"), required=False, widget=DayInput, help_text=_("Left empty, each keeps its own term.")
    )

    def details(self) -> dict[str, Any]:
        due_on = self.cleaned_data["due_on"]
        return {
            "team": self.cleaned_data["team"].pk,
            "team_name": str(self.cleaned_data["team"]),
            "title": self.cleaned_data["title"],
            "due_at": closing_time_of(due_on, self.cleaned_data["team"]).isoformat() if due_on else None,
        }


class BulkClosureForm(ClosureForm):
    """One sentence for all of them, so of its own: a standard text belongs to one subject."""

    def details(self) -> dict[str, Any]:
        return {"outcome": self.cleaned_data["outcome"]}


class TagInput(forms.TextInput):
    """A word, with those that are in use to choose from."""

    known: list[str] = []

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        key = f"{(attrs or {}).get('id', name)}_known"
        attrs = {**(attrs or {}), "list": key, "autocomplete": "off", "autocapitalize": "none"}
        options = format_html_join("", '<option value="{}"></option>', ((word,) for word in self.known))
        field = super().render(name, value, attrs, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', field, key, options)


class TagForm(forms.Form):
    name = forms.CharField(
        label=_("Tag"), max_length=LONGEST, widget=TagInput, help_text=_("A word or two, such as “hotspot station”."),
        error_messages={"required": _("An empty tag says nothing.")},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, viewer: Access, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        widget = self.fields["name"].widget
        assert isinstance(widget, TagInput)  # noqa: S101  for the type checker
        widget.known = [tag.name for tag in Tag.objects.to_choose_from(viewer)]

    def clean_name(self) -> str:
        name = normalised(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("An empty tag says nothing."))
        return name

    def details(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"]}


type BulkForm = BulkOfferForm | BulkClosureForm | TagForm


def form_for(bulk: Bulk, viewer: Access, data: Any = None) -> BulkForm:
    if bulk.act == Act.OFFER:
        return BulkOfferForm(data, teams=teams_that_work().select_related("organisation"), auto_id="bulk_%s")
    if bulk.act == Act.CLOSE:
        return BulkClosureForm(data, auto_id="bulk_%s")
    return TagForm(data, viewer=viewer, auto_id="bulk_%s")
