"""The number an association has in the Verenigingsregister of Flanders (the "VCode"): V and seven digits."""

import re

from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations.models.associations import NUMBER

SPACED = re.compile(r"[\s.\-/]+")


def read_number(typed: str) -> str:
    """As it is written down, of what somebody typed: "v 000 1001" is V0001001. Empty stays empty: not known yet."""
    number = SPACED.sub("", typed).upper()
    if not number:
        return ""
    if not NUMBER.match(number):
        raise Refused(
            _("“%(number)s” is no number of the Verenigingsregister. It is a V and seven digits, such as V0001001.")
            % {"number": typed.strip()}
        )
    return number
