import datetime as dt

import pytest

from areas.models import AreaSet

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def areas(db: None) -> None:
    """All area sets and places: they are in the city already."""


@pytest.fixture
def the_17(areas: None) -> AreaSet:
    return AreaSet.objects.get(code="gebieden17")
