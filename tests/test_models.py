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


def allowed(condition: models.Q) -> dict[str, set[object]]:
    """The values to which a condition confines a field, whatever else is so: `field__in=[...]`, in an `AND`, or in
    every branch of an `OR`, one value alone or a value that is empty too."""
    if condition.negated:
        return {}
    found: list[dict[str, set[object]]] = []
    for child in condition.children:
        if isinstance(child, models.Q):
            found.append(allowed(child))
        elif isinstance(child, tuple):
            name, _sep, lookup = str(child[0]).partition("__")
            known = {"in": child[1], "": [child[1]], "isnull": [None] if child[1] is True else None}
            values = known.get(lookup)
            found.append({} if values is None else {name: set(values)})
        else:
            found.append({})
    if condition.connector == models.Q.OR:
        common = set.intersection(*(set(each) for each in found))
        return {name: set().union(*(each[name] for each in found)) for name in common}
    together: dict[str, set[object]] = {}
    for each in found:
        for name, values in each.items():
            together[name] = together.get(name, values) & values
    return together


def confined(model: type[models.Model]) -> dict[str, list[set[object]]]:
    """For each field the sets of values its check constraints leave."""
    found: dict[str, list[set[object]]] = {}
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint) and isinstance(constraint.condition, models.Q):
            for name, values in allowed(constraint.condition).items():
                found.setdefault(name, []).append(values)
    return found


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
        """Exactly its values, and empty where the field may be."""
        left = confined(model)
        for name, field in fields(model).items():
            if field.choices:
                values = {value for value, _label in field.flatchoices} | ({"", None} if field.blank else set())
                assert any(found <= values for found in left.get(name, [])), (name, left.get(name))

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


class TestSweep:
    """What it accepts as a promise, and what not."""

    @pytest.mark.parametrize(
        ("condition", "values"),
        [
            (models.Q(kind__in=["a", "b"]), {"a", "b"}),
            (models.Q(kind="a", at=None) | models.Q(kind__in=["b"]), {"a", "b"}),
            (models.Q(kind__isnull=True) | models.Q(kind__in=["b"]), {None, "b"}),
            (models.Q(kind="a") | models.Q(at=None), None),
            (~models.Q(kind="c"), None),
            (models.Q(kind__gt="a"), None),
        ],
    )
    def test_takes_a_check_for_what_it_leaves(self, condition: models.Q, values: set[object] | None) -> None:
        assert allowed(condition).get("kind") == values
