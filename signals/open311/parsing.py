"""XML and JSON that somebody else wrote, read as lists of plain rows: with no entities, and not too much of it."""

import json
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

type Row = dict[str, str]


class Unreadable(Exception):
    """The message says what is the matter, for people."""


def rows_of(body: bytes, form: str, *, root: str, item: str) -> list[Row]:
    """The rows of `<root><item>...</item></root>`, or of the JSON list that stands for it."""
    return _from_json(body) if form == "json" else _from_xml(body, root, item)


def _from_xml(body: bytes, root: str, item: str) -> list[Row]:
    try:
        document = fromstring(body, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unreadable(_("This XML declares a DTD or entities; we take none. Send it without.")) from error
    except ParseError as error:
        line, column = error.position
        said = _("This XML is not readable at line %(line)s, column %(column)s.")
        raise Unreadable(said % {"line": line, "column": column + 1}) from error
    except (ValueError, LookupError) as error:
        raise Unreadable(_("This XML is not readable. Send it as UTF-8.")) from error
    if _name(document) != root:
        raise Unreadable(_("The XML begins with <%(found)s> instead of <%(root)s>.")
                         % {"found": _name(document)[:40], "root": root})  # fmt: skip
    return [_row(element) for element in document if _name(element) == item]


def _row(element: Element) -> Row:
    row: Row = {}
    for part in element:
        if _name(part) == "attribute" and part.get("code"):
            row[f"attribute[{part.get('code')}]"] = (part.text or "").strip()
        else:
            row[_name(part)] = (part.text or "").strip()
    return row


def _name(element: Element) -> str:
    """Without a namespace: the standard has none, but allows one."""
    return str(element.tag).rpartition("}")[2]


def _from_json(body: bytes) -> list[Row]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("This JSON is not readable.")) from error
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise Unreadable(_("The JSON is no list of reports."))
    return [{str(name): _text(value) for name, value in row.items()} for row in found]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip() if isinstance(value, str | int | float) else ""
