from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area
from reservations.models import Building

WORKING_SET = "gebieden17"


class BuildingFilter(forms.Form):
    area = forms.ModelChoiceField(
        Area.objects.none(),
        label=gettext_lazy("Area"),
        required=False,
        to_field_name="code",
        empty_label=gettext_lazy("every area"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.current().in_set(WORKING_SET).defer("boundary")  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("every kind")), *Building.Kind.choices]  # type: ignore[attr-defined]


class BuildingForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """What somebody who keeps the house knows best; the rest is reference data."""

    class Meta:
        model = Building
        fields = ["address", "phone", "email", "access_notes", "step_free", "adapted_toilet", "hearing_loop"]
