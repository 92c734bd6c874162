"""Paths are what people see, so Dutch; names are code, so English."""

from django.urls import include, path

from reservations.views import calendars, keepers_day

app_name = "reservations"

urlpatterns = [
    path("kalender/", calendars.day, name="calendar-day"),
    path("kalender/week/", calendars.week, name="calendar-week"),
    path("kalender/maand/", calendars.month, name="calendar-month"),
    path("kalender/agenda/", calendars.agenda, name="calendar-agenda"),
    path("kalender/vandaag/", keepers_day.duties, name="calendar-duty"),
    path("kalender/deur/<slug:building>/<slug:code>/", keepers_day.door, name="calendar-door"),
    path("gebouwen/", include("reservations.building_urls")),
    path("", include("reservations.booking_urls")),
]
