from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from kortrijk_gebied.admin import OwnAdmin, ReferenceAdmin, organisation_of
from teams.models import CareNeed, Organisation, Phenomenon, TargetGroup, Team


@admin.register(Organisation)
class OrganisationAdmin(OwnAdmin):
    """One's own organisation. People and teams have pages of their own; grants are no reference data."""

    owner_field = "pk"
    list_display = ["name", "kind", "letter", "phone", "intake_team"]
    fields = ["name", "kind", "letter", "phone", "working_set", "intake_team"]
    readonly_fields = ["kind", "working_set"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "intake_team":
            kwargs["queryset"] = Team.objects.executing().filter(organisation=organisation_of(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Phenomenon)
class PhenomenonAdmin(ReferenceAdmin):
    """What is not active stays with the goals that have it, and is offered no more."""

    kept_by = frozenset({"city"})
    list_display = ["name", "position", "active"]


@admin.register(TargetGroup, CareNeed)
class CareListAdmin(ReferenceAdmin):
    """The rows and columns of the care grid; the care areas are the OCMW's."""

    kept_by = frozenset({"ocmw"})
    list_display = ["name", "position"]
    list_editable = ["position"]
    fields = ["name", "position"]
