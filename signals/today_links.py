"""Where Today leads to: one obvious next step, and the pages of who manages."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.menu import address
from teams.access import Access
from teams.models import Function

F = Function
DESKS = (F.DESK_AGENT, F.SERVICE_DESK)
STREET = (F.WARD_INSPECTOR, F.NEIGHBOURHOOD_WORKER, F.AREA_WORKER, F.COMMUNITY_WARDEN, F.COORDINATOR)
ROOM_PEOPLE = (
    F.CULTURAL_OFFICER, F.CENTRE_MANAGER, F.BUILDING_MANAGER, F.ASSOCIATION_CONTACT, F.SERVICE_DESK,
)  # fmt: skip


@dataclass(frozen=True)
class Link:
    label: str | Promise
    url_names: tuple[str, ...]  # the first that exists
    functions: tuple[Function, ...]
    says: str | Promise = ""
    registers: bool = False
    key: str = ""

    @property
    def url(self) -> str | None:
        return address(self.url_names)

    def is_for(self, viewer: Access) -> bool:
        return viewer.holds(*self.functions) and (viewer.may("register") or not self.registers)


# In this order the first is the one obvious next step of somebody who holds several functions.
ACTIONS = [
    Link(_("New report"), ("signals:intake",), DESKS, registers=True, key="n"),
    Link(_("To the tablet"), ("field",), (F.COMMUNITY_WARDEN,), registers=True),
    Link(_("To the inbox"), ("inbox",), (F.COORDINATOR,)),
    Link(
        _("New report"), ("signals:intake",), (F.WARD_INSPECTOR, F.NEIGHBOURHOOD_WORKER, F.COORDINATOR, F.AREA_WORKER),
        registers=True, key="n",
    ),
    Link(_("To the rooms"), ("rooms",), ROOM_PEOPLE),
    Link(_("Read the briefing"), ("briefing:briefing",), STREET),
    Link(_("New report"), ("signals:intake",), (F.ASSOCIATION_CONTACT,), registers=True, key="n"),
    Link(_("People of my organisation"), ("teams:people",), (F.ADMINISTRATOR,)),
    Link(_("To the read log"), ("teams:read-log",), (F.DATA_PROTECTION_OFFICER,)),
]  # fmt: skip
ADMINISTRATION = [
    Link(_("People"), ("teams:people",), (F.ADMINISTRATOR,), _("Add a colleague, or end what somebody may do.")),
    Link(_("Teams and posts"), ("teams:teams",), (F.ADMINISTRATOR,), _("Who stands where, from when until when.")),
    Link(_("Routing rules"), ("signals:rules",), (F.ADMINISTRATOR,), _("Which subject goes to which team.")),
    Link(_("Read in a file"), ("signals:imports",), (F.DESK_AGENT, F.AREA_WORKER, F.PROJECT_OFFICER),
         _("A file of reports from another system."), registers=True),
    Link(_("Tablets"), ("signals:tablets",), (F.COORDINATOR, F.ADMINISTRATOR),
         _("What still waits on which tablet, and bringing it in.")),
    Link(_("Mail left over"), ("signals:mail",), (F.DESK_AGENT, F.COORDINATOR),
         _("Mail of which no report could be made."), registers=True),
    Link(_("Reference data"), ("admin:index",), (F.ADMINISTRATOR,), _("Subjects, areas, places.")),
    Link(_("Read log"), ("teams:read-log",), (F.DATA_PROTECTION_OFFICER,), _("Who looked at what is secret.")),
]  # fmt: skip


def links_for(links: Sequence[Link], viewer: Access) -> list[Link]:
    found: dict[str, Link] = {}
    for link in links:
        url = link.url if link.is_for(viewer) else None
        if url:
            found.setdefault(url, link)
    return list(found.values())
