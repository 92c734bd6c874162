"""The register of associations and the people of it, as the city keeps them."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.refusals import Refused
from reservations.forms.buildings import WORKING_SET
from reservations.models import Association, AssociationKind, Contact
from reservations.register.numbers import read_number
from reservations.register.renewing import longest_from
from teams.forms.base import OnceForm, date_input


def areas() -> Any:
    return Area.objects.current().in_set(WORKING_SET).defer("boundary").order_by("name")


class AssociationFilter(forms.Form):
    """Its fields stand in the address."""

    zoek = forms.CharField(label=_("Name or number"), required=False, max_length=120)
    gebied = forms.ModelChoiceField(
        Area.objects.none(), label=_("Area"), required=False, to_field_name="code", empty_label=_("every area")
    )
    soort = forms.ChoiceField(label=_("Kind"), required=False)
    gestopt = forms.BooleanField(label=_("Also those that stopped"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["gebied"].queryset = areas()
        fields["soort"].choices = [("", _g("every kind")), *AssociationKind.choices]


class AssociationForm(OnceForm):
    number = forms.CharField(
        label=_("Number in the Verenigingsregister"), required=False, max_length=20,
        help_text=_("A V and seven digits, such as V0001001. Leave it empty while nobody knows it."),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("What kind"), required=False, choices=AssociationKind.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Association
        fields = ["name", "number", "kinds", "area", "address", "website", "note", "ended_on"]
        error_messages = {"name": {"required": _("Say what it is called.")}}
        widgets = {"ended_on": date_input(), "note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice("area").queryset = areas()
        self.choice("area").empty_label = _g("not of one area")

    def clean_number(self) -> str:
        try:
            number = read_number(self.cleaned_data["number"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        other = Association.objects.exclude(pk=self.instance.pk).filter(number=number).first() if number else None
        if other:
            raise forms.ValidationError(
                _g("%(name)s has that number already. Look whether it is the same association.") % {"name": other.name}
            )
        return number


class ContactForm(OnceForm):
    """Consent is asked for first: without it there is nobody to write down."""

    has_consent = forms.BooleanField(
        label=_("This person said yes to be kept here"),
        error_messages={"required": _("Ask first. Without a yes nobody is written down.")},
    )

    class Meta:
        model = Contact
        fields = ["name", "function", "email", "phone", "may_ask", "consent_on", "consent_by", "kept_until"]
        widgets = {"consent_on": date_input(), "kept_until": date_input()}
        error_messages = {
            "name": {"required": _("Say who it is.")},
            "consent_on": {"required": _("Choose the day they said yes.")},
            "consent_by": {"required": _("Say how they said yes.")},
            "kept_until": {"required": _("Choose until when they are kept.")},
        }

    def __init__(self, *args: Any, association: Association, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.association = association
        if self.instance._state.adding:
            today = timezone.localdate()
            self.initial.update(consent_on=today, kept_until=longest_from(today))
        else:
            self.initial["has_consent"] = True

    def clean_consent_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["consent_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_g("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        given, until = data.get("consent_on"), data.get("kept_until")
        if given and until and until > longest_from(given):
            words = {"day": date_format(longest_from(given))}
            self.add_error("kept_until", _g("A yes of that day counts until %(day)s. Ask again after that.") % words)
        if until and until < timezone.localdate():
            self.add_error("kept_until", _g("That day is past: this person would be erased tonight."))
        return data


class MergeForm(forms.Form):
    """Two rows for one association: this one goes, with all it has, into the other."""

    into = forms.ModelChoiceField(Association.objects.none(), label=_("It is the same as"))

    def __init__(self, *args: Any, association: Association, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["into"].queryset = Association.objects.exclude(pk=association.pk)


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("File with associations"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=_("CSV or Excel, with the headings of the export: naam, nummer, soorten, gebied, adres, website."),
    )  # fmt: skip
