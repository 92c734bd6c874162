import datetime as dt

import pytest

from areas.load import load_areas
from areas.models import AreaSet

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def areas(db: None) -> None:
    """All area sets and places, without the overlaps between sets."""
    load_areas(overlaps=False)


@pytest.fixture
def the_17(areas: None) -> AreaSet:
    return AreaSet.objects.get(code="gebieden17")
