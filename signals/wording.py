"""Variables in standard texts: `{plaats}` becomes the place of the signal it is used for."""

import re
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format

if TYPE_CHECKING:
    from signals.models import Signal

VARIABLE = re.compile(r"\{(\w+)\}")
# Dutch, for who writes a text meets them there.
VARIABLES = ("onderwerp", "plaats", "gebied", "referentie", "gemeld", "vandaag", "dienst")


def unknown_variables(text: str) -> list[str]:
    return [name for name in VARIABLE.findall(text) if name not in VARIABLES]


def filled_in(text: str, signal: "Signal", service: str = "") -> str:
    """The text with each variable replaced; one that is not known (any more) stays as it stands.

    `service` is who did the work; without it who owns the signal.
    """
    area = signal.area.name if signal.area else ""
    values = {
        "onderwerp": signal.category.name,
        "plaats": signal.place or area,
        "gebied": area,
        "referentie": signal.reference,
        "gemeld": date_format(timezone.localdate(signal.reported_at)),
        "vandaag": date_format(timezone.localdate()),
        "dienst": service or (signal.team.name if signal.team else signal.owner.name),
    }
    return VARIABLE.sub(lambda match: values.get(match[1], match[0]), text)
