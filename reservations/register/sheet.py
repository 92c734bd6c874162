"""The register in and out of a spreadsheet. Contacts are in neither: who they are leaves the program by no file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from areas.models import Area
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.refused_rows import Refusal
from kortrijk_gebied.sheets import Cell
from kortrijk_gebied.tables import opened
from reservations.models import Association, AssociationKind
from reservations.register.numbers import read_number

HEADINGS = ["naam", "nummer", "soorten", "gebied", "adres", "website"]
MOST = 5000


@dataclass
class Report:
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    refused: list[Refusal] = field(default_factory=list)


def rows(associations: Iterable[Association]) -> Iterator[list[Cell]]:
    for each in associations:
        yield [
            each.name, each.number, ", ".join(each.kind_names), each.area.name if each.area else "", each.address,
            each.website,
        ]  # fmt: skip


def read(file: IO[bytes], areas: Iterable[Area]) -> Report:
    """Row by row: one that cannot be taken stops no other. Given again it changes nothing. Raises `Unreadable`, and
    Refused when it has no column with names."""
    report, by_area = Report(), {area.name.lower(): area for area in areas}
    kinds = {str(kind.label).lower(): kind.value for kind in AssociationKind}
    with opened(file) as table:
        header = [cell.strip().lower() for cell in table.header]
        if "naam" not in header:
            raise Refused(_("The first row has no heading “naam”. Use the headings of the export."))
        for count, (line, cells) in enumerate(table.rows):
            if count == MOST:
                raise Refused(_("That are more than %(most)s rows. Give them in parts.") % {"most": MOST})
            said = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            try:
                with transaction.atomic():
                    _take(said, by_area, kinds, report)
            except (Refused, ValidationError) as refusal:
                reason = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
                report.refused.append(Refusal(line, cells, reason))
    return report


def _take(said: dict[str, str], areas: dict[str, Area], kinds: dict[str, str], report: Report) -> None:
    if not said.get("naam"):
        raise Refused(_("There is no name."))
    number = read_number(said.get("nummer", ""))
    given = _given(said, areas, kinds)
    found = _found(said["naam"], number)
    if found is None:
        made = Association(name=said["naam"], number=number, **given)
        made.full_clean()
        made.save()
        report.added.append(made.name)
        return
    given = {name: value for name, value in {"number": number, **given}.items() if value}
    changes = [name for name, value in given.items() if getattr(found, name) != value]
    if not changes:
        report.same += 1
        return
    for name in changes:
        setattr(found, name, given[name])
    found.full_clean()
    found.save(update_fields=changes)
    report.changed.append(found.name)


def _found(name: str, number: str) -> Association | None:
    by_number = Association.objects.filter(number=number).first() if number else None
    by_name = Association.objects.filter(name__iexact=name).first()
    if by_number and by_name and by_number.pk != by_name.pk:
        raise Refused(_("The number is of %(other)s, and there is another one with this name.") % {"other": by_number})
    if by_name and number and by_name.number and by_name.number != number:
        raise Refused(_("%(name)s has number %(number)s here.") % {"name": by_name, "number": by_name.number})
    if by_number and by_number.name.lower() != name.lower():
        raise Refused(
            _("This number is of %(other)s here. Change the name there if it is the same.") % {"other": by_number}
        )
    return by_number or by_name


def _given(said: dict[str, str], areas: dict[str, Area], kinds: dict[str, str]) -> dict[str, Any]:
    area = None
    if name := said.get("gebied"):
        area = areas.get(name.lower())
        if area is None:
            raise Refused(_("There is no area “%(name)s”.") % {"name": name})
    words = [word.strip().lower() for word in said.get("soorten", "").split(",") if word.strip()]
    if unknown := [word for word in words if word not in kinds]:
        known = ", ".join(kinds)
        raise Refused(_("There is no kind “%(kind)s”. Choose from: %(known)s.") % {"kind": unknown[0], "known": known})
    return {
        "kinds": [kinds[word] for word in words], "area": area, "address": said.get("adres", ""),
        "website": said.get("website", ""),
    }  # fmt: skip
