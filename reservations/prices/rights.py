"""Who keeps prices, and whose amounts somebody sees. Prices are for everybody; amounts are of whom they are asked."""

from django.db import models

from reservations.models import Building
from reservations.register.rights import is_of_city
from teams.access import Access
from teams.models import Function, Organisation


def owners_kept(viewer: Access) -> models.QuerySet[Organisation]:
    """Organisations whose tariffs the viewer keeps: who manages a house of it, and its administrator."""
    kept = models.Q(buildings__in=Building.objects.managed_by(viewer))
    if viewer.organisation_id is not None and viewer.holds(Function.ADMINISTRATOR):
        kept |= models.Q(pk=viewer.organisation_id)
    return Organisation.objects.filter(kept).distinct().order_by("name")


def keeps_prices(viewer: Access) -> bool:
    return owners_kept(viewer).exists()


def keeps_price_groups(viewer: Access) -> bool:
    """A group holds in the houses of all owners, and decides what somebody owes there: the city says who is in which,
    not whoever manages one house, who may be in one."""
    return keeps_prices(viewer) and is_of_city(viewer)


def amounts_seen(viewer: Access, booking: str = "") -> models.Q:
    """Of the bookings whose amounts the viewer sees: what their own organisation holds, what they asked for an
    association, and all of the houses they keep. `booking` is the way to it. Never what a use is for."""
    way = f"{booking}__" if booking else ""
    if viewer.user_id is None:
        return models.Q(pk__in=[])
    seen = models.Q(**{f"{way}room__building__in": Building.objects.granted(viewer, "approve")})
    seen |= models.Q(**{f"{way}association__isnull": False, f"{way}created_by_id": viewer.user_id})
    if viewer.organisation_id is not None:
        seen |= models.Q(**{f"{way}organisation_id": viewer.organisation_id})
    return seen


def closes_months_of(viewer: Access, owner: Organisation) -> bool:
    """Who closes a month sees all of it: they keep every house of the owner in which a room has a price."""
    priced = Building.objects.filter(owner=owner, rooms__tariff__isnull=False)
    if not priced.exists():
        return False
    both = [Building.objects.granted(viewer, action) for action in ("manage", "approve")]
    return not any(priced.exclude(pk__in=kept).exists() for kept in both)
