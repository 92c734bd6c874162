"""Under Gebieden. Paths are what people see, so Dutch; names are code, so English."""

from django.urls import URLPattern, path

from teams.views import agenda, corrections, meeting_rooms, meetings, minutes

app_name = "meetings"

urlpatterns: list[URLPattern] = [
    path("", meetings.meetings, name="meetings"),
    path("nieuw/", meetings.meeting_add, name="meeting-add"),
    path("besluiten/", minutes.decisions, name="decisions"),
    path("agenda/<slug:code>/", agenda.team_agenda, name="agenda"),
    path("punt/<uuid:pk>/", agenda.point, name="point"),
    path("punt/<uuid:pk>/plaats/", agenda.point_place, name="point-place"),
    path("punt/<uuid:pk>/overleg/", agenda.point_meeting, name="point-meeting"),
    path("punt/<uuid:pk>/verbetering/", corrections.point_correction, name="point-correction"),
    path("<uuid:pk>/", meetings.meeting, name="meeting"),
    path("<uuid:pk>/wijzigen/", meetings.meeting_edit, name="meeting-edit"),
    path("<uuid:pk>/punten/", agenda.meeting_points, name="meeting-points"),
    path("<uuid:pk>/annulering/", meetings.meeting_cancellation, name="meeting-cancellation"),
    path("<uuid:pk>/zaal/verplaatsing/", meeting_rooms.room_move, name="room-move"),
    path("<uuid:pk>/zaal/vrijgave/", meeting_rooms.room_release, name="room-release"),
    path("<uuid:pk>/verslag/", minutes.minutes, name="minutes"),
    path("<uuid:pk>/verslag.pdf", minutes.minutes_pdf, name="minutes-pdf"),
]
