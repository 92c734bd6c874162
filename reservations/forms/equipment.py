"""Things that are lent, as their keeper describes them, and what somebody types to lend some."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from reservations.forms.booking import UseForm
from reservations.forms.names import NamedForm
from reservations.forms.wish import MomentForm
from reservations.locking import lock_equipment
from reservations.models import Building, Equipment, Loan
from reservations.models.bookings import LONGEST
from reservations.stock import lent
from teams.access import Access
from teams.forms.base import OnceForm

FAR = 40 * LONGEST


class FreeForm(MomentForm):
    """When one wants to know what there is. All three, or none: then it is now."""

    one_of = ("day", "start", "end", "last_day")


class LoanForm(UseForm, MomentForm):
    """Alone, without a room."""

    quantity = forms.IntegerField(
        label=_("How many"), min_value=1, max_value=100_000, error_messages={"required": _("Say how many.")},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"]
        self.fields["is_shared"].label = _("Colleagues of other organisations may see what for")
        self.fields["is_shared"].help_text = _("Otherwise they see how many are lent, and until when.")

    def loan(self, equipment: Equipment, **fields: Any) -> Loan:
        data = self.cleaned_data
        return Loan(
            equipment=equipment, **self.holding(), **fields,
            **{name: data[name] for name in ("title", "is_shared", "quantity", "starts", "ends")},
        )  # fmt: skip


class HandOutForm(NamedForm):
    condition = forms.CharField(
        label=_("How it goes along"), max_length=400, required=False,
        help_text=_("What is damaged or missing already. Nothing is: leave it empty."),
    )  # fmt: skip


class ReturnForm(NamedForm):
    quantity = forms.IntegerField(
        label=_("How many are back in order"), min_value=0, error_messages={"required": _("Say how many.")},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("What is lost or broken is taken out of the stock."),
    )  # fmt: skip
    condition = forms.CharField(
        label=_("How it came back"), max_length=400, required=False, help_text=_("What is broken, dirty or missing.")
    )


class EquipmentForm(OnceForm):
    class Meta:
        model = Equipment
        fields = ["name", "building", "quantity", "unusable", "unit", "condition", "is_portable", "needs_approval"]

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice("building").queryset = Building.objects.managed_by(viewer).order_by("name")
        if self.instance.pk:  # what is promised lies there
            self.fix("building", self.instance.building_id)

    def clean(self) -> None:
        super().clean()
        quantity, unusable = self.cleaned_data.get("quantity"), self.cleaned_data.get("unusable")
        if self.instance.pk and quantity is not None and unusable is not None:
            self._keep_what_is_lent(quantity - unusable)

    def _keep_what_is_lent(self, left: int) -> None:
        """Nobody lends of it until it is written (`saved`)."""
        lock_equipment([self.instance.pk])
        now = timezone.now()
        promised = lent([self.instance.pk], now, now + FAR)[self.instance.pk]
        if 0 <= left < promised:
            said = _g("%(promised)s are lent or promised at one moment. Cancel a loan first, then lower the number.")
            self.add_error("quantity", said % {"promised": promised})

    def write(self) -> Equipment:
        thing: Equipment = self.instance
        if thing.pk is None:
            thing.code, thing.owner = self._code(thing), thing.building.owner
            thing.save(force_insert=True)
        else:
            thing.save(update_fields=self.Meta.fields)
        return thing

    def _code(self, thing: Equipment) -> str:
        stem = slugify(f"{thing.name} {thing.building.code}")[:52].strip("-") or "materiaal"
        taken = {*Equipment.objects.filter(code__startswith=stem).values_list("code", flat=True), *NOT_CODES}
        return next(code for code in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if code not in taken)


NOT_CODES = ("nieuw", "balie", "uitleningen")  # pages of their own
