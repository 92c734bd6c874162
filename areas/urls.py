"""Paths are what people see, so Dutch; names are code, so English."""

from django.urls import path

from areas.views import areas, borders, choices, contact

app_name = "areas"

urlpatterns = [
    path("", areas.area_list, name="areas"),
    path("wie-bel-ik/", contact.contact, name="contact"),
    path("wie-bel-ik/antwoord/", contact.answer, name="contact-answer"),
    path("plekken.json", borders.places, name="places"),
    path("plekken/", choices.choices, name="place-choices"),
    path("grenzen/<slug:set_code>.geojson", borders.borders, name="borders"),
    path("tegels/<int:z>/<int:x>/<int:y>.png", borders.tile, name="tile"),
    path("<slug:code>/", areas.area, name="area"),
    path("<slug:code>/blok/<slug:key>/", areas.section, name="area-section"),
]
