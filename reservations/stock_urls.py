"""Things to lend, below /zalen/materiaal/. Paths are Dutch; names are code, so English."""

from django.urls import path

from reservations.views import equipment, loans

urlpatterns = [
    path("", equipment.equipment, name="equipment"),
    path("nieuw/", equipment.equipment_add, name="equipment-add"),
    path("balie/", loans.counter, name="loan-counter"),
    path("uitleningen/<uuid:pk>/", loans.loan, name="loan"),
    path("uitleningen/<uuid:pk>/bevestiging/", loans.loan_confirmation, name="loan-confirmation"),
    path("uitleningen/<uuid:pk>/afhaling/", loans.loan_pickup, name="loan-pickup"),
    path("uitleningen/<uuid:pk>/terugkeer/", loans.loan_return, name="loan-return"),
    path("uitleningen/<uuid:pk>/annulering/", loans.loan_cancellation, name="loan-cancellation"),
    path("<slug:code>/", equipment.equipment_item, name="equipment-item"),
    path("<slug:code>/wijzigen/", equipment.equipment_edit, name="equipment-edit"),
    path("<slug:code>/geschiedenis/", equipment.equipment_history, name="equipment-history"),
    path("<slug:code>/lenen/", loans.loan_add, name="loan-add"),
]
