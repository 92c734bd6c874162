"""Which column holds what. Named mappings know a kind of file; others are put together on the page."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kortrijk_gebied.tables import Unreadable
from signals.models import Channel, ReportKind

type Columns = Mapping[str, str]
"""For each field of ours the name of the column in the file."""

FIELDS = {
    "number": gettext_lazy("Number"),
    "received_at": gettext_lazy("Received"),
    "category": gettext_lazy("Subject"),
    "channel": gettext_lazy("Channel"),
    "description": gettext_lazy("Description"),
    "place": gettext_lazy("Place"),
    "locality": gettext_lazy("Sub-municipality"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "status": gettext_lazy("Status"),
    "due_at": gettext_lazy("Due"),
    "ended_at": gettext_lazy("Handled on"),
    "service": gettext_lazy("Handled by"),
    "answered": gettext_lazy("Answered at once"),
}
REQUIRED = ("number", "received_at", "category")

NAMED: dict[str, Columns] = {
    "1777": {
        "number": "Meldingsnr",
        "received_at": "Datum melding",
        "channel": "Kanaal",
        "category": "Onderwerp",
        "description": "Omschrijving",
        "place": "Straat",
        "locality": "Deelgemeente",
        "latitude": "Breedtegraad",
        "longitude": "Lengtegraad",
        "status": "Status",
        "due_at": "Uiterste datum",
        "ended_at": "Datum afgehandeld",
        "service": "Behandelende dienst",
        "answered": "Eerstelijns",
    },
}
DEFAULT = "1777"

# Names that other exports give the same columns: the page proposes them.
ALSO = {
    "number": ("nummer", "id", "referentie", "meldingsnummer", "dossiernr"),
    "received_at": ("datum", "datum ontvangen", "ontvangen", "gemeld op", "aangemaakt"),
    "channel": ("bron",),
    "category": ("categorie", "type", "rubriek", "thema"),
    "description": ("tekst", "melding", "toelichting"),
    "place": ("plaats", "adres", "locatie"),
    "locality": ("gemeente", "kern"),
    "latitude": ("lat", "latitude", "y"),
    "longitude": ("lon", "lng", "longitude", "x"),
    "due_at": ("deadline", "streefdatum", "termijn"),
    "ended_at": ("afgehandeld op", "afgesloten op", "einddatum"),
    "service": ("dienst", "uitvoerder", "team"),
    "answered": ("meteen beantwoord", "direct beantwoord"),
}

CHANNELS = {
    "telefoon": Channel.PHONE, "tel": Channel.PHONE, "1777": Channel.PHONE, "mail": Channel.MAIL,
    "e-mail": Channel.MAIL, "email": Channel.MAIL, "web": Channel.WEB, "website": Channel.WEB, "app": Channel.APP,
    "balie": Channel.COUNTER, "loket": Channel.COUNTER, "gemeenschapswacht": Channel.WARDEN,
    "partner": Channel.PARTNER,
}  # fmt: skip
# A question or a complaint is its reporter's own: it never joins what a neighbour told.
KINDS = {
    "vraag-of-suggestie": ReportKind.QUESTION,
    "klacht-over-de-dienstverlening": ReportKind.COMPLAINT,
    "goed-nieuws": ReportKind.SUGGESTION,
}
OPEN = {"open", "nieuw", "in behandeling", "lopend"}
ENDED = {"afgehandeld", "gesloten", "afgesloten"}
YES = {"ja", "j", "yes", "1", "waar", "true", "x"}


def positions(columns: Columns, header: Sequence[str]) -> dict[str, int]:
    """Where each field stands in a row. Refuses a file that lacks a column we were told to read."""
    at = {name.casefold(): place for place, name in reversed(list(enumerate(header)))}
    lacking = [name for name in columns.values() if name.casefold() not in at]
    lacking += [str(FIELDS[field]) for field in REQUIRED if field not in columns]
    if lacking:
        raise Unreadable(
            _("This file does not fit the mapping: column %(names)s is missing. The file has: %(header)s.")
            % {"names": ", ".join(f"“{name}”" for name in lacking), "header": ", ".join(header[:20]) or "-"}
        )
    return {field: at[name.casefold()] for field, name in columns.items()}


def proposed(header: Sequence[str]) -> dict[str, str]:
    """The columns we recognise by name, for the page to start from."""
    at = {name.casefold(): name for name in header if name}
    known = {field: (NAMED[DEFAULT][field].casefold(), *ALSO.get(field, ())) for field in FIELDS}
    return {field: at[name] for field, names in known.items() for name in reversed(names) if name in at}
