from typing import Self

import pgtrigger
from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from areas.typed import plain


class PlaceKind(models.TextChoices):
    STREET = "street", _("Street")
    SQUARE = "square", _("Square")
    NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood")
    BUILDING = "building", _("Building")


class PlaceQuerySet(models.QuerySet["Place"]):
    # "overleistraat" against "Overleiestraat" scores 0.71; below 0.45 come words that only share an ending.
    LIKE_ENOUGH = 0.45

    def localities(self) -> list[str]:
        """The sub-municipalities that have a place."""
        return list(self.order_by().values_list("locality", flat=True).distinct())

    def with_elsewhere(self) -> Self:
        """Annotated with whether the same name is also that of a place in another sub-municipality."""
        others = Place.objects.filter(name=OuterRef("name")).exclude(locality=OuterRef("locality"))
        return self.annotate(elsewhere=Exists(others))

    def search(self, text: str, within: str = "") -> Self:
        """Places whose name begins with, holds or nearly holds the text, the best first. When `within` is given,
        in plain letters, then those whose whole name may stand in it come before: they have `named`.

        A city has some thousands of names, so every name is compared; no index is needed.
        """
        typed = plain(text)
        if not typed:
            return self.none()
        return (
            self.annotate(
                named=GreaterThan(StrIndex(Value(within, output_field=models.TextField()), F("plain_name")), 0),
                word_likeness=TrigramWordSimilarity(typed, "plain_name"),
                likeness=TrigramSimilarity("plain_name", typed),
                begins=Case(
                    When(plain_name__startswith=typed, then=Value(1)),
                    default=Value(0),
                    output_field=models.IntegerField(),
                ),
            )
            .filter(Q(word_likeness__gte=self.LIKE_ENOUGH) | Q(begins=1) | Q(named=True))
            .order_by("-named", "-begins", F("word_likeness") * -1, "-likeness", "-kind", "name")
        )


class Place(models.Model):
    """A name that people type instead of pointing at the map."""

    Kind = PlaceKind

    name = models.CharField(_("name"), max_length=120)
    plain_name = models.CharField(max_length=120, default="", editable=False)  # as `areas.typed.plain` writes it
    locality = models.CharField(_("sub-municipality"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    longitude = models.FloatField(_("longitude"))
    latitude = models.FloatField(_("latitude"))
    source = models.CharField(_("source"), max_length=200)
    is_example = models.BooleanField(_("example"), default=False)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "locality"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(fields=["name", "locality", "kind"], name="place_once"),
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values), name="place_kind_is_known"),
            models.CheckConstraint(
                condition=Q(longitude__gte=-180, longitude__lte=180), name="place_longitude_in_range"
            ),
            models.CheckConstraint(condition=Q(latitude__gte=-90, latitude__lte=90), name="place_latitude_in_range"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="plain_name",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("name"),  # type: ignore[no-untyped-call]
                func="""
                    NEW.plain_name = trim(regexp_replace(unaccent(lower(NEW.name)), '[^a-z0-9]+', ' ', 'g'));
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.locality}" if self.locality else self.name

    @property
    def has_numbers(self) -> bool:
        """Houses stand on it; whether they are known is another question."""
        return self.kind in (PlaceKind.STREET, PlaceKind.SQUARE)
