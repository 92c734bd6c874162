from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "kortrijk_gebied.jobs"
