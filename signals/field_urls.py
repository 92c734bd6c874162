"""The tablet: a shell that anybody may load, and the addresses it talks to."""

from django.urls import URLPattern, path

from signals.views.field import contact, delivery, map, reading, shell

urlpatterns: list[URLPattern] = [
    path("", shell.shell, name="field"),
    path("werker.js", shell.worker, name="field-worker"),
    path("manifest.webmanifest", shell.manifest, name="field-manifest"),
    path("kaart.json", map.field_map, name="field-map"),
    path("stand/", contact.standing, name="field-standing"),
    path("dienst/", contact.shift, name="field-shift"),
    path("dienst/einde/", contact.shift_end, name="field-shift-end"),
    path("gegevens/", reading.reading, name="field-reading"),
    path("gelezen/", reading.read, name="field-read"),
    path("berichten/<uuid:pk>/", delivery.record, name="field-record"),
    path("berichten/<uuid:pk>/fotos/<str:sha256>/", delivery.photo, name="field-photo"),
]
