"""A sentence for another team: what, on which ground, why, and until when."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.workdays import BRUSSELS
from signals.forms.steering import DayInput, TeamForm, lines

OTHER = "other"
# What is stored is the sentence itself: it must still be readable when this list has changed.
GROUNDS = [
    ("vital", _("Vital interest: acute danger to somebody (GDPR 6.1.d)")),
    ("task", _("Task in the public interest of the receiver (GDPR 6.1.e)")),
    ("law", _("The law obliges us to tell (GDPR 6.1.c)")),
    ("consent", _("The person agrees (GDPR 6.1.a)")),
    ("secrecy", _("Shared professional secrecy, for the same care")),
    ("case", _("Case consultation organised by law")),
    (OTHER, _("another ground, namely:")),
]
LONGEST = dt.timedelta(days=366)
END_OF_DAY = dt.time(23, 59)  # until and including the day that was chosen


class GroundForm(forms.Form):
    """On which ground something secret may be told; `legal_ground` in what it yields is the sentence itself."""

    ground = forms.ChoiceField(
        label=_("Legal ground"), choices=[("", _("Choose a ground")), *GROUNDS],
        error_messages={"required": _("Choose the ground on which you may share this.")},
    )  # fmt: skip
    other_ground = forms.CharField(label=_("Which other ground"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        ground = data.get("ground")
        data["legal_ground"] = str(dict(GROUNDS).get(ground or "", ""))
        if ground == OTHER:
            data["legal_ground"] = data.get("other_ground", "").strip()
            if not data["legal_ground"]:
                self.add_error("other_ground", _("Say which ground."))
        return data


class ShareForm(TeamForm, GroundForm):
    field_order = ("team", "text", "ground", "other_ground", "purpose", "until")

    text = forms.CharField(
        label=_("What you tell them"), max_length=500, widget=lines(3),
        help_text=_("A new sentence, written for them. They see nothing else of this signal."),
        error_messages={"required": _("Write the sentence they may read.")},
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("Purpose"), max_length=200, error_messages={"required": _("Say what they need it for.")}
    )
    until = forms.DateField(label=_("Until"), widget=DayInput, error_messages={"required": _("Choose a last day.")})

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.initial.setdefault("until", timezone.localdate() + dt.timedelta(days=30))

    def clean_until(self) -> dt.datetime:
        day: dt.date = self.cleaned_data["until"]
        if day < timezone.localdate():
            raise ValidationError(_("This day has passed. Choose today or later."))
        if day > timezone.localdate() + LONGEST:
            raise ValidationError(_("Share for a year at most; you can always share again."))
        return dt.datetime.combine(day, END_OF_DAY, tzinfo=BRUSSELS)
