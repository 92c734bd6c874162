"""No kind of secret row is left out of the attacks: a new model needs a sealed row among what is planted."""

import pytest
from django.apps import apps
from django.db import models
from django.db.models.fields.related import ForeignKey

from signals.levels import Level
from signals.models import Category, Delivery, RoutingRule, Signal
from signals.models.base import Secret
from tests.cast import Cast
from tests.permissions.planted import plant_all

# A level that says what new signals get, not how secret the row itself is.
SETTINGS = {Category, RoutingRule}
# What hangs on a signal without a level of its own is as secret as that signal.
OURS = [model for model in apps.get_app_config("signals").get_models() if not hasattr(model, "pgh_obj")]


def has_level(model: type[models.Model]) -> bool:
    return any(field.name == "level" for field in model._meta.get_fields())


def hangs_on_signal(model: type[models.Model]) -> str | None:
    """The name of the foreign key that leads to the signal, or through a report or a delivery to it."""
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey) and field.related_model is Signal:
            return field.name
        if isinstance(field, models.ForeignKey | models.OneToOneField) and field.name == "report":
            return "report__signal"
        if isinstance(field, ForeignKey) and field.related_model is Delivery:
            return f"{field.name}__signal"
    return None


class TestEveryModel:
    def test_with_a_level_is_a_secret_or_a_setting(self) -> None:
        assert {model for model in OURS if has_level(model) and not issubclass(model, Secret)} == SETTINGS

    @pytest.mark.django_db
    def test_that_holds_secrets_has_a_sealed_row(self, cast: Cast) -> None:
        plant_all(cast)
        without = []
        for model in OURS:
            if model in SETTINGS:
                continue
            path = None if has_level(model) else hangs_on_signal(model)
            if has_level(model) or path:
                level = {f"{path}__level" if path else "level": Level.SEALED}
                if not model._default_manager.filter(**level).exists():
                    without.append(model.__name__)
        assert without == []
