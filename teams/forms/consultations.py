from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.discreet import DiscreetForm
from kortrijk_gebied.ids import uuid7
from teams.access import Access
from teams.directory import colleagues_of
from teams.forms.base import OnceForm, date_input
from teams.models import CaseConsultation, Team, User

MOST_OUTSIDE = 10


class ConsultationForm(DiscreetForm, OnceForm):
    """Without any field for what was said. The few free words are looked through."""

    discreet = ("purpose_other", "outside_words")
    outside = forms.CharField(
        label=_("Organisations from outside"), required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One organisation on each line. Organisations, never names of people."),
    )  # fmt: skip

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)  # sent twice it is written down once

    class Meta:
        model = CaseConsultation
        fields = ["day", "purpose", "purpose_other", "legal_ground", "team", "participants", "outside"]
        widgets = {"day": date_input(), "participants": forms.CheckboxSelectMultiple()}
        error_messages = {
            "purpose": {"required": _("Choose what you sat together for.")},
            "legal_ground": {"required": _("Choose the legal ground.")},
            "participants": {"required": _("Tick who was there.")},
        }

    def __init__(self, *args: Any, viewer: Access, convenor: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid7(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.convenor = convenor
        self.choice("team").queryset = Team.objects.filter(pk__in=viewer.team_ids).order_by("name")
        participants = self.choice("participants")
        participants.queryset = candidates(viewer, self.instance)
        participants.label_from_instance = _with_house  # type: ignore[method-assign]
        if not self.instance._state.adding:
            self.initial["outside"] = "\n".join(self.instance.outside)
        else:
            self.instance.convened_by, self.instance.organisation = convenor, convenor.organisation

    def clean_day(self) -> Any:
        if self.cleaned_data["day"] > timezone.localdate():
            raise forms.ValidationError(_g("Write it down when it took place, not before."))
        return self.cleaned_data["day"]

    def clean_outside(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["outside"].splitlines() if line.strip()]
        if len(names) > MOST_OUTSIDE or any(len(name) > 80 for name in names):
            raise forms.ValidationError(_g("At most ten organisations, each on a line of at most 80 characters."))
        return names

    def clean_participants(self) -> "QuerySet[User]":
        """Who calls it together sits there."""
        chosen = [user.pk for user in self.cleaned_data["participants"]]
        return User.objects.filter(pk__in=[*chosen, self.convenor.pk])

    def others_read_it(self, data: dict[str, Any]) -> bool:
        data["outside_words"] = "\n".join(data.get("outside") or [])
        return True

    def save(self, commit: bool = True) -> CaseConsultation:
        if self.instance._state.adding and (key := self.cleaned_data["key"]):
            self.instance.pk = key
        found: CaseConsultation = self.instance
        found.seat(self.cleaned_data["participants"], also=self.columns)
        return found


def _with_house(obj: User) -> str:
    return f"{obj.name} ({obj.organisation})"


def candidates(viewer: Access, consultation: CaseConsultation) -> "QuerySet[User]":
    """Colleagues one knows already; and who sat there before."""
    known = User.objects.filter(colleagues_of(viewer), is_active=True, organisation__isnull=False)
    if not consultation._state.adding:
        known = known | User.objects.filter(pk__in=consultation.participants.values("pk"))
    return known.select_related("organisation").distinct().order_by("organisation", "name", "pk")
