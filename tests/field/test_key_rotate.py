"""The keys of the city: one is current, an old one still opens, and without the secret of the house none does."""

from typing import Any

import pytest
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from signals.field import keys
from signals.field.sealing import Unopenable, wrap
from signals.models import CityKey, Delivery
from tests.cast import Cast

RECORD_KEY = b"k" * 32


class TestCurrent:
    def test_is_made_once(self, db: None) -> None:
        first = keys.current()
        assert (keys.current(), CityKey.objects.count(), len(first.pk)) == (first, 1, 16)
        assert keys.record_key(first.pk, wrap(first.public, RECORD_KEY)) == RECORD_KEY

    def test_is_that_of_who_was_first(self, db: None) -> None:
        """Two processes begin at one moment."""
        retired = CityKey.objects.create(pk="oud", public={}, private="", retired_at=timezone.now())
        first = keys.current()
        assert (keys._make(), keys._make()) == (first, first)
        assert set(CityKey.objects.all()) == {retired, first}

    def test_is_another_after_each_turn(self, db: None) -> None:
        first = keys.current()
        before = timezone.now()
        second, third = keys.rotate(), keys.rotate()
        assert (keys.current(), len({first, second, third})) == (third, 3)
        retired = list(CityKey.objects.filter(retired_at__gt=before).order_by("retired_at"))
        assert retired == [first, second]
        for each in (first, second, third):
            assert keys.record_key(each.pk, wrap(each.public, RECORD_KEY)) == RECORD_KEY


class TestForgetting:
    def test_leaves_the_current_one(self, db: None) -> None:
        keys.current()
        assert keys.forget_retired() == []
        assert CityKey.objects.count() == 1

    def test_leaves_what_a_photo_still_needs(self, cast: Cast) -> None:
        needed, gone = keys.current(), keys.rotate()
        keys.rotate()
        mo = cast["gemeenschapswacht"]
        for key, wrapped in ((needed, "x"), (gone, "")):
            Delivery.objects.create(
                pk=uuid7(), kind="round", schema=1, author=mo, by=mo, result="noted", key=key, wrapped=wrapped
            )
        assert keys.forget_retired() == [gone.pk]
        assert set(CityKey.objects.values_list("pk", flat=True)) == {needed.pk, keys.current().pk}


class TestSecret:
    def test_that_was_changed_still_opens_while_the_former_is_known(self, db: None, settings: Any) -> None:
        key = keys.current()
        wrapped = wrap(key.public, RECORD_KEY)
        former, settings.SECRET_KEY = settings.SECRET_KEY, "een nieuw geheim"
        settings.SECRET_KEY_FALLBACKS = [former]
        assert keys.record_key(key.pk, wrapped) == RECORD_KEY
        settings.SECRET_KEY_FALLBACKS = []
        with pytest.raises(Unopenable):
            keys.record_key(key.pk, wrapped)

    def test_that_is_new_seals_the_keys_from_now_on(self, db: None, settings: Any) -> None:
        former, settings.SECRET_KEY = settings.SECRET_KEY, "een nieuw geheim"
        settings.SECRET_KEY_FALLBACKS = [former]
        key = keys.current()
        settings.SECRET_KEY_FALLBACKS = []
        assert keys.record_key(key.pk, wrap(key.public, RECORD_KEY)) == RECORD_KEY

    def test_opens_after_every_update_what_it_sealed_before(self) -> None:
        """The way from the secret to the key may never change: nothing on a tablet would open any more."""
        token = (
            b"gAAAAABrAxFONMpkEw5wF8HRNsem7yPkExucbfo_XduZ8BC8v_r8TVC3YblaMSccL47tMq"
            b"q7OHaYtzXO6i35NQFLmtPsz0635GlBecvZ0cw382jtPONOgl8="
        )
        assert keys._fernet("geheim").decrypt(token) == b"gesloten in 2026"

    def test_is_none_of_a_key_that_is_gone(self, db: None) -> None:
        with pytest.raises(Unopenable):
            keys.record_key("geen", b"")
