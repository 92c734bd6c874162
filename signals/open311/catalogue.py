"""What can be reported: the subjects, and what may be told about each."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from signals.levels import Level
from signals.models import Category, ReportKind
from signals.open311.answers import CONTENT_TYPES, ApiError, Value

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
# The interface itself last changed then; a partner looks again when it does.
CHANGESET = "2026-11-22 06:00"

# How one hears what became of it, by the secrecy of the subject: its number at once; a token that gives the
# number when the matter may be known; nothing.
TYPES = {Level.OPEN: "realtime", Level.LIMITED: "batch", Level.SEALED: "blackbox"}

CLIENT_ID = "client_id"
KIND = "kind"


def services() -> list[Value]:
    found = Category.objects.choosable().select_related("parent")
    return [service(category) for category in found.order_by("parent__order", "parent__name", "order", "name")]


def service(category: Category) -> Value:
    group = category.parent.name if category.parent else ""
    return {
        "service_code": category.code,
        "service_name": category.name,
        "description": f"{group}: {category.name}" if group else category.name,
        "metadata": True,
        "type": TYPES[Level(category.level)],
        "keywords": ", ".join(word for word in (category.name, group) if word),
        "group": group,
    }


def definition(category: Category) -> Value:
    kinds: list[Value] = [{"key": kind.value, "name": str(kind.label)} for kind in ReportKind]
    return {
        "service_code": category.code,
        "attributes": [
            _attribute("urgent", 1, "string", _("Urgent? Call 112 or 101."), variable=False),
            _attribute(
                CLIENT_ID, 2, "string",
                _("Your own number of this report. Sent twice with the same one, it counts once."),
                hint=_("At most 36 characters."),
            ),
            {**_attribute(KIND, 3, "singlevaluelist", _("What kind of report it is.")), "values": kinds},
        ],
    }  # fmt: skip


def _attribute(
    code: str, order: int, datatype: str, description: str, *, variable: bool = True, hint: str = ""
) -> dict[str, Value]:
    return {
        "variable": variable,
        "code": code,
        "datatype": datatype,
        "required": False,
        "datatype_description": hint,
        "order": order,
        "description": description,
    }


def discovery(request: HttpRequest) -> Value:
    contact = settings.CONTACT["help"]
    return {
        "changeset": CHANGESET,
        "contact": _("Questions: %(address)s") % {"address": contact},
        "key_service": _("Ask a key from %(address)s.") % {"address": contact},
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": request.build_absolute_uri("/open311/v2"),
                "changeset": CHANGESET,
                "type": "test" if settings.DEMO else "production",
                "formats": [kind.partition(";")[0] for kind in CONTENT_TYPES.values()],
            }
        ],
    }


def named(code: str) -> Category:
    """The subject of a code, if anything can still be reported about it."""
    if not code:
        raise ApiError(400, _("The subject (service_code) is missing."))
    found = Category.objects.filter(code=code).first()
    if found is None:
        raise ApiError(404, _("We do not know subject “%(code)s” (service_code).") % {"code": code[:80]})
    if not Category.objects.choosable().filter(pk=found.pk).exists():
        said = _("Subject “%(name)s” is not in use any more. Ask for the list of subjects (services) again.")
        raise ApiError(404, said % {"name": found.name})
    return found


def check_jurisdiction(given: str) -> None:
    if given and given != settings.OPEN311_JURISDICTION:
        raise ApiError(404, _("We do not know “%(name)s” (jurisdiction_id).") % {"name": given[:80]})
