"""The line of tabs above the pages about people, teams, rules and the read log."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from teams.decorators import viewer
from teams.models import Function

register = template.Library()


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    is_current: bool


@register.inclusion_tag("teams/tabs.html", takes_context=True)
def management_tabs(context: template.Context) -> dict[str, Any]:
    """Only what this person may open; `reverse` by name, for the rules belong to a higher room."""
    request: HttpRequest = context["request"]
    access = viewer(request)
    is_administrator = access.holds(Function.ADMINISTRATOR)
    wanted = [
        ("teams:me", _("My page"), True),
        ("teams:teams", _("Teams"), True),
        ("teams:people", _("People"), is_administrator),
        ("signals:rules", _("Routing rules"), access.may("route") or is_administrator),
        ("signals:texts", _("Answers and texts"), any(map(access.may, ("register", "route", "work", "manage")))),
        ("signals:tablets", _("Tablets"), access.holds(Function.COORDINATOR) or is_administrator),
        ("teams:calendar", _("Calendar"), is_administrator),
        ("profile-import", _("Profile figures"), access.may("manage")),
        ("signals:partners", _("Connections"), is_administrator),
        ("admin:index", _("Reference data"), is_administrator),
        ("teams:read-log", _("Read log"), access.holds(Function.DATA_PROTECTION_OFFICER)),
        ("signals:exports", _("Exports"), access.holds(Function.DATA_PROTECTION_OFFICER)),
    ]
    tabs = []
    for name, label, may in wanted:
        if may and (url := address(name)):
            inside = request.path.startswith(url) and (name != "teams:teams" or is_about_teams(request.path, url))
            tabs.append(Tab(label, url, inside))
    return {"tabs": tabs}


def address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def is_about_teams(path: str, url: str) -> bool:
    """`/teams/` is the beginning of every address here; only these lie under the tab of that name."""
    return path == url or path.startswith((f"{url}team/", f"{url}posten/", f"{url}houders/"))
