"""A discount: a reason, and a word beside it."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from reservations.models import Booking, Building, DiscountReason
from teams.access import Access


class DiscountForm(forms.Form):
    korting = forms.ModelChoiceField(
        DiscountReason.objects.none(), label=_("Discount"), required=False, empty_label=_("no discount")
    )
    toelichting = forms.CharField(label=_("Why (a few words)"), max_length=200, required=False)

    def __init__(self, *args: Any, booking: Booking, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = DiscountReason.objects.filter(is_in_use=True)
        if not Building.objects.managed_by(viewer).filter(pk=booking.room.building_id).exists():
            reasons = reasons.filter(managers_only=False)
        cast(Any, self.fields["korting"]).queryset = reasons
