"""Attention areas and risks stand below /gebieden/aandacht/."""

from django.urls import path

from teams.flags import views

app_name = "flags"

urlpatterns = [
    path("", views.flags, name="flags"),
    path("nieuw/", views.flag_add, name="flag-add"),
    path("<uuid:pk>/", views.flag, name="flag"),
    path("<uuid:pk>/wijzigen/", views.flag_edit, name="flag-edit"),
    path("<uuid:pk>/herbekijken/", views.flag_review, name="flag-review"),
    path("<uuid:pk>/einde/", views.flag_ending, name="flag-ending"),
]
