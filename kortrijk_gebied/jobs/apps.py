from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "kortrijk_gebied.jobs"

    def ready(self) -> None:
        import kortrijk_gebied.celery  # noqa: F401  (shared_task needs our broker in every process)

        autodiscover_modules("jobs", "sections", "indicators")
