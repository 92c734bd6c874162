"""Paths are what people see, so Dutch; names are code, so English. Actions are nouns."""

from django.urls import URLPattern, path

from signals.views import intake

app_name = "signals"

urlpatterns: list[URLPattern] = [
    # --- one signal (views/signals.py, views/tasks.py, views/shares.py, views/attachments.py) ---
    # --- intake and tablet (views/intake.py, views/field.py) ---
    path("nieuw/", intake.intake, name="intake"),
    path("nieuw/omgeving/", intake.surroundings, name="intake-surroundings"),
    path("nieuw/<uuid:report_id>/", intake.saved, name="intake-saved"),
    # --- imports (views/imports.py) ---
    # --- rules (views/rules.py) ---
]
