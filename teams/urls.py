"""Paths are what people see, so Dutch; names are code, so English."""

from django.urls import URLPattern, path  # noqa: F401

app_name = "teams"

urlpatterns: list[URLPattern] = []
