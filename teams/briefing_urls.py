"""The briefing stands below /gebieden/briefing/."""

from django.urls import path

from teams.briefing import views

app_name = "briefing"

urlpatterns = [
    path("", views.briefing, name="briefing"),
    path("<slug:code>/gelezen/", views.reading, name="reading"),
    path("<slug:code>/nota/", views.note, name="note"),
]
