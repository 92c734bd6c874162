"""What rows were, erased with them or with their words."""

from collections.abc import Collection, Iterable
from typing import Any

import pghistory.models
from django.apps import apps
from django.db import models

type Keys = dict[type[models.Model], Collection[Any]]


def erase_history(keys: Keys) -> None:
    """What rows with these keys were, and what points to them; then what is known of the requests that wrote it."""
    contexts: set[Any] = set()
    for change in changes():
        of_them = models.Q(pk__in=[])
        for field in change._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model in keys:
                of_them |= models.Q(**{f"{field.name}__in": keys[field.related_model]})
        rows = change._default_manager.filter(of_them)
        contexts.update(rows.exclude(pgh_context=None).values_list("pgh_context", flat=True))
        rows.delete()
    for change in changes():
        if contexts:
            of_others = change._default_manager.filter(pgh_context__in=contexts)
            contexts.difference_update(of_others.values_list("pgh_context", flat=True))
    # The address of a request names the signal.
    pghistory.models.Context.objects.filter(pk__in=contexts).delete()


def changes() -> Iterable[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, pghistory.models.Event) and model._meta.managed]
