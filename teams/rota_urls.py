from django.urls import path

from teams.rota.views import calendar, changes, rotas, settings, versions

app_name = "rota"

urlpatterns = [
    path("", rotas.rotas, name="rotas"),
    path("nieuw/", settings.rota_add, name="rota-add"),
    path("kalender/", calendar.own_calendar, name="calendar"),
    path("kalender/intrekking/", calendar.revocation, name="calendar-revocation"),
    path("kalender/<str:token>.ics", calendar.calendar_file, name="calendar-file"),
    path("versie/<uuid:pk>/", versions.version, name="version"),
    path("versie/<uuid:pk>/periodes/", versions.periods, name="version-periods"),
    path("versie/<uuid:pk>/wijziging/", changes.change, name="version-change"),
    path("versie/<uuid:pk>/publicatie/", versions.publication, name="version-publication"),
    path("versie/<uuid:pk>/verwijdering/", versions.removal, name="version-removal"),
    path("ronde/<uuid:pk>/verwijdering/", settings.pattern_removal, name="pattern-removal"),
    path("<uuid:pk>/", rotas.rota, name="rota"),
    path("<uuid:pk>/week/", rotas.week, name="week"),
    path("<uuid:pk>/ontwerp/", versions.draft, name="draft"),
    path("<uuid:pk>/invulling/", versions.filling, name="filling"),
    path("<uuid:pk>/instellingen/", settings.rota_settings, name="settings"),
    path("<uuid:pk>/rondes/", settings.pattern_add, name="pattern-add"),
]
