"""What only the keepers of a building open: everybody may know that it is there."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from reservations.models import Building, Room
from teams.access import Access
from teams.decorators import viewer
from teams.models import Function


def keeps(request: HttpRequest, building: Building) -> bool:
    return Building.objects.managed_by(viewer(request)).filter(pk=building.pk).exists()


def kept_building(request: HttpRequest, code: str) -> Building:
    found = get_object_or_404(Building.objects.select_related("owner"), code=code)
    if not keeps(request, found):
        raise PermissionDenied
    return found


def governs(access: Access, building: Building) -> bool:
    """Says who may do what there: who keeps it, and an administrator of its owner."""
    mine = building.owner_id == access.organisation_id and access.holds(Function.ADMINISTRATOR)
    return mine or Building.objects.managed_by(access).filter(pk=building.pk).exists()


def governed_building(request: HttpRequest, code: str) -> Building:
    found = get_object_or_404(Building.objects.select_related("owner"), code=code)
    if not governs(viewer(request), found):
        raise PermissionDenied
    return found


def kept_room(request: HttpRequest, code: str, room: str) -> Room:
    building = kept_building(request, code)
    return get_object_or_404(Room.objects.select_related("building__owner"), building=building, code=room)
