"""Paths are what people see, so Dutch; names are code, so English. Actions are nouns."""

from django.urls import URLPattern, path  # noqa: F401

app_name = "signals"

urlpatterns: list[URLPattern] = [
    # --- one signal (views/signals.py, views/tasks.py, views/shares.py, views/attachments.py) ---
    # --- intake and tablet (views/intake.py, views/field.py) ---
    # --- imports (views/imports.py) ---
    # --- rules (views/rules.py) ---
]
