"""A photo in a form. What is refused is refused in a sentence; what is taken is a picture of our own making."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.files.receiving import photo_of
from kortrijk_gebied.refusals import Refused

# What a browser offers to choose. What is taken, the content decides.
PICTURES = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,.heic,.heif"


class PhotoField(forms.FileField):
    """Its value is a picture of our own making."""

    widget = forms.FileInput(attrs={"accept": PICTURES})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{
            "label": _("Photo"), "error_messages": {"required": _("Choose a photo.")},
            "help_text": _("JPEG, PNG, WebP, GIF or HEIC, at most 20 MB. Place and date of taking are removed."),
            **kwargs,
        })  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> Any:
        if not data:
            return super().clean(data, initial)
        try:
            return photo_of(data)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
