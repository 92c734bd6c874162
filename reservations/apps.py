from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReservationsConfig(AppConfig):
    name = "reservations"
    verbose_name = _("Buildings and rooms")

    def ready(self) -> None:
        from reservations.for_meetings import RoomsOfMeetings
        from teams.meetings.rooms import register_rooms

        register_rooms(RoomsOfMeetings())
