"""What there is to do, below /zalen/activiteiten/. Paths are Dutch; names are code, so English."""

from django.urls import path

from reservations.views import activities

urlpatterns = [
    path("", activities.activities, name="activities"),
    path("nieuw/", activities.activity_add, name="activity-add"),
    path("inlezen/", activities.activities_import, name="activities-import"),
    path("uit.json", activities.activities_uit, name="activities-uit"),
    path("<uuid:pk>/", activities.activity, name="activity"),
    path("<uuid:pk>/wijzigen/", activities.activity_edit, name="activity-edit"),
    path("<uuid:pk>/weg/", activities.activity_removal, name="activity-removal"),
    path("<uuid:pk>/datum/", activities.activity_date, name="activity-date"),
    path("<uuid:pk>/geschiedenis/", activities.activity_history, name="activity-history"),
    path("<uuid:pk>/uit.json", activities.activity_uit, name="activity-uit"),
]
