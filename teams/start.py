"""What a person is told about themselves: functions, areas, and the page on which a day begins."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.models import Area
from kortrijk_gebied.menu import address
from teams.access import Access, access_of
from teams.models import Function, PostHolder, Team, User

MOST_NAMES = 3
# Teams whose areas are those of their members; an office or a desk serves everywhere.
FOLLOWING = [Team.Kind.AREA, Team.Kind.COORDINATION, Team.Kind.WARD]
START_PAGES: dict[str, str] = {
    Function.COMMUNITY_WARDEN: "field",
    Function.ADMINISTRATOR: "teams:people",
    Function.DATA_PROTECTION_OFFICER: "teams:read-log",
    Function.BUILDING_MANAGER: "rooms",
    Function.ASSOCIATION_CONTACT: "rooms",
}


def own_areas(user: User, access: Access) -> list[Area]:
    """Areas a person answers for: of the posts held today; without a post, those their teams follow."""
    held = PostHolder.objects.valid_on(timezone.localdate()).filter(user=user)
    current = Area.objects.current().defer("boundary")  # on every page, and a border is long
    areas = list(current.filter(pk__in=held.values("post__area")))
    if not areas:
        following = Team.areas.through.objects.filter(team__in=access.team_ids, team__kind__in=FOLLOWING)
        areas = list(current.filter(pk__in=following.values("area")))
    return areas


def who_lines(request: HttpRequest) -> Sequence[str]:
    user = request.user
    if not isinstance(user, User):
        return []
    access = access_of(user)
    does = [str(Function(function).label) for function in Function.values if function in access.functions]
    where = [user.organisation.name] if user.organisation else []
    lines = [capfirst(", ".join([*does, *where]))] if does or where else []
    areas = own_areas(user, access)
    if areas:
        lines.append(area_line([area.name for area in areas]))
    return lines


def area_line(names: Sequence[str]) -> str:
    if len(names) > MOST_NAMES:
        return ngettext("%(count)s area", "%(count)s areas", len(names)) % {"count": len(names)}
    if len(names) == 1:
        return names[0]
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def start_page(request: HttpRequest) -> str:
    """Today, made of everything a person's functions bring together; who has one function without
    signals begins at its own page."""
    held = access_of(request.user).functions if isinstance(request.user, User) else frozenset()
    pages = {START_PAGES[function] for function in held if function in START_PAGES}
    own = pages if held <= START_PAGES.keys() and len(pages) == 1 else set()
    return address([*own, "today", "inbox"]) or reverse("accessibility")
