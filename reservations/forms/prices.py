"""Tariffs and what they cost. People type amounts as they write them: 12,50."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from reservations.models import Price, PriceGroup, PriceList, PriceMoment, Room, Tariff, Unit
from reservations.prices.money import NOTHING
from teams.forms.base import OnceForm, date_input
from teams.models import Organisation

A_DAY = dt.timedelta(days=1)


def money_field(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_digits=8, decimal_places=2, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "ds-input"}), **more,
    )  # fmt: skip


class TariffForm(OnceForm):
    rooms = forms.ModelMultipleChoiceField(
        Room.objects.none(), label=_("For which rooms"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("A room has one tariff: ticked here it leaves the other. Without one it is free of charge."),
    )  # fmt: skip

    class Meta:
        model = Tariff
        fields = ["owner", "name", "late_percent"]

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice("owner").queryset = owners
        if self.instance.pk:
            self.fix("owner", self.instance.owner_id)
            self.initial["rooms"] = list(self.instance.rooms.values_list("pk", flat=True))
        elif len(owners) == 1:
            self.fix("owner", owners[0].pk)
        rooms = Room.objects.filter(building__owner__in=owners).in_use().select_related("building", "tariff")
        if self.instance.pk:
            rooms = rooms.filter(building__owner=self.instance.owner_id)
        field: Any = self.choice("rooms")
        field.queryset, field.label_from_instance = rooms, _with_other

    def clean(self) -> None:
        super().clean()
        owner, rooms = self.cleaned_data.get("owner"), self.cleaned_data.get("rooms") or []
        if owner and any(room.building.owner_id != owner.pk for room in rooms):
            self.add_error("rooms", _g("Choose rooms of the same owner."))

    def write(self) -> None:
        tariff: Tariff = self.save()
        chosen = self.cleaned_data["rooms"]
        tariff.rooms.exclude(pk__in=[room.pk for room in chosen]).update(tariff=None)
        Room.objects.filter(pk__in=[room.pk for room in chosen]).exclude(tariff=tariff).update(tariff=tariff)


def _with_other(room: Room) -> str:
    return f"{room} ({room.tariff})" if room.tariff else str(room)


class PriceListForm(OnceForm):
    """A table: of each price group what each moment costs. A cell left empty is a price that is missing."""

    minimum = money_field(_("Minimum"), required=False, help_text=_("A use that costs something costs at least this."))
    deposit = money_field(_("Deposit"), required=False, help_text=_("Beside the price, and given back."))

    class Meta:
        model = PriceList
        fields = ["valid_from", "vat_rate", "minimum", "deposit"]
        widgets = {"valid_from": date_input()}

    one_of = ("minimum", "deposit")

    def __init__(self, *args: Any, like: PriceList | None = None, **kwargs: Any) -> None:
        """`like` is the list whose prices stand in it at first."""
        super().__init__(*args, **kwargs)
        self.groups, self.moments = list(PriceGroup.objects.all()), list(PriceMoment.objects.all())
        prices = list(like.prices.all()) if like else []
        amounts = {(each.price_group_id, each.moment_id): each.amount for each in prices}
        units = {each.moment_id: each.unit for each in prices}
        for moment in self.moments:
            self.fields[f"eenheid-{moment.pk}"] = forms.ChoiceField(
                label=_g("Unit of %(moment)s") % {"moment": moment}, choices=Unit.choices, required=False,
                initial=units.get(moment.pk, Unit.HOUR), widget=forms.Select(attrs={"class": "ds-input"}),
            )  # fmt: skip
            for group in self.groups:
                field = money_field(f"{group}, {moment}", required=False, initial=amounts.get((group.pk, moment.pk)))
                self.fields[f"prijs-{group.pk}-{moment.pk}"] = field

    @property
    def units(self) -> list[forms.BoundField]:
        return [self[f"eenheid-{moment.pk}"] for moment in self.moments]

    @property
    def rows(self) -> Iterator[tuple[PriceGroup, list[tuple[PriceMoment, forms.BoundField]]]]:
        for group in self.groups:
            yield group, [(moment, self[f"prijs-{group.pk}-{moment.pk}"]) for moment in self.moments]

    def clean_minimum(self) -> Decimal:
        return self.cleaned_data["minimum"] or NOTHING

    def clean_deposit(self) -> Decimal:
        return self.cleaned_data["deposit"] or NOTHING

    def clean_valid_from(self) -> dt.date:
        first: dt.date = self.cleaned_data["valid_from"]
        others = PriceList.objects.filter(tariff=self.instance.tariff_id).exclude(pk=self.instance.pk)
        if others.filter(valid_from=first).exists():
            raise forms.ValidationError(_g("On that day another price list begins already. Change that one."))
        return first

    def clean(self) -> None:
        super().clean()
        if not self.errors and not any(self._amounts()):
            self.add_error(None, _g("Fill in at least one price; 0 is a price too."))
        # The days of the lists around it give way in `write`.
        if first := self.cleaned_data.get("valid_from"):
            self.instance.valid_to = self._until(first)

    def validate_constraints(self) -> None:
        """That no two hold on one day the database says, once those around it gave way."""

    def _amounts(self) -> Iterator[tuple[PriceGroup, PriceMoment, Decimal]]:
        for group in self.groups:
            for moment in self.moments:
                if (amount := self.cleaned_data.get(f"prijs-{group.pk}-{moment.pk}")) is not None:
                    yield group, moment, amount

    def _until(self, first: dt.date) -> dt.date | None:
        later = PriceList.objects.filter(tariff=self.instance.tariff_id, valid_from__gt=first)
        begins = later.exclude(pk=self.instance.pk).order_by("valid_from").values_list("valid_from", flat=True).first()
        return begins - A_DAY if begins else None

    def write(self) -> None:
        mine: PriceList = self.instance
        others = list(PriceList.objects.filter(tariff=mine.tariff_id).exclude(pk=mine.pk).order_by("valid_from"))
        until = _each_until_the_next([*others, mine])
        # The database looks at every row by itself: those around it first give way, and then take what came free.
        for each in others:
            if _is_sooner(until[each.valid_from], each.valid_to):
                _end(each, until[each.valid_from])
        self.save()
        for each in others:
            _end(each, until[each.valid_from])
        mine.prices.all().delete()
        Price.objects.bulk_create(
            Price(
                price_list=mine, price_group=group, moment=moment, amount=amount,
                unit=self.cleaned_data.get(f"eenheid-{moment.pk}") or Unit.HOUR,
            )
            for group, moment, amount in self._amounts()
        )  # fmt: skip


def _each_until_the_next(lists: list[PriceList]) -> dict[dt.date, dt.date | None]:
    """By their first days, of which no two are the same, their last."""
    begins = sorted(each.valid_from for each in lists)
    return {first: after and after - A_DAY for first, after in zip(begins, [*begins[1:], None], strict=True)}


def _is_sooner(day: dt.date | None, than: dt.date | None) -> bool:
    return day is not None and (than is None or day < than)


def _end(found: PriceList, last: dt.date | None) -> None:
    if found.valid_to != last:
        found.valid_to = last
        found.save(update_fields=["valid_to"])


class MonthForm(forms.Form):
    """Which month, and of whose houses. What is not a month is the last one that is over."""

    maand = forms.CharField(label=_("Month"), required=False, widget=forms.TextInput(attrs={"type": "month"}))
    eigenaar = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Houses of"), required=False, to_field_name="code", empty_label=None
    )

    def __init__(self, asked: Any, *, own: int | None) -> None:
        typed = asked.copy()
        last = (timezone.localdate().replace(day=1) - A_DAY).replace(day=1)
        self.first = read_month(typed.get("maand", "")) or last
        typed["maand"] = f"{self.first:%Y-%m}"
        owners = Organisation.objects.filter(buildings__rooms__tariff__isnull=False).distinct().order_by("name")
        mine = owners.filter(pk__in=[own] if own is not None else [])
        found = owners.filter(code=typed.get("eigenaar", "")).first() or mine.first() or owners.first()
        self.owner: Organisation | None = found
        typed["eigenaar"] = found.code if found else ""
        super().__init__(typed)
        fields: dict[str, Any] = self.fields
        fields["eigenaar"].queryset = owners
        self.has_choice = len(owners) > 1


def read_month(said: str) -> dt.date | None:
    try:
        found = dt.datetime.strptime(said, "%Y-%m").date()
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2200 else None
