from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "teams"

    def ready(self) -> None:
        from kortrijk_gebied.sections import register_viewer
        from teams.decorators import viewer

        register_viewer(viewer)
