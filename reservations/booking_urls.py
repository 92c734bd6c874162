"""Finding a room, booking it, and what becomes of it, below /zalen/. Paths are Dutch; names are code, so English."""

from django.urls import path

from reservations.views import booking, booking_changes, bookings, counting, quotes, requests, series, series_end

urlpatterns = [
    path("reserveren/", booking.booking_add, name="booking-add"),
    path("aanvragen/", requests.requests, name="requests"),
    path("reservaties/<slug:reference>/", bookings.booking, name="booking"),
    path("reservaties/<slug:reference>/geschiedenis/", bookings.booking_history, name="booking-history"),
    path("reservaties/<slug:reference>/bevestiging/", bookings.booking_confirmation, name="booking-confirmation"),
    path("reservaties/<slug:reference>/behandeling/", bookings.booking_treatment, name="booking-treatment"),
    path("reservaties/<slug:reference>/teruggave/", bookings.booking_return, name="booking-return"),
    path("reservaties/<slug:reference>/weigering/", bookings.booking_refusal, name="booking-refusal"),
    path("reservaties/<slug:reference>/annulering/", bookings.booking_cancellation, name="booking-cancellation"),
    path("reservaties/<slug:reference>/korting/", quotes.booking_discount, name="booking-discount"),
    path("reservaties/<slug:reference>/telling/", counting.booking_count, name="booking-count"),
    path("reservaties/<slug:reference>/opnieuw/", bookings.booking_again, name="booking-again"),
    path("reservaties/<slug:reference>/verplaatsing/", booking_changes.booking_move, name="booking-move"),
    path("reservaties/<slug:reference>/materiaal/", booking_changes.booking_things, name="booking-things"),
    path("reservaties/<slug:reference>/wijziging/", booking_changes.booking_change, name="booking-change"),
    path("reeksen/<uuid:pk>/", series.series, name="series"),
    path("reeksen/<uuid:pk>/bevestiging/", requests.series_confirmation, name="series-confirmation"),
    path("reeksen/<uuid:pk>/weigering/", requests.series_refusal, name="series-refusal"),
    path("reeksen/<uuid:pk>/annulering/", series.series_cancellation, name="series-cancellation"),
    path("reeksen/<uuid:pk>/einde/", series_end.series_end, name="series-end"),
    path("reeksen/<uuid:pk>/wijziging/", series.series_change, name="series-change"),
]
