from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from signals.forms.dossiers import REFERENCE, stray_words
from signals.models import Report, Signal
from teams.access import Access


class JoinForm(forms.Form):
    """With which signal this one goes on: one that lies near, or any by its reference."""

    near = forms.ChoiceField(label=_("Runs nearby"), required=False, widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("Or by its reference"), required=False, max_length=20, help_text=_("Such as S-BOKA-7291.")
    )  # fmt: skip

    def __init__(self, data: Any = None, *, signal: Signal, viewer: Access, nearby: list[tuple[Signal, int]]) -> None:
        super().__init__(data)
        self.signal, self.viewer = signal, viewer
        self.nearby = nearby
        field = cast(forms.ChoiceField, self.fields["near"])
        field.choices = [(near.reference, near.title) for near, _metres in nearby]
        if len(nearby) == 1:
            self.initial["near"] = nearby[0][0].reference
        if not nearby:
            del self.fields["near"]
            self.fields["reference"].label = _g("Its reference")
            self.fields["reference"].required = True
            self.fields["reference"].error_messages["required"] = _g("Choose a signal.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        text = data.get("reference", "")
        if stray := stray_words(text):
            said = _g("This is no reference: %(words)s. Mend it, or leave it empty.")
            self.add_error("reference", said % {"words": ", ".join(f"“{word}”" for word in stray[:3])})
        typed = REFERENCE.search(text)
        wanted = typed.group().upper() if typed else data.get("near", "")
        found = Signal.objects.writable(self.viewer).filter(reference=wanted).first() if wanted else None
        if found is None and "reference" not in self.errors:
            said = _g("We do not find this signal among those you steer.") if wanted else _g("Choose a signal.")
            self.add_error("reference", said)
        data["into"] = found
        return data


class SplitForm(forms.Form):
    reports = forms.ModelMultipleChoiceField(
        Report.objects.none(), label=_("Which reports are about something else?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the reports that are about something else.")},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, signal: Signal) -> None:
        super().__init__(data)
        cast(Any, self.fields["reports"]).queryset = signal.reports.order_by("received_at")
