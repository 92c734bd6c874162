"""Monthly reports stand below /gebieden/ for people, but belong to teams."""

from django.urls import path

from teams.views import reports

app_name = "reports"

urlpatterns = [
    path("", reports.report_list, name="reports"),
    path("<uuid:pk>/", reports.document, name="document"),
    path("<uuid:pk>/woorden/", reports.words, name="words"),
]
