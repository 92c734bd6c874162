"""Seasons and whose hours are whose, below /zalen/seizoenen/. Paths are Dutch; names are code, so English."""

from django.urls import path

from reservations.views import allocations, season_requests, seasons

urlpatterns = [
    path("", seasons.seasons, name="seasons"),
    path("nieuw/", seasons.season_add, name="season-add"),
    path("gebouwen/<slug:code>/", allocations.allocations, name="allocations"),
    path("gebouwen/<slug:code>/nieuw/", allocations.allocation_add, name="allocation-add"),
    path("uren/<uuid:pk>/", allocations.allocation, name="allocation"),
    path("uren/<uuid:pk>/intrekking/", allocations.allocation_withdrawal, name="allocation-withdrawal"),
    path("uren/<uuid:pk>/teruggave/", allocations.allocation_return, name="allocation-return"),
    path("uren/<uuid:pk>/reeks/", allocations.allocation_series, name="allocation-series"),
    path("vragen/<uuid:pk>/", season_requests.season_request, name="season-request"),
    path("vragen/<uuid:pk>/intrekking/", season_requests.request_withdrawal, name="season-request-withdrawal"),
    path("vragen/<uuid:pk>/besluit/", season_requests.request_decision, name="season-request-decision"),
    path("<uuid:pk>/", seasons.season, name="season"),
    path("<uuid:pk>/wijzigen/", seasons.season_edit, name="season-edit"),
    path("<uuid:pk>/vraag/", season_requests.request_add, name="season-request-add"),
    path("<uuid:pk>/verdeling/", seasons.division, name="season-division"),
    path("<uuid:pk>/vaststelling/", seasons.settlement, name="season-settlement"),
]
