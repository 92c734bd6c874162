"""Paths are what people see, so Dutch; names are code, so English."""

from django.urls import path

from reservations.views import buildings

app_name = "reservations"

urlpatterns = [
    path("<slug:code>/", buildings.building, name="building"),
    path("<slug:code>/wijzigen/", buildings.building_edit, name="building-edit"),
]
