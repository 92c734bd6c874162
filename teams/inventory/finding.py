"""The inventory as it is looked through: the filters stand in the address."""

from typing import Any

from django import forms
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from teams.access import Access
from teams.inventory.forms import areas_for
from teams.models import Action, Team
from teams.models.action_words import OPEN, ActionKind, ActionStatus, ActionTag, Dimension
from teams.models.inventory import ActionQuerySet

ALL = "alle"
FOLDED = ["team", "soort", "dimensie", "label"]
STATUSES = {status.value: status.label for status in ActionStatus}


class ActionFilter(forms.Form):
    zoek = forms.CharField(label=_("Word or reference"), required=False, max_length=120)
    gebied = forms.ModelChoiceField(
        Area.objects.none(), label=_("Area"), required=False, to_field_name="code", empty_label=_("every area")
    )
    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Team"), required=False, to_field_name="code", empty_label=_("every team")
    )
    soort = forms.ChoiceField(label=_("Kind"), required=False)
    dimensie = forms.ChoiceField(label=_("Dimension"), required=False)
    toestand = forms.ChoiceField(label=_("Status"), required=False)
    label = forms.ChoiceField(label=_("Tag"), required=False)
    mij = forms.BooleanField(label=_("Mine alone"), required=False)
    te_laat = forms.BooleanField(label=_("Over its date alone"), required=False)

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["gebied"].queryset = _areas(viewer, self.data.get("gebied", ""))
        keeping = Action.objects.readable(viewer).order_by().values("team")
        fields["team"].queryset = Team.objects.filter(pk__in=keeping).order_by("name")
        fields["soort"].choices = [("", _g("every kind")), *ActionKind.choices]
        fields["dimensie"].choices = [("", _g("every dimension")), *Dimension.choices]
        fields["toestand"].choices = [("", _g("open")), *ActionStatus.choices, (ALL, _g("open and ended"))]
        fields["label"].choices = [("", _g("every tag")), *ActionTag.choices]

    @property
    def wanted(self) -> dict[str, Any]:
        """What was asked for and is known; one unknown word in an address does not undo the others."""
        self.is_valid()
        return self.cleaned_data

    @property
    def is_filtered(self) -> bool:
        return any(self.wanted.values())

    @property
    def is_narrowed(self) -> bool:
        """By one of the filters that stand folded away."""
        return any(self.wanted.get(name) for name in FOLDED) or any(name in self.errors for name in FOLDED)


def _areas(viewer: Access, asked: str) -> Any:
    """Those of the area work; and what the page of a ward or a care area asks for, for what lies there is found too."""
    named = areas_for(viewer).select_related("set")
    if not asked or named.filter(code=asked).exists():
        return named
    other = Area.objects.current().filter(code=asked).order_by("set__position", "pk")[:1]
    both = Area.objects.filter(Q(pk__in=named.values("pk")) | Q(pk__in=other.values("pk"))).select_related("set")
    return both.defer("boundary").order_by("set__position", "position", "pk")


def found(form: ActionFilter, viewer: Access, *, every_status: bool = False) -> ActionQuerySet:
    """What of the inventory a viewer may read and asks for, what falls due first on top."""
    wanted, rows = form.wanted, Action.objects.readable(viewer)
    if words := wanted.get("zoek"):
        rows = rows.filter(Q(title__icontains=words) | Q(text__icontains=words) | Q(reference__iexact=words.strip()))
    if area := wanted.get("gebied"):
        rows = rows.of_area(area)
    if team := wanted.get("team"):
        rows = rows.filter(team=team)
    for field, name in (("kind", "soort"), ("dimension", "dimensie")):
        if wanted.get(name):
            rows = rows.filter(**{field: wanted[name]})
    if wanted.get("label"):
        rows = rows.filter(tags__contains=[wanted["label"]])
    if wanted.get("mij"):
        rows = rows.filter(owner=viewer.user_id)
    if wanted.get("te_laat"):
        rows = rows.overdue(timezone.localdate())
    status = wanted.get("toestand", "")
    if not every_status and status != ALL:
        rows = rows.filter(status=status) if status else rows.filter(status__in=OPEN)
    return rows.select_related("team", "owner").order_by(F("due_on").asc(nulls_last=True), "pk")
