from django import forms
from django.utils.translation import gettext_lazy as _

from signals.models import ExportForm as Form
from teams.access import Access


class ExportChoices(forms.Form):
    """In which form, and whether with who reported: that box is there for who may see it on the screen too."""

    form = forms.ChoiceField(label=_("Form"), choices=Form, initial=Form.XLSX, widget=forms.RadioSelect)
    with_reporters = forms.BooleanField(
        label=_("With names, addresses and numbers of reporters"), required=False,
        help_text=_("Only if you need them. That they are in the file stands on record."),
    )  # fmt: skip

    def __init__(self, *args: object, viewer: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not viewer.may("view_reporter"):
            del self.fields["with_reporters"]
