"""What lies in areas, and is read by who may view one of them."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.models import Area


class Placed(models.Model):
    """Its own `areas` are a table between two; of those rows no history is kept. The names stand in the row too, set
    in one place with the areas themselves: who moved it, and so gave it to others to read, stays known."""

    place_names = models.TextField(_("areas"), blank=True, default="", editable=False)

    class Meta:
        abstract = True

    def lie_in(self, areas: Iterable[Area], sectors: Iterable[Area] = (), *, also: Iterable[str] = ()) -> None:
        """Keep it in these areas, with what was set in the fields `also`; of a new one all of it."""
        areas = list(areas)
        self.place_names = names_of(areas, sectors)
        self.save(force_insert=True) if self._state.adding else self.save(update_fields=["place_names", *also])
        self.areas.set(areas)  # type: ignore[attr-defined]  # of whoever is placed


def name_again(rows: models.QuerySet[Any]) -> None:
    """After their areas were replaced by others without a hand on each."""
    parts = [name for name in ("areas", "sectors") if hasattr(rows.model, name)]
    found = list(rows.select_for_update(of=("self",)).prefetch_related(*(_names(name) for name in parts)))
    for row in found:
        row.place_names = names_of(*(getattr(row, name).all() for name in parts))
    rows.model._default_manager.bulk_update(found, ["place_names"], batch_size=500)


def _names(name: str) -> "models.Prefetch[Any]":
    """Without borders: they are long."""
    return models.Prefetch(name, Area.objects.defer("boundary"))


def names_of(areas: Iterable[Area], sectors: Iterable[Area] = ()) -> str:
    """In the order of their set, and once when what came after an area is called the same; the parts between
    brackets."""
    ordered = sorted(areas, key=lambda area: (area.position, area.pk))
    names = ", ".join(dict.fromkeys(area.name for area in ordered))
    parts = ", ".join(sorted(sector.name for sector in sectors))
    return f"{names} ({parts})" if parts else names
