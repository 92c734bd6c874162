"""Price groups, moments and discounts: of all houses, so kept by the city with its reference data."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.db import models

from kortrijk_gebied.admin import ReferenceAdmin
from reservations.models import DiscountReason, PriceBand, PriceGroup, PriceMoment


class OfTheCity(ReferenceAdmin):
    kept_by = frozenset({"city"})


@admin.register(PriceGroup)
class PriceGroupAdmin(OfTheCity):
    list_display = ["name", "order", "pays_deposit", "is_example"]
    fields = ["name", "code", "order", "pays_deposit", "is_example"]


@admin.register(PriceMoment)
class PriceMomentAdmin(OfTheCity):
    list_display = ["name", "order"]
    fields = ["name", "code", "order"]


@admin.register(PriceBand)
class PriceBandAdmin(OfTheCity):
    """From which hour which moment holds. There is always one: a band ends where the next begins."""

    list_display = ["day_kind", "starts", "moment"]
    list_select_related = ["moment"]
    # The browser's own: Django's says in English, to who hears the page, what hour it is.
    formfield_overrides: ClassVar = {
        models.TimeField: {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}
    }


@admin.register(DiscountReason)
class DiscountReasonAdmin(OfTheCity):
    list_display = ["name", "percent", "amount", "managers_only", "is_in_use"]
