from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.tables import Unreadable, opened, too_large
from signals.importing.mapping import FIELDS, REQUIRED, proposed


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or Excel (.xlsx), at most 100 MB. The first row holds the names of the columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.gz,.xz,.txt"}),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            if (upload.size or 0) > settings.IMPORT_MAX_BYTES:
                raise too_large()
            with opened(upload) as table:
                self.header = table.header
        except Unreadable as reason:
            raise forms.ValidationError(str(reason)) from reason
        upload.seek(0)
        return upload


class ColumnsForm(forms.Form):
    """For each field of ours the column of the file that holds it."""

    def __init__(self, header: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": proposed(header), **kwargs})
        names = dict.fromkeys(name for name in header if name)
        for field, label in FIELDS.items():
            self.fields[field] = forms.ChoiceField(
                label=label,
                required=field in REQUIRED,
                choices=[("", _("(not in this file)")), *((name, name) for name in names)],
                error_messages={"required": _("Choose the column that holds this.")},
            )

    def columns(self) -> dict[str, str]:
        return {field: name for field, name in self.cleaned_data.items() if name}
