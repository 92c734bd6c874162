"""The line of tabs above the pages of the area work, all of them under the entrance Gebieden."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from teams.decorators import viewer
from teams.templatetags.management import Tab, address

register = template.Library()


@register.inclusion_tag("teams/tabs.html", takes_context=True)
def areawork_tabs(context: template.Context) -> dict[str, Any]:
    return tabs_of(context["request"])


def tabs_of(request: HttpRequest) -> dict[str, Any]:
    """Only what this person may open: who may view no area finds a closed door behind three of them."""
    views = viewer(request).may("view")
    wanted = [
        ("areas:areas", _("Areas"), True),
        ("meetings:meetings", _("Meetings"), True),
        ("inventory:actions", _("Actions"), True),
        ("plans:plans", _("Plans"), True),
        ("bulletins:bulletins", _("News"), True),
        ("flags:flags", _("Attention"), views),
        ("rota:rotas", _("Rota"), True),
        ("rounds:rounds", _("Rounds"), views),
        ("care:grid", _("Care grid"), views),
        ("reports:reports", _("Monthly reports"), True),
    ]
    root = reverse("areas:areas")
    tabs = []
    for name, label, may in wanted:
        if may and (url := address(name)):
            tabs.append(Tab(label, url, request.path == url if url == root else request.path.startswith(url)))
    return {"tabs": tabs, "label": _("Area work")}
