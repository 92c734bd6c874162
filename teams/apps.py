from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TeamsConfig(AppConfig):
    name = "teams"
    verbose_name = _("Organisations and teams")

    def ready(self) -> None:
        from kortrijk_gebied.menu import register_start_page, register_who
        from kortrijk_gebied.sections import register_viewer
        from teams.decorators import viewer
        from teams.start import start_page, who_lines

        register_viewer(viewer)
        register_who(who_lines)
        register_start_page(start_page)
