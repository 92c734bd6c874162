from django.urls import URLPattern, path, re_path

from signals.open311 import views

app_name = "open311"

FORM = r"\.(?P<form>xml|json)$"

urlpatterns: list[URLPattern] = [
    re_path(rf"^(?:v2/)?discovery{FORM}", views.discovery, name="discovery"),
    re_path(rf"^v2/services{FORM}", views.services, name="services"),
    re_path(rf"^v2/services/(?P<code>[^/]+){FORM}", views.service_definition, name="service"),
    re_path(rf"^v2/requests{FORM}", views.service_requests, name="requests"),
    re_path(rf"^v2/requests/(?P<reference>[^/]+){FORM}", views.service_request, name="request"),
    re_path(rf"^v2/tokens/(?P<token>[^/]+){FORM}", views.token, name="token"),
    # Also what is not there is told as the standard tells it.
    path("<path:rest>", views.nowhere, name="nowhere"),
]
