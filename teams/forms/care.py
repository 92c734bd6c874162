import uuid
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.discreet import DiscreetForm
from kortrijk_gebied.ids import uuid7
from teams.care.matrix import Asked
from teams.forms.overtaken import OvertakenForm
from teams.models import CareNeed, GridEntry, Organisation, ServicePoint, TargetGroup, Team
from teams.models.audience import Audience


class AskedForm(forms.Form):
    """What of the grid is shown. It stands in the address; what it does not understand, it leaves out."""

    doelgroep = forms.ModelChoiceField(TargetGroup.objects.all(), label=_("Target group"), required=False)
    nood = forms.ModelChoiceField(CareNeed.objects.all(), label=_("Need"), required=False)
    gaten = forms.BooleanField(label=_("only where something lacks"), required=False)
    gedeeld = forms.BooleanField(label=_("only what everybody here may read"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "asked-%s", **kwargs})
        for name in ("doelgroep", "nood"):
            self.fields[name].empty_label = _g("all")  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        self.is_valid()
        found = self.cleaned_data
        group, need = found.get("doelgroep"), found.get("nood")
        return Asked(
            group=group.pk if group else None,
            need=need.pk if need else None,
            gaps_only=bool(found.get("gaten")),
            shared_only=bool(found.get("gedeeld")),
        )


class EntryForm(DiscreetForm, OvertakenForm):
    discreet = ("text", "source")
    key = forms.UUIDField(widget=forms.HiddenInput)  # of the line that this form makes: sent twice it makes one

    class Meta:
        model = GridEntry
        fields = [
            "target_group", "need", "kind", "text", "source", "team", "service_point", "audience", "is_mentioned",
        ]  # fmt: skip
        widgets = {"kind": forms.RadioSelect, "audience": forms.RadioSelect}

    one_of = ("team", "service_point")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today, kept = timezone.localdate(), self.instance
        teams = Q(pk__in=Team.objects.valid_on(today).values("pk")) | Q(pk=kept.team_id)
        points = Q(pk__in=ServicePoint.objects.within_sight(today).values("pk")) | Q(pk=kept.service_point_id)
        self.choice("team").queryset = Team.objects.filter(teams, organisation=organisation)
        self.choice("service_point").queryset = ServicePoint.objects.filter(points)
        for name in ("team", "service_point"):
            self.choice(name).empty_label = _g("none")
        for name, choices in (("kind", GridEntry.Kind.choices), ("audience", Audience.choices)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["source"].help_text = _g("Where this is known from: a service, a count, a consultation, a date.")
        self.fields["text"].help_text = _g("What is offered, or what is lacking. Never about one person.")
        if self.instance._state.adding:
            self.initial.setdefault("key", uuid7())
        else:
            del self.fields["key"]

    @property
    def made(self) -> uuid.UUID | None:
        """The key of the line this form asks for, as far as it can be read."""
        try:
            return uuid.UUID(str(self.data.get("key", "")))
        except ValueError:
            return None

    def others_read_it(self, data: dict[str, Any]) -> bool:
        return data.get("audience") != Audience.INTERNAL
