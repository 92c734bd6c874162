"""Rounds stand below /gebieden/rondes/."""

from django.urls import path

from signals.views import rounds

app_name = "rounds"

urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("nieuw/", rounds.round_add, name="round-add"),
    path("<uuid:pk>/verbetering/", rounds.round_correction, name="round-correction"),
    path("<uuid:pk>/intrekking/", rounds.round_withdrawal, name="round-withdrawal"),
]
