"""The care grid, the points of service and the counts of attention, under the entrance Gebieden."""

from django.urls import path

from teams.views import care, care_attention, care_entries, service_points

app_name = "care"

urlpatterns = [
    path("", care.start, name="grid"),
    path("dienstpunten/", service_points.service_points, name="service-points"),
    path("dienstpunten/nieuw/", service_points.service_point_add, name="service-point-add"),
    path("dienstpunten/<slug:code>/", service_points.service_point, name="service-point"),
    path("dienstpunten/<slug:code>/wijzigen/", service_points.service_point_edit, name="service-point-edit"),
    path("dienstpunten/<slug:code>/verhuizing/", service_points.service_point_move, name="service-point-move"),
    path(
        "dienstpunten/<slug:code>/verhuizing/<uuid:pk>/schrapping/",
        service_points.service_point_stay,
        name="service-point-stay",
    ),
    path("aandacht/", care_attention.attention, name="attention"),
    path("aandacht/tellingen/", care_attention.counting, name="attention-counts"),
    path("aandacht/afspraken/", care_attention.appointment_add, name="attention-appointments"),
    path("aandacht/afspraken/<uuid:pk>/afronding/", care_attention.appointment_end, name="attention-done"),
    path("aandacht/afspraken/<uuid:pk>/schrapping/", care_attention.appointment_removal, name="attention-removal"),
    path("lijnen/<uuid:pk>/", care_entries.entry, name="entry"),
    path("lijnen/<uuid:pk>/schrapping/", care_entries.entry_removal, name="entry-removal"),
    path("<slug:code>/<int:year>/", care.grid, name="matrix"),
    path("<slug:code>/<int:year>/raster.pdf", care.paper, name="paper"),
    path("<slug:code>/<int:year>/vergelijking/", care.comparison, name="comparison"),
    path("<slug:code>/<int:year>/nieuw/", care_entries.entry_add, name="entry-add"),
    path("<slug:code>/<int:year>/vaststelling/", care.fixing, name="fixing"),
    path("<slug:code>/<int:year>/overname/", care.taking_over, name="taking-over"),
]
