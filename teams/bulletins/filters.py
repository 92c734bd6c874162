from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.models import Area, AreaSet
from teams.models.audience import Audience
from teams.models.bulletins import BulletinKind, BulletinQuerySet


def working_areas() -> Any:
    return Area.objects.current().filter(set__kind=AreaSet.Kind.WORKING).defer("boundary").order_by("name")


class BulletinFilter(forms.Form):
    """Its fields stand in the address."""

    zoek = forms.CharField(label=_("Words"), required=False, max_length=120)
    gebied = forms.ModelChoiceField(
        Area.objects.none(), label=_("Area"), required=False, to_field_name="code", empty_label=_("every area")
    )
    soort = forms.ChoiceField(
        required=False, choices=[("", ""), *BulletinKind.choices], widget=forms.HiddenInput
    )  # the line of tabs chooses it
    voor = forms.ChoiceField(label=_("For whom"), required=False, choices=[("", _("all")), *Audience.choices])
    archief = forms.BooleanField(label=_("What was archived"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["gebied"]
        field.queryset = working_areas()

    def narrow(self, found: BulletinQuerySet) -> BulletinQuerySet:
        """What is not understood narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        found = found.filter(archived_at__isnull=not asked.get("archief"))
        if words := asked.get("zoek"):
            found = found.filter(Q(title__icontains=words) | Q(text__icontains=words))
        if area := asked.get("gebied"):
            found = found.about([area.pk])
        if kind := asked.get("soort"):
            found = found.filter(kind=kind)
        if audience := asked.get("voor"):
            found = found.filter(audience=audience)
        return found
