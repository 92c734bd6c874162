from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.files.receiving import photo_of
from kortrijk_gebied.refusals import Refused
from teams.forms.base import OnceForm, date_input
from teams.models import PresenceHour, User

# What a browser offers to choose. What is taken, the content decides.
PICTURES = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,.heic,.heif"


class FaceForm(forms.Form):
    photo = forms.FileField(
        label=_("Photo"), widget=forms.FileInput(attrs={"accept": PICTURES}),
        help_text=_("JPEG, PNG, WebP, GIF or HEIC, at most 20 MB. Place and date of taking are removed."),
        error_messages={"required": _("Choose a photo.")},
    )  # fmt: skip

    def clean_photo(self) -> Any:
        try:
            return photo_of(self.cleaned_data["photo"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class ReachForm(OnceForm):
    """When and through whom somebody is reached."""

    class Meta:
        model = User
        fields = ["hours", "deputy"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(is_active=True, organisation__isnull=False)
        colleagues = colleagues.filter(organisation=self.instance.organisation_id).exclude(pk=self.instance.pk)
        deputy = self.choice("deputy")
        deputy.queryset = colleagues.order_by("name", "pk")
        deputy.error_messages["invalid_choice"] = _("Choose a colleague of your own organisation.")


class PresenceForm(OnceForm):
    class Meta:
        model = PresenceHour
        fields = ["user", "weekday", "opens", "closes", "place", "area", "note", "starts", "ends"]
        widgets = {
            "starts": date_input(),
            "ends": date_input(),
            "opens": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "closes": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, person: User, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fix("user", person)
        self.choice("area").queryset = areas
