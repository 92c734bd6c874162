from django.contrib.admin import AdminSite as BaseAdminSite
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


class AdminConfig(BaseAdminConfig):
    default_site = "kortrijk_gebied.admin.AdminSite"
