"""Case consultations stand below /gebieden/casusoverleg/."""

from django.urls import path

from teams.views import consultations

app_name = "consultations"

urlpatterns = [
    path("", consultations.consultations, name="consultations"),
    path("nieuw/", consultations.consultation_add, name="consultation-add"),
    path("<uuid:pk>/", consultations.consultation, name="consultation"),
    path("<uuid:pk>/wijzigen/", consultations.consultation_edit, name="consultation-edit"),
]
