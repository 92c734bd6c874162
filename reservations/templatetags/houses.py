from django import template

from reservations.accessible import Fact, facts_of
from reservations.hours import from_until
from reservations.models import Building, Closure, Room

register = template.Library()


@register.filter
def how_long(closure: Closure) -> str:
    """“van dinsdag 24 november tot en met zaterdag 5 december 2026”."""
    return from_until(closure.starts, closure.ends)


@register.simple_tag
def accessible(building: Building, room: Room | str = "") -> list[Fact]:
    """Of the house, or as far as it goes for one room."""
    return facts_of(building, [room] if isinstance(room, Room) else [r for r in building.rooms.all() if r.is_in_use])
