from django import forms

from kortrijk_gebied.discreet import DiscreetForm
from teams.models import ReportWords


class WordsForm(DiscreetForm, forms.ModelForm):  # type: ignore[type-arg]  # Django's own is not generic at run time
    discreet = ("text",)

    class Meta:
        model = ReportWords
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
