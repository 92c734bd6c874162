"""Setting right how a point of an agenda ended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.forms.table import TableForm
from teams.models import AgendaPoint
from teams.models.meetings import PointState


class CorrectionForm(TableForm):
    """It begins with how the point stands now. What may not be, `teams.meetings.correcting` says."""

    discreet = ("decision", "reason")
    how = forms.ChoiceField(
        label=_("How did it end after all?"), widget=forms.RadioSelect,
        choices=[
            (PointState.DECIDED.value, _("decided, or agreed who does what")),
            (PointState.NOTED.value, _("taken note of")), (PointState.DROPPED.value, _("dropped: say why below")),
        ],
    )  # fmt: skip
    decision = forms.CharField(
        label=_("What was decided"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(
        label=_("Why is it corrected?"), max_length=300, help_text=_("It stands with the point and in the mail.")
    )

    def __init__(self, *args: Any, point: AgendaPoint, **kwargs: Any) -> None:
        super().__init__(*args, initial={"how": point.state, "decision": point.decision}, **kwargs)
