from typing import Any, ClassVar

from django.contrib.admin import AdminSite as BaseAdminSite
from django.contrib.admin import ModelAdmin
from django.contrib.admin.apps import AdminConfig as BaseAdminConfig
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AdminSite(BaseAdminSite):
    """Reference data for administrators. Whether somebody is one is asked of the account itself."""

    site_header = _("Reference data")
    site_title = _("Reference data")
    index_title = _("What would you like to change?")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(getattr(request.user, "is_administrator", False))


class ReferenceAdmin(ModelAdmin):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Open to administrators. Django would ask for permission strings, which this house does not use.

    `kept_by` names the kinds of organisation whose administrator may change these rows; others read them.
    Nothing is deleted here: signals and reports keep pointing at it.
    """

    kept_by: ClassVar[frozenset[str]] = frozenset({"city", "ocmw", "police", "partner"})
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._keeps(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._keeps(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A choice is a choice: adding or changing what is chosen has a page of its own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(field, "widget", None)
        for action in ("add", "change", "delete", "view"):
            if hasattr(widget, f"can_{action}_related"):
                setattr(widget, f"can_{action}_related", False)
        return field

    def _keeps(self, request: HttpRequest) -> bool:
        kind = getattr(organisation_of(request), "kind", None)
        return self.admin_site.has_permission(request) and kind in self.kept_by


class OwnAdmin(ReferenceAdmin):
    """Only rows of the administrator's own organisation; `owner_field` leads from the row to it."""

    owner_field: ClassVar[str] = "owner"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        organisation = organisation_of(request)
        if organisation is None:
            return super().get_queryset(request).none()
        return super().get_queryset(request).filter(**{self.owner_field: organisation.pk})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """What is added belongs to the administrator's organisation, whatever the form says."""
        if not change:
            setattr(obj, self.owner_field, organisation_of(request))
        super().save_model(request, obj, form, change)


def organisation_of(request: HttpRequest) -> Any:
    return getattr(request.user, "organisation", None)


class AdminConfig(BaseAdminConfig):
    default_site = "kortrijk_gebied.admin.AdminSite"
