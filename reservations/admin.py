from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area
from kortrijk_gebied.admin import OwnAdmin, ReferenceAdmin, organisation_of
from reservations.accessible import agree
from reservations.forms.buildings import WORKING_SET
from reservations.load import give_keepers
from reservations.models import Building, SchoolHoliday
from reservations.openings import ask_for_all
from reservations.prices import admin as prices_admin
from reservations.seasons import giving
from teams.models import Team


class NewBuildingForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Without keepers nobody could describe its rooms, nor say yes to anybody."""

    keepers = forms.ModelChoiceField(
        Team.objects.none(), label=gettext_lazy("Kept by"),
        help_text=gettext_lazy("This team describes the rooms, keeps the opening hours and answers requests."),
    )  # fmt: skip


__all__ = ["BuildingAdmin", "SchoolHolidayAdmin", "prices_admin"]


@admin.register(Building)
class BuildingAdmin(OwnAdmin):
    list_display = ["name", "kind", "area", "address", "phone", "is_example"]
    list_filter = ["kind", "is_example"]
    list_select_related = ["area"]
    search_fields = ["name", "address"]
    fields = [
        "name", "code", "kind", "address", "area", "longitude", "latitude", "phone", "email", "access_notes",
        "step_free", "adapted_toilet", "hearing_loop", "source", "is_example",
    ]  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj else [*self.fields[:3], "keepers", *self.fields[3:]]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj:
            return super().get_form(request, obj, change=change, **kwargs)
        form = super().get_form(request, obj, change=change, form=NewBuildingForm, **kwargs)
        teams = Team.objects.filter(organisation=organisation_of(request)).order_by("name")
        cast(Any, form.base_fields["keepers"]).queryset = teams
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        agree(obj)
        if not change:
            give_keepers(obj, form.cleaned_data["keepers"])

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"code": ["name"]}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "area":
            kwargs["queryset"] = Area.objects.current().in_set(WORKING_SET).defer("boundary")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SchoolHolidayForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        starts, ends = said.get("starts"), said.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The last day comes before the first. Choose a later one."))
        return said


@admin.register(SchoolHoliday)
class SchoolHolidayAdmin(ReferenceAdmin):
    """Of all schools, so kept by the city. Opening hours, series and allocations look at it."""

    kept_by = frozenset({"city"})
    form = SchoolHolidayForm
    # The browser's own: Django's calendar says in English, to who hears the page, what day it is.
    formfield_overrides: ClassVar = {models.DateField: {"widget": forms.DateInput(attrs={"type": "date"})}}
    list_display = ["name", "starts", "ends"]
    ordering = ["-starts"]

    def save_model(self, request: HttpRequest, obj: SchoolHoliday, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        ask_for_all()
        giving.ask_for_all()
