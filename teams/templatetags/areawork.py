"""The line of tabs above the pages of the area work, all of them under the entrance Gebieden."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from teams.templatetags.management import Tab, address

register = template.Library()


@register.inclusion_tag("teams/tabs.html", takes_context=True)
def areawork_tabs(context: template.Context) -> dict[str, Any]:
    return tabs_of(context["request"])


def tabs_of(request: HttpRequest) -> dict[str, Any]:
    wanted = [
        ("areas:areas", _("Areas")),
        ("meetings:meetings", _("Meetings")),
        ("inventory:actions", _("Actions")),
        ("plans:plans", _("Plans")),
        ("bulletins:bulletins", _("News")),
        ("flags:flags", _("Attention")),
        ("rota:rotas", _("Rota")),
        ("rounds:rounds", _("Rounds")),
        ("care:grid", _("Care grid")),
        ("reports:reports", _("Monthly reports")),
    ]
    root = reverse("areas:areas")
    tabs = []
    for name, label in wanted:
        if url := address(name):
            tabs.append(Tab(label, url, request.path == url if url == root else request.path.startswith(url)))
    return {"tabs": tabs, "label": _("Area work")}
