"""Paths are what people see, so Dutch; names are code, so English."""

from django.urls import include, path

from reservations.views import calendars, coming_in, feeds, keepers_day

app_name = "reservations"

urlpatterns = [
    path("kalender/", calendars.day, name="calendar-day"),
    path("kalender/week/", calendars.week, name="calendar-week"),
    path("kalender/maand/", calendars.month, name="calendar-month"),
    path("kalender/agenda/", calendars.agenda, name="calendar-agenda"),
    path("kalender/vandaag/", keepers_day.duties, name="calendar-duty"),
    path("kalender/deur/<slug:building>/<slug:code>/", keepers_day.door, name="calendar-door"),
    path("kalender/<str:token>.ics", feeds.feed, name="feed"),
    path("abonnementen/", feeds.feeds, name="feeds"),
    path("uit-een-agenda/", coming_in.from_calendar, name="from-calendar"),
    path("abonnementen/<uuid:pk>/intrekking/", feeds.feed_revocation, name="feed-revocation"),
    path("gebouwen/", include("reservations.building_urls")),
    path("gebruik/", include("reservations.use_urls")),
    path("seizoenen/", include("reservations.season_urls")),
    path("prijzen/", include("reservations.price_urls")),
    path("materiaal/", include("reservations.stock_urls")),
    path("verenigingen/", include("reservations.register_urls")),
    path("activiteiten/", include("reservations.activity_urls")),
    path("", include("reservations.booking_urls")),
]
