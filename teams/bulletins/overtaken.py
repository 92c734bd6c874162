"""Two at one bulletin (docs/decisions/062): who comes second reads what the first one wrote, keeps the own words, and
puts them in their place with one more press."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from areas.models import Area
from kortrijk_gebied.history import steps_of
from teams.models import Bulletin

WORDS = ("kind", "title", "text", "audience", "starts", "ends")


def as_it_stands(bulletin: Bulletin) -> str:
    """What a form carries of what its writer saw."""
    return of({name: getattr(bulletin, name) for name in WORDS}, bulletin.areas.all())


def of(words: Mapping[str, Any], areas: Iterable[Area]) -> str:
    parts = [[str(words.get(name) or "") for name in WORDS], sorted(area.pk for area in areas)]
    return "-".join(hashlib.sha256(repr(part).encode()).hexdigest()[:24] for part in parts)


def said(bulletin: Bulletin, seen: str) -> str:
    """By whom, where the history tells: it keeps the words, and not the areas."""
    last = next((step for step in steps_of([bulletin]) if not step.is_first), None)
    if last is None or not last.who or as_it_stands(bulletin).split("-")[0] == seen.split("-")[0]:
        who = _("A colleague changed this while you were writing.")
    else:
        at = localtime(last.at)
        who = _("%(who)s changed this on %(day)s at %(hour)s, while you were writing.") % {
            "who": last.who, "day": date_format(at, "j F"), "hour": time_format(at, "G.i"),
        }  # fmt: skip
    return who + " " + _("Below stands how it is now. Save once more to put your words in its place.")
