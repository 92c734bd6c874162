"""The tablet: a shell that anybody may load, and the addresses it talks to."""

from django.urls import URLPattern, path

from signals.views.field import map, shell

urlpatterns: list[URLPattern] = [
    path("", shell.shell, name="field"),
    path("werker.js", shell.worker, name="field-worker"),
    path("manifest.webmanifest", shell.manifest, name="field-manifest"),
    path("kaart.json", map.field_map, name="field-map"),
]
