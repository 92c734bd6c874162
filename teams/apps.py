from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class TeamsConfig(AppConfig):
    name = "teams"
    verbose_name = _("Organisations and teams")

    def ready(self) -> None:
        from kortrijk_gebied.menu import register_area_work, register_start_page, register_who
        from kortrijk_gebied.sections import register_viewer
        from teams.decorators import viewer
        from teams.start import start_page, who_lines

        register_viewer(viewer)
        register_area_work(_area_work)
        register_who(who_lines)
        register_start_page(start_page)


def _area_work(request: HttpRequest) -> dict[str, Any]:
    from teams.templatetags.areawork import tabs_of

    return tabs_of(request)
