from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from signals.models import Tablet
from teams.forms.base import OnceForm


class NameForm(OnceForm):
    class Meta:
        model = Tablet
        fields = ["name"]
        error_messages = {"name": {"required": _("Give the tablet a name, such as “Tablet 3”.")}}


class RecoveryForm(forms.Form):
    file = forms.FileField(
        label=_("File of a tablet"),
        help_text=_("As it was saved at the end of a shift without network. It is sealed; only here it opens."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.veld,application/json"}),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )

    def clean_file(self) -> bytes:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        if (upload.size or 0) > settings.IMPORT_MAX_BYTES:
            raise forms.ValidationError(_("This file is larger than 100 MB."))
        content: bytes = upload.read()
        return content
