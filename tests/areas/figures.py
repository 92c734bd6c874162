"""Files of profile figures."""

import io

from areas.models import AreaSet, Crosswalk
from areas.profile_import import Report, read
from areas.succession import A_PART
from tests.cast import area

HEADER = "Gebied (code);Naam;Jaar;Onderwerp;Indicator;Doelgroep;Eenheid;Waarde;Bron"


def row(code: str = "overleie", year: object = 2024, value: str = "12,5", group: str = "", unit: str = "%") -> str:
    return f"{code};;{year};Bevolking;Aandeel;{group};{unit};{value};Statbel"


def given(*rows: str, encoding: str = "utf-8", header: str = HEADER) -> Report:
    return read(io.BytesIO("\r\n".join([header, *rows]).encode(encoding)))


def reasons(report: Report) -> dict[int, str]:
    return {refusal.line: refusal.reason for refusal in report.refused}


def sectors_of(name: str) -> list[Crosswalk]:
    current = AreaSet.objects.current()
    parts = Crosswalk.objects.filter(
        to_area=area(name), from_area__set__kind="sector", from_area__set__in=current, share__gte=A_PART
    )
    return list(parts.select_related("from_area"))
