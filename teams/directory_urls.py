"""Who is who stands below /gebieden/wie-is-wie/."""

from django.urls import path

from teams.views import directory

app_name = "directory"

urlpatterns = [path("<slug:code>/", directory.directory, name="directory")]
