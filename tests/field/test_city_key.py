"""The secret of the installation changes: what tablets hold opens as before, once the city key is rotated."""

from typing import Any

import pytest
from django.test import Client

from signals.field import keys
from signals.field.sealing import Unopenable, unb64
from signals.models import Report
from tests.cast import Cast
from tests.field.tablet import FieldTablet, seen


@pytest.fixture
def saved(tablet: FieldTablet, settings: Any) -> dict[str, Any]:
    """Sealed before; since then there is another SECRET_KEY, and the former one is accepted beside it."""
    envelope = tablet.save("signal", seen())
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "een nieuwe sleutel" * 4
    return envelope


class TestAnotherSecret:
    def test_opens_and_knows_the_author_with_the_former_beside_it(
        self, tablet: FieldTablet, saved: dict[str, Any], cast: Cast
    ) -> None:
        tablet.client = Client()
        tablet.client.force_login(cast["gemeenschapswacht"])
        assert tablet.send(saved).status_code == 201

    def test_without_the_former_opens_nothing_that_was_not_rotated(self, saved: dict[str, Any], settings: Any) -> None:
        settings.SECRET_KEY_FALLBACKS = []
        with pytest.raises(Unopenable):
            keys.record_key(saved["key"], unb64(saved["wrapped"]))

    def test_without_the_former_leaves_it_to_a_coordinator_after_a_rotation(
        self, tablet: FieldTablet, saved: dict[str, Any], settings: Any, cast: Cast
    ) -> None:
        keys.rotate()
        settings.SECRET_KEY_FALLBACKS = []
        for who, status in (("gemeenschapswacht", 403), ("coordinator", 201)):
            tablet.client = Client()
            tablet.client.force_login(cast[who])
            assert tablet.send(saved).status_code == status
        assert Report.objects.get().registered_by == cast["gemeenschapswacht"]
