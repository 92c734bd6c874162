from typing import Any

from django.contrib.admin import AdminSite as BaseAdminSite
from django.contrib.admin import ModelAdmin
from django.contrib.admin.apps import AdminConfig as BaseAdminConfig
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
    """Open to whom the site is open to. Django would ask for permission strings, which this house does not use."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)


class AdminConfig(BaseAdminConfig):
    default_site = "kortrijk_gebied.admin.AdminSite"
