"""A tablet in the hands of Mo, warden in Overleie. The key of the city is made once: making one takes a while."""

import pytest
from django.test import Client

from signals.field import keys, sealing
from tests.cast import Cast
from tests.field.tablet import FieldTablet

_pairs: list[tuple[sealing.Jwk, bytes]] = []


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first pair of keys is the same in every test; each after it is another."""
    made = iter(range(100))

    def pair() -> tuple[sealing.Jwk, bytes]:
        number = next(made)
        while len(_pairs) <= number:
            _pairs.append(sealing.new_pair())
        return _pairs[number]

    monkeypatch.setattr(keys, "new_pair", pair)


@pytest.fixture
def tablet(cast: Cast) -> FieldTablet:
    found = FieldTablet(Client())
    assert found.start(cast["gemeenschapswacht"]).status_code == 201
    return found
