from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from areas.models import Area
from kortrijk_gebied.admin import OwnAdmin
from reservations.forms.buildings import WORKING_SET
from reservations.models import Building


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

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"code": ["name"]}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "area":
            kwargs["queryset"] = Area.objects.current().in_set(WORKING_SET).defer("boundary")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
