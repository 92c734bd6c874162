from typing import Any

from django.contrib import admin
from django.db import models, transaction
from django.forms import Form, Select
from django.http import HttpRequest
from django.utils.translation import gettext as _

from areas.crosswalk import rebuild_crosswalks
from areas.models import Area, AreaSet, Place, SectorWard
from areas.wards import rebuild_wards
from kortrijk_gebied.admin import ReferenceAdmin


class WithoutAdding(ReferenceAdmin):
    """Rows come from the committed files or from an import, with their borders."""

    kept_by = frozenset({"city"})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(AreaSet)
class AreaSetAdmin(WithoutAdding):
    list_display = ["name", "code", "kind", "valid_from", "valid_to", "provisional"]
    readonly_fields = ["code", "kind", "valid_from", "valid_to", "covering"]


@admin.register(Area)
class AreaAdmin(WithoutAdding):
    list_display = ["name", "set", "hectares", "inhabitants", "inhabitants_year", "provisional"]
    list_filter = ["set", "provisional"]
    search_fields = ["name", "code"]
    exclude = ["boundary"]
    readonly_fields = ["set", "code", "hectares"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("set").defer("boundary")


@admin.register(Place)
class PlaceAdmin(ReferenceAdmin):
    kept_by = frozenset({"city"})
    list_display = ["name", "locality", "kind", "is_example"]
    list_filter = ["kind", "locality", "is_example"]
    search_fields = ["name", "locality"]


@admin.register(SectorWard)
class SectorWardAdmin(WithoutAdding):
    """Which sector belongs to which ward. The wards are drawn again when the table was saved."""

    kept_by = frozenset({"police"})
    list_display = ["sector", "ward"]
    list_editable = ["ward"]
    list_filter = [("ward", admin.RelatedOnlyFieldListFilter)]
    list_per_page = 25  # each row asks for its choices
    list_select_related = ["sector", "ward"]
    readonly_fields = ["sector"]
    search_fields = ["sector__name"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "ward":
            wards = Area.objects.current().filter(set__kind=AreaSet.Kind.WARD)
            kwargs["queryset"] = wards.only("name", "position", "code")
            # A box in a column has no label of its own to be read aloud.
            kwargs["widget"] = Select(attrs={"aria-label": _("police ward")})
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: SectorWard, form: Form, change: bool) -> None:
        obj.save(update_fields=["ward"])
        transaction.on_commit(redraw)


def redraw() -> None:
    if changed := rebuild_wards():
        rebuild_crosswalks(changed[0].set)
