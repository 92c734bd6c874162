"""What the read log calls things: where somebody looked, and at what."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SURFACES: dict[str, str | Promise] = {
    "inbox": _("inbox"),
    "signal": _("page of the signal"),
    "history": _("history of the signal"),
    "handover": _("page of what was asked of another organisation"),
    "dossier": _("dossier"),
    "task": _("page of the task"),
    "photo": _("photo or document"),
    "share": _("shared sentence"),
    "nearby": _("signals nearby"),
    "intake": _("registering"),
    "tablet": _("given along on a tablet"),
    "today": _("today"),
    "briefing": _("briefing"),
    "feedback": _("feedback"),
    "export": _("export to a file"),
    "bulk": _("many signals at once"),
    "mail": _("mail that nobody could read"),
    "rule-trial": _("trying a routing rule"),
    "association": _("page of the association"),
    "booking": _("page of the booking"),
    "request": _("requests for rooms"),
    "loan": _("lending"),
    "duty": _("list of the caretaker"),
    "case-consultation": _("page of the case consultation"),
    "case-consultations": _("list of case consultations"),
}
# Of a signal itself its number says enough.
OBJECTS: dict[str, str | Promise] = {
    "note": _("note"),
    "attachment": _("photo or document"),
    "dossier": _("dossier"),
    "incomingmail": _("incoming mail"),
    "contact": _("contact of an association"),
    "caseconsultation": _("case consultation"),
}
LEVELS: dict[int, str | Promise] = {1: _("limited"), 2: _("sealed")}


def surface_word(code: str) -> str:
    """The name of a place in the program; one that nobody named yet is shown as it was written."""
    return str(SURFACES.get(code, code))
