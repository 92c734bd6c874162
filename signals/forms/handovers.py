"""What somebody fills in who lets a signal wait, or asks others to take it over. The rules stand in the models."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.discreet import DiscreetForm
from signals.forms.shares import GroundForm
from signals.forms.steering import DayInput, TeamForm, lines
from signals.levels import Level
from signals.models import Signal
from signals.workflow import WaitingFor

SENTENCE = {"required": _("Say in a sentence what they must know.")}


class WaitForm(forms.Form):
    waiting_for = forms.ChoiceField(label=_("Waiting for"), choices=WaitingFor, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("What exactly?"), max_length=300, error_messages={"required": _("Say what is awaited.")}
    )
    until = forms.DateField(label=_("Until"), widget=DayInput, error_messages={"required": _("Choose a day.")})

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.initial.setdefault("waiting_for", WaitingFor.REPORTER)
        self.initial.setdefault("until", timezone.localdate() + dt.timedelta(days=7))


class ReferralForm(DiscreetForm, TeamForm, GroundForm):
    """One sentence for a team, on a ground: all that it reads."""

    field_order = ("team", "text", "ground", "other_ground", "weighed")

    text = forms.CharField(
        label=_("What you tell them"), max_length=500, widget=lines(3), error_messages=SENTENCE,
        help_text=_("A new sentence, written for them. They see nothing else of this signal."),
    )  # fmt: skip


class HandoverForm(DiscreetForm, TeamForm, GroundForm):
    field_order = ("team", "text", "seal", "ground", "other_ground", "weighed")
    discreet = ("text",)

    text = forms.CharField(
        label=_("What you tell them"), max_length=500, widget=lines(3), error_messages=SENTENCE,
        help_text=_("Why this is for them. Of what is limited or sealed they read only this until they say yes."),
    )  # fmt: skip
    seal = forms.BooleanField(
        label=_("Seal it and hand it over"), required=False,
        help_text=_("It is limited at once, and sealed for them as soon as they say yes. It then needs a ground."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, signal: Signal, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["ground"].required = signal.level > Level.OPEN
        if signal.level == Level.SEALED:
            del self.fields["seal"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("seal") and not data.get("legal_ground") and "ground" not in self.errors:
            self.add_error("ground", _g("Choose the ground on which you may share this."))
        return data


class OutsideForm(DiscreetForm):
    """Mail is for what is open alone, so of anything else no address is asked."""

    field_order = ("outside", "text", "email", "weighed")
    discreet = ("text",)

    outside = forms.CharField(
        label=_("Who has to do it?"), max_length=120, error_messages={"required": _("Say who has to do it.")},
        help_text=_("Such as De Watergroep, De Lijn, the Flemish Region, or the owner of the building."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Why it is theirs"), max_length=500, widget=lines(3), error_messages=SENTENCE,
        help_text=_("They read this, and so does whoever reported it."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Their e-mail address"), required=False,
        help_text=_("They get a mail with a link to confirm. Without address you tell them yourself."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, signal: Signal, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if signal.level > Level.OPEN:
            del self.fields["email"]


class ConfirmForm(forms.Form):
    """How it is known that they have it. A team of ours may leave it at yes."""

    answer = forms.CharField(label=_("How was it confirmed, and by whom?"), max_length=500, widget=lines(2))

    def __init__(self, data: Any = None, *, outside: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not outside:
            self.fields["answer"].required = False
            self.fields["answer"].label = _g("What will you do? They read it.")


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why not?"), max_length=500, widget=lines(3), error_messages={"required": _("Say why not.")}
    )


class RetractionForm(forms.Form):
    reason = forms.CharField(
        label=_("What went wrong?"), max_length=500, widget=lines(2),
        error_messages={"required": _("Say why the confirmation is taken back.")},
    )  # fmt: skip


class OutsideAnswerForm(forms.Form):
    """What somebody outside answers, without a password."""

    words = forms.CharField(
        label=_("Your remark"), required=False, max_length=400, widget=lines(3),
        help_text=_("Such as a number of yours, or why it is not for you."),
    )  # fmt: skip
