"""What the read log calls things: where somebody looked, and at what."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SURFACES: dict[str, str | Promise] = {
    "inbox": _("inbox"),
    "signal": _("page of the signal"),
    "signals": _("list of signals"),
    "search": _("search results"),
    "map": _("map"),
    "task": _("task"),
    "attachment": _("photo"),
    "share": _("shared sentence"),
    "nearby": _("signals nearby"),
    "field": _("tablet"),
    "feedback": _("feedback"),
    "today": _("today"),
    "report": _("monthly report"),
    "export": _("export"),
    "area": _("page of the area"),
    "briefing": _("shift briefing"),
}

OBJECTS: dict[str, str | Promise] = {"signal": _("signal"), "share": _("shared sentence"), "attachment": _("photo")}

LEVELS: dict[int, str | Promise] = {1: _("limited"), 2: _("sealed")}


def surface_word(code: str) -> str:
    """The name of a place in the program; one that nobody named yet is shown as it was written."""
    return str(SURFACES.get(code, code))
