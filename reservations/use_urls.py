"""How rooms are used, and with how few it could be done, below /zalen/gebruik/. Paths are Dutch; names are English."""

from django.urls import path

from reservations.views import consolidation, use

urlpatterns = [
    path("", use.use, name="use"),
    path("zalen.csv", use.use_sheet, name="use-sheet"),
    path("sluiten/", consolidation.consolidation, name="consolidation"),
    path("sluiten/<uuid:pk>/", consolidation.answer, name="consolidation-answer"),
    path("sluiten/<uuid:pk>/voortgang/", consolidation.progress, name="consolidation-progress"),
    path("sluiten/<uuid:pk>/lijst.csv", consolidation.answer_sheet, name="consolidation-sheet"),
]
