from django import template

from reservations.hours import from_until
from reservations.models import Closure

register = template.Library()


@register.filter
def how_long(closure: Closure) -> str:
    """“van dinsdag 24 november tot en met zaterdag 5 december 2026”."""
    return from_until(closure.starts, closure.ends)
