"""Which version of the borders and of the profile figures is the one of now. The history of the rows is where every
process sees a change."""

from django.db import connection

type Version = tuple[int, int | None, int, int | None]


def data_version() -> Version:
    # Counted as well as numbered: a row with a lower number may be committed after one with a higher.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM areas_areachange), (SELECT max(pgh_id) FROM areas_areachange),"
            " (SELECT count(*) FROM areas_areasetchange), (SELECT max(pgh_id) FROM areas_areasetchange)"
        )
        row: Version = cursor.fetchone()
    return row


def figures_version() -> tuple[int, int]:
    """Of the profile figures: when an import has ended every page counts by the new number of inhabitants. History
    holds what was changed or removed, not what was added: with the rows themselves no two states count alike."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM areas_profilefigure), (SELECT count(*) FROM areas_profilefigurechange)"
        )
        row: tuple[int, int] = cursor.fetchone()
    return row
