from django import forms

from teams.models import ReportWords


class WordsForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own is not generic at run time
    class Meta:
        model = ReportWords
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
