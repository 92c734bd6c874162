"""A folding wall comes or goes: a space is split in parts, or parts become one."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from reservations.models import Building, Space

MOST_PARTS = 8


class SplitForm(forms.Form):
    space = forms.ModelChoiceField(Space.objects.none(), label=_("Which space"), empty_label=_("choose a space"))
    into = forms.CharField(
        label=_("The parts"),
        max_length=800,
        help_text=_("One on each line, for instance Half A and Half B."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, building: Building, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "split_%s", **kwargs})
        self.fields["space"].queryset = building.spaces.all()  # type: ignore[attr-defined]

    def clean_into(self) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data["into"].splitlines() if line.strip()]
        if not 2 <= len(names) <= MOST_PARTS:
            raise forms.ValidationError(_g("Name from two to %(most)s parts.") % {"most": MOST_PARTS})
        if any(len(name) > 80 for name in names):
            raise forms.ValidationError(_g("A name has at most 80 characters."))
        if len({name.lower() for name in names}) < len(names):
            raise forms.ValidationError(_g("Give each part a name of its own."))
        return names


class JoinForm(forms.Form):
    spaces = forms.ModelMultipleChoiceField(
        Space.objects.none(), label=_("Which spaces"), widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(label=_("Name of the whole"), max_length=80)

    def __init__(self, *args: Any, building: Building, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "join_%s", **kwargs})
        self.fields["spaces"].queryset = building.spaces.all()  # type: ignore[attr-defined]

    def clean_spaces(self) -> Any:
        found = self.cleaned_data["spaces"]
        if len(found) < 2:
            raise forms.ValidationError(_g("Tick at least two spaces."))
        return found
