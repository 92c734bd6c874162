from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "kortrijk_gebied.audit"
