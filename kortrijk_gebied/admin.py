from typing import Any, ClassVar

from django.contrib.admin import AdminSite as BaseAdminSite
from django.contrib.admin import ModelAdmin
from django.contrib.admin.apps import AdminConfig as BaseAdminConfig
from django.contrib.admin.utils import unquote
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import steps_of


class AdminSite(BaseAdminSite):
    """Reference data for administrators. Whether somebody is one is asked of the account itself."""

    site_header = _("Reference data")
    site_title = _("Reference data")
    index_title = _("What would you like to change?")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(getattr(request.user, "is_administrator", False))

    def get_urls(self) -> list[Any]:
        """Without the address that leads from any row of any table to its page: it would tell of every signal."""
        return [entry for entry in super().get_urls() if getattr(entry, "name", "") != "view_on_site"]


class ReferenceAdmin(ModelAdmin):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Open to administrators. Django would ask for permission strings, which this house does not use.

    `kept_by` names the kinds of organisation whose administrator may change these rows; others read them.
    Nothing is deleted here: signals and reports keep pointing at it.
    """

    kept_by: ClassVar[frozenset[str]] = frozenset({"city", "ocmw", "police", "partner"})
    actions = None

    def view_on_site(self, obj: Any) -> str | None:
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

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

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Django's own history knows what was done in the admin; ours what became of the row, wherever."""
        found = self.get_object(request, unquote(object_id))
        if found is None or not self.has_view_permission(request, found):
            raise Http404
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[object_id])
        return render(request, "history.html", {"about": found, "back": back, "steps": steps_of([found])})

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
