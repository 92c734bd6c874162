"""Every model of ours keeps its promises in the database, and a model that does not is found here."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

OURS = {"jobs", "audit", "areas", "teams", "signals", "reservations"}


def our_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OURS and not model.__name__.endswith("Change") and not hasattr(model, "pgh_id")
    ]


def names_in(condition: models.Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from names_in(child)
        elif isinstance(child, tuple):
            yield str(child[0]).partition("__")[0]
            if isinstance(child[1], models.F):
                yield child[1].name  # type: ignore[attr-defined]  # the stubs do not know it


def checks(model: type[models.Model]) -> list[set[str]]:
    """The fields each check constraint of a model speaks of."""
    return [
        set(names_in(constraint.condition))
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint) and isinstance(constraint.condition, models.Q)
    ]


def fields(model: type[models.Model]) -> dict[str, models.Field]:  # type: ignore[type-arg]
    return {field.name: field for field in model._meta.get_fields() if isinstance(field, models.Field)}


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
class TestEveryModel:
    def test_keeps_choices_in_the_database(self, model: type[models.Model]) -> None:
        checked = set().union(*checks(model))
        loose = [name for name, field in fields(model).items() if field.choices and name not in checked]
        assert loose == []

    def test_keeps_who_and_when_together(self, model: type[models.Model]) -> None:
        """An optional `x_at` beside an optional `x_by`: never a name without a time."""
        mine = fields(model)
        for name, field in mine.items():
            by = f"{name.removesuffix('_at')}_by"
            if name.endswith("_at") and field.null and by in mine:
                assert any({name, by} <= names for names in checks(model)), (name, by)

    def test_ends_after_it_starts(self, model: type[models.Model]) -> None:
        mine = fields(model)
        for start, end in (("starts", "ends"), ("valid_from", "valid_to"), ("at", "expires_at")):
            if start in mine and end in mine:
                assert any({start, end} <= names for names in checks(model)), (start, end)

    def test_has_a_name_for_people(self, model: type[models.Model]) -> None:
        assert model.__str__ is not models.Model.__str__
